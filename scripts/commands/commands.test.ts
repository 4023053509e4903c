import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands } from './index.ts';

const program = fileURLToPath(new URL('../portal.ts', import.meta.url));

function run(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'portolan-command-'));

test('the help names every command, and every command has a help of its own', () => {
  const help = run('--help');
  expect(help.status).toBe(0);
  for (const { name } of commands) expect(help.stdout).toContain(`\n  ${name}`);
  const own = run('check', '--help');
  expect(own).toMatchObject({ status: 0, stderr: '' });
  expect(own.stdout).toContain('--format');
});

test.each([
  ['no command', []],
  ['a command that is not there', ['biuld']],
  ['an option that is not there', ['build', '--nope']],
  ['a folder without a configuration', ['build', '--root', newFolder()]],
  ['a level that is not there', ['build', '--root', 'examples/acme', '--fail-on', 'always']],
  ['nothing to check', ['check']],
  ['a catalog with a password', ['proxy', '--root', 'examples/acme', '--catalog', 'https://ann:hunter2@a.example']],
  ['a catalog over plain http', ['proxy', '--root', 'examples/acme', '--catalog', 'http://a.example']],
  ['a site that was not built', ['serve', '--root', newFolder()]],
])('%s: exit code 2, a sentence, and no stack', (_case, words) => {
  const { status, stderr, stdout } = run(...words);
  expect(status).toBe(2);
  expect(`${stderr}${stdout}`).toMatch(/\S/);
  expect(stderr).not.toMatch(/^\s+at |hunter2/m);
});

test.each([
  [['publsh'], 'Did you mean `publish`?'],
  [['publish', '--dry-rum'], 'Did you mean `--dry-run`?'],
  [['publish', '--keep'], '--keep needs a value.'],
  [['publish', '--expires', '--out', 'site'], '--expires needs a value.'],
  [
    ['publish', 's3:/bucket'],
    'Name a bucket as `s3://bucket/prefix`; a folder that is really called so is `./s3:/bucket`.',
  ],
])('%j is answered with what was meant', (words, meant) => {
  const { status, stderr } = run(...words);
  expect(status).toBe(2);
  expect(stderr).toContain(meant);
});

test('a reference that leads out of the one repository that is checked may be right', () => {
  const top = newFolder();
  const write = (repository: string, text: string) => {
    mkdirSync(join(top, repository));
    writeFileSync(join(top, repository, 'catalog-info.yaml'), `apiVersion: backstage.io/v1alpha1\n${text}`);
  };
  write('orders', 'kind: Component\nmetadata: {name: x}\nspec: {type: service, lifecycle: production, owner: shop}\n');
  write('people', 'kind: Group\nmetadata: {name: shop}\nspec: {type: team, children: []}\n');
  const alone = run('check', join(top, 'orders')).stdout;
  expect(alone).toContain('One reference leads to nothing in the one repository that was judged.');
  expect(run('check', top).stdout).toContain('2 documents. No problems');
});

test('a folder that holds anything else is left alone', () => {
  const out = newFolder();
  writeFileSync(join(out, 'thesis.txt'), 'years of work');
  const { status, stderr } = run('build', '--root', 'examples/acme', '--snapshot', newFolder(), '--out', out);
  expect(status).toBe(2);
  expect(stderr).toContain('left alone');
  expect(readdirSync(out)).toEqual(['thesis.txt']);
});

test('a build without a configuration writes nothing', () => {
  const root = newFolder();
  run('build', '--root', root);
  expect(readdirSync(root)).toEqual([]);
});

test.each([
  ['spec: {type: service, lifecycle: production, owner: a}', 'error', 0],
  ['spec: {type: service, lifecycle: production, owner: a}', 'warning', 1],
  ['spec: {type: service}', 'error', 1],
])('check of %j at level %s exits with %i', (spec, level, status) => {
  const file = join(newFolder(), 'anything.txt');
  writeFileSync(file, `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: x}\n${spec}\n`);
  const result = run('check', '--format', 'json', '--level', level, file);
  expect(result.status).toBe(status);
  expect(JSON.parse(result.stdout)).toMatchObject([{ file, docIndex: 0, ref: 'component:default/x' }]);
});
