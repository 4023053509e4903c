import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { commands } from '../scripts/commands/index.ts';

const folder = fileURLToPath(new URL('../deploy/github/', import.meta.url));
const readText = (name: string) => readFileSync(`${folder}${name}`, 'utf8');

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const access = z.enum(['read', 'write', 'none']);
const permissions = z
  .strictObject({ contents: access, pages: access, 'id-token': z.enum(['write', 'none']) })
  .partial();
const concurrency = z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() });

/** What GitHub takes for a step: an action or a command, never both. */
const shared = {
  id: z.string().regex(/^[A-Za-z_][\w-]*$/),
  name: z.string(),
  if: z.string(),
  env: z.record(z.string(), scalar),
};
const step = z.union([
  z
    .strictObject({ uses: z.string(), with: z.record(z.string(), scalar).optional() })
    .extend(z.object(shared).partial().shape),
  z.strictObject({ run: z.string() }).extend(z.object(shared).partial().shape),
]);

const workflow = z.strictObject({
  name: z.string(),
  on: z
    .strictObject({
      schedule: z.array(z.strictObject({ cron: z.string().regex(/^(?:[\d*/,-]+ ){4}[\d*/,-]+$/) })),
      workflow_dispatch: z.strictObject({
        inputs: z.record(
          z.string(),
          z.strictObject({ description: z.string(), type: z.enum(['boolean', 'string']), default: scalar }),
        ),
      }),
      repository_dispatch: z.strictObject({ types: z.array(z.string()) }),
      push: z.strictObject({ paths: z.array(z.string()) }),
    })
    .partial(),
  concurrency,
  permissions,
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.number(),
      steps: z.array(step),
      needs: z.string().optional(),
      if: z.string().optional(),
      permissions: permissions.optional(),
      environment: z.strictObject({ name: z.string(), url: z.string() }).optional(),
    }),
  ),
});

const read = (name: string) => {
  const document = parseDocument(readText(name), { uniqueKeys: true });
  return { faults: [...document.errors, ...document.warnings], value: workflow.parse(document.toJS()) };
};

describe.each(['nightly.yml', 'notify-portal.yml'])('%s', (name) => {
  const { faults, value } = read(name);
  const jobs = Object.values(value.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('has the form that GitHub takes', () => {
    expect(faults).toEqual([]);
    for (const { needs } of jobs) expect([undefined, ...Object.keys(value.jobs)]).toContain(needs);
  });

  test('starts with no permission, and pins the majors of actions', () => {
    expect(value.permissions).toEqual({});
    for (const each of steps) if ('uses' in each) expect(each.uses).toMatch(/^actions\/[a-z-]+(?:\/[a-z]+)?@v\d+$/);
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

/** The words of every `portolan` command in the workflows, with what a shell adds to them. */
function listCommands(): string[][] {
  const text = ['nightly.yml', 'notify-portal.yml'].map(readText).join('\n');
  const added = [...text.matchAll(/options\+=\(([^)]*)\)/g)].flatMap(([, words = '']) => words.split(' '));
  return [...text.matchAll(/npx portolan ([^|\n]*)/g)].map(([, words = '']) =>
    words
      .replace(/ 2>&1.*/, '')
      .trim()
      .split(' ')
      .flatMap((word) => (word.includes('options[@]') ? added : [word])),
  );
}

test('every command is one of the table, with options that it has', async () => {
  const found = listCommands();
  expect(found.map(([name]) => name)).toEqual(['doctor', 'build']);
  for (const [name, ...args] of found) {
    const command = await commands.find((each) => each.name === name)?.load();
    expect(() => parseArgs({ args, options: command?.options ?? {} })).not.toThrow();
  }
  expect(found.flat()).toEqual(expect.arrayContaining(['--repository', '--accept-drop', '--out']));
});

test('the two workflows speak of the same event', () => {
  const { value } = read('nightly.yml');
  const type = value.on.repository_dispatch?.types[0] ?? '';
  expect(readText('notify-portal.yml')).toContain(`event_type=${type} `);
  expect(readText('notify-portal.yml')).toContain('client_payload[repository]=');
  expect(readText('nightly.yml')).toContain('github.event.client_payload.repository');
});

test('a cache is restored whatever its key, and saved also after a build that failed', () => {
  const steps = Object.values(read('nightly.yml').value.jobs).flatMap((job) => job.steps);
  const find = (action: string) =>
    steps.flatMap((each) => ('uses' in each && each.uses.includes(action) ? [each] : []))[0];
  const [restore, save] = [find('cache/restore'), find('cache/save')];
  expect(restore?.with?.['restore-keys']).toBe('portal-');
  expect(save?.if).toBe('always()');
  expect(save?.with).toEqual({ path: restore?.with?.path, key: restore?.with?.key });
});
