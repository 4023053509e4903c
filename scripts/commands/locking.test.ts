import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockName } from '../io/lock.ts';

const program = fileURLToPath(new URL('../portal.ts', import.meta.url));
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'portolan-locking-'));
  mkdirSync(join(root, 'repositories'));
  writeFileSync(join(root, 'app-config.yaml'), 'portal: {sources: [{folder: ./repositories}]}\n');
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ['build', '.portal'],
  ['build', 'dist'],
  ['collect', '.portal'],
  ['dev', '.portal'],
])('%s leaves %s alone while another build works there', (command, name) => {
  const folder = join(root, name);
  mkdirSync(folder);
  writeFileSync(join(folder, lockName), JSON.stringify({ pid: process.pid, host: hostname() }));
  const { status, stderr } = spawnSync(process.execPath, [program, command, '--root', root], { encoding: 'utf8' });
  expect(status, stderr).toBe(2);
  expect(stderr).toContain(`Another build is running in ${folder} (process ${process.pid} on ${hostname()}).`);
  expect(stderr).toContain('--snapshot');
  expect(readdirSync(folder)).toEqual([lockName]);
});

test('a configuration that is not there leaves nothing behind', () => {
  const missing = join(root, 'missing');
  const { status } = spawnSync(process.execPath, [program, 'build', '--root', missing], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(readdirSync(root)).toEqual(['app-config.yaml', 'repositories']);
});
