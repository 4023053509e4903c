import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { commands } from '../scripts/commands/index.ts';
import { workflowSchema } from './workflow-schema.ts';

const folder = fileURLToPath(new URL('../deploy/', import.meta.url));
const readText = (name: string) => readFileSync(`${folder}${name}`, 'utf8');
const workflows = ['github/nightly.yml', 'github/preview.yml', 'github/notify-portal.yml'];
const gitlab = 'gitlab/.gitlab-ci.yml';

const read = (name: string) => {
  const document = parseDocument(readText(name), { uniqueKeys: true });
  return { faults: [...document.errors, ...document.warnings], value: workflowSchema.parse(document.toJS()) };
};

describe.each(workflows)('%s', (name) => {
  const { faults, value } = read(name);
  const jobs = Object.values(value.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('has the form that GitHub takes', () => {
    expect(faults).toEqual([]);
    for (const { needs = [] } of jobs) expect(Object.keys(value.jobs)).toEqual(expect.arrayContaining([needs].flat()));
  });

  test('starts with no permission, and pins the majors of actions', () => {
    expect(value.permissions).toEqual({});
    for (const each of steps)
      if ('uses' in each) expect(each.uses).toMatch(/^(?:aws-)?actions\/[a-z-]+(?:\/[a-z]+)?@v\d+$/);
  });

  test('hands nothing that others write to a shell, but by the environment', () => {
    for (const each of steps) if ('run' in each) expect(each.run).not.toContain('${{');
  });

  test('names only steps that come before', () => {
    for (const { steps: own } of jobs)
      own.forEach((each, at) => {
        const before = new Set(own.slice(0, at).map(({ id }) => id));
        for (const [, id] of JSON.stringify(each).matchAll(/steps\.([\w-]+)\./g)) expect(before).toContain(id);
      });
  });
});

/** What each context may be read in, of those that are not everywhere: https://docs.github.com/actions/reference/workflows-and-actions/contexts */
test.each(workflows)('%s reads contexts only where they are', (name) => {
  const { value } = read(name);
  expect(JSON.stringify([value.env, value.concurrency])).not.toMatch(/\b(?:env|steps|runner|needs|job)\./);
  for (const job of Object.values(value.jobs)) expect(job.if ?? '').not.toMatch(/\b(?:env|secrets|steps|runner)\./);
  for (const each of Object.values(value.jobs).flatMap((job) => job.steps))
    expect(each.if ?? '').not.toMatch(/\bsecrets\./);
});

/** The words of every `portolan` command in a file, with what the shell around it adds to them. */
function listCommands(name: string): string[][] {
  const text = readText(name).replace(/^\s*#.*$/gm, '');
  return [...text.matchAll(/npx portolan ([^|\n;&,]*)/g)].map(({ 1: words = '', index }) => {
    const around = text.slice(text.lastIndexOf('run: |', index), index);
    const added = [...around.matchAll(/options\+?=\(([^)]+)\)/g)].flatMap(([, each = '']) => each.split(' '));
    return words
      .replaceAll(/\$\{\w+:\+(.*?)\}/g, '$1')
      .replace(/ 2>.*|(?<!@)\]$/, '')
      .trim()
      .split(' ')
      .flatMap((word) => (word.includes('options[@]') ? added : [word]));
  });
}

test.each([
  [workflows[0], ['doctor', 'build', 'publish', 'prune']],
  [workflows[1], ['build', 'publish']],
  [workflows[2], []],
  [gitlab, ['build', 'publish', 'prune']],
])('%s: every command is one of the table, with options that it has', async (file = '', names) => {
  const found = listCommands(file);
  expect(found.map(([name]) => name)).toEqual(names);
  for (const [name, ...args] of found) {
    const row = commands.find((each) => each.name === name);
    const command = await row?.load();
    const isWordy = row?.words !== undefined;
    expect(() => parseArgs({ args, options: command?.options ?? {}, allowPositionals: isWordy })).not.toThrow();
  }
});

test('the nightly build can be told of one repository, and that fewer entities are meant', () => {
  expect(listCommands('github/nightly.yml').flat()).toEqual(
    expect.arrayContaining(['--repository', '--accept-drop', '--summary']),
  );
});

const job = z.strictObject({
  extends: z.literal('.portal'),
  rules: z.array(z.strictObject({ if: z.string() })),
  script: z.array(z.string()),
  artifacts: z.strictObject({ paths: z.array(z.string()) }).optional(),
  pages: z.strictObject({ publish: z.string() }).optional(),
});

test('the pipeline of GitLab has the form that it takes, and one of its jobs runs', () => {
  const document = parseDocument(readText(gitlab), { uniqueKeys: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  const { bucket, pages } = z.object({ bucket: job, pages: job }).parse(document.toJS());
  expect(pages.artifacts?.paths).toContain(pages.pages?.publish);
  const rules = [bucket, pages].map((each) => each.rules[0]?.if);
  expect(rules).toEqual([
    '$CI_PIPELINE_SOURCE == "schedule" && $PORTAL_STORE',
    '$CI_PIPELINE_SOURCE == "schedule" && $PORTAL_STORE == null',
  ]);
});

test('no command writes the site into `public`, whose files a build takes into it', () => {
  for (const file of [...workflows, gitlab]) expect(readText(file)).not.toContain('--out public');
});

test('the two workflows speak of the same event', () => {
  const { value } = read('github/nightly.yml');
  const type = value.on.repository_dispatch?.types[0] ?? '';
  expect(readText('github/notify-portal.yml')).toContain(`event_type=${type} `);
  expect(readText('github/notify-portal.yml')).toContain('client_payload[repository]=');
  expect(readText('github/nightly.yml')).toContain('github.event.client_payload.repository');
});

test('a cache is restored whatever its key, and saved also after a build that failed', () => {
  const steps = Object.values(read('github/nightly.yml').value.jobs).flatMap((job) => job.steps);
  const find = (action: string) =>
    steps.flatMap((each) => ('uses' in each && each.uses.includes(action) ? [each] : []))[0];
  const [restore, save] = [find('cache/restore'), find('cache/save')];
  expect(restore?.with?.['restore-keys']).toBe('portal-');
  expect(save?.if).toBe('always()');
  expect(save?.with).toEqual({ path: restore?.with?.path, key: restore?.with?.key });
});
