import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../portal.ts', import.meta.url));
let root: string;

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words, '--root', root], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stdout, stderr };
};

/** A portal of one repository with one entity, whose last build had more. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portolan-guard-'));
  mkdirSync(join(root, 'repositories/shop'), { recursive: true });
  mkdirSync(join(root, '.portal'));
  writeFileSync(join(root, 'app-config.yaml'), 'portal: {sources: [{folder: ./repositories}]}\n');
  writeFileSync(
    join(root, 'repositories/shop/catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: core}\nspec: {type: team, children: []}\n',
  );
  const entities = { shop: 1, warehouse: 4 };
  writeFileSync(join(root, '.portal/built.json'), JSON.stringify({ frame: '', pages: {}, files: {}, entities }));
});

test.each(['build', 'collect'])('%s refuses a catalog that lost too much, and leaves everything as it was', (name) => {
  const kept = readFileSync(join(root, '.portal/built.json'), 'utf8');
  const { status, stderr } = run(name);
  expect(status).toBe(1);
  expect(stderr).toContain('The catalog has 1 entity; the last one had 5.');
  expect(stderr).toContain('warehouse lost all of 4.');
  expect(stderr).toContain('--accept-drop');
  expect(existsSync(join(root, 'dist'))).toBe(false);
  expect(readFileSync(join(root, '.portal/built.json'), 'utf8')).toBe(kept);
});

test('a build that was refused says so in its summary', () => {
  const summary = join(root, 'summary.md');
  expect(run('build', '--summary', summary).status).toBe(1);
  const text = readFileSync(summary, 'utf8');
  expect(text).toContain('**The portal stays as it was.**');
  expect(text).toContain('| Entities | 1 | −4 |');
});

test.each([
  [['--accept-drop'], ''],
  [[], ', guard: {maxEntityDrop: 80%}'],
])('collecting goes on with %j and the setting %j', (words, guard) => {
  writeFileSync(join(root, 'app-config.yaml'), `portal: {sources: [{folder: ./repositories}]${guard}}\n`);
  const { status, stdout } = run('collect', ...words);
  expect(status).toBe(0);
  expect(stdout).toContain('1 entities.');
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('a share that is none is said', () => {
  writeFileSync(
    join(root, 'app-config.yaml'),
    'portal: {sources: [{folder: ./repositories}], guard: {maxEntityDrop: 120}}\n',
  );
  expect(run('collect', '--accept-drop').stdout).toContain(
    '`portal.guard.maxEntityDrop` must be from 0 to 100 per cent.',
  );
});

test.each([
  [['--repository', 'nonsense'], '`nonsense` is no repository'],
  [['--repository', 'acme/shop'], 'GitHub is not read here'],
  [['--repository', 'acme/shop', '--offline'], 'without the network'],
])('collect %j cannot run', (words, message) => {
  const { status, stderr } = run('collect', ...words);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

test('doctor finds a portal of folders fine, in words and as JSON', () => {
  const { status, stdout } = run('doctor');
  expect(status).toBe(0);
  expect(stdout).toContain('It names 1 folder of repositories.');
  expect(stdout).not.toContain('\u001b');
  expect(JSON.parse(run('doctor', '--json').stdout)[0]).toMatchObject({ about: 'Configuration', mark: 'fine' });
});

test('doctor fails where something is missing, and cannot run without a configuration', () => {
  writeFileSync(join(root, 'app-config.yaml'), 'portal: {sources: [{folder: ./elsewhere}]}\n');
  const { status, stdout } = run('doctor');
  expect(status).toBe(1);
  expect(stdout).toContain('The folder `elsewhere` is not there.');
  root = mkdtempSync(join(tmpdir(), 'portolan-guard-'));
  expect(run('doctor').status).toBe(2);
});
