import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { holdFolder, lockName } from './lock.ts';

const top = mkdtempSync(join(tmpdir(), 'portolan-lock-'));
const folder = join(top, 'snapshot');
const file = join(folder, lockName);
const dead = spawnSync(process.execPath, ['--version']).pid;

beforeEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => rmSync(top, { recursive: true }));

/** Leaves a lock that was last touched so many seconds ago. */
function leaveLock(text: string, secondsAgo: number): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  const then = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(file, then, then);
}

const toLock = (pid: number, host = hostname()) => JSON.stringify({ pid, host });

test('a folder is held while the work lasts, and then as the work left it', async () => {
  const held = await holdFolder(folder, async () => {
    writeFileSync(join(folder, 'page'), '');
    return readFileSync(file, 'utf8');
  });
  expect(held).toBe(toLock(process.pid));
  expect(readdirSync(folder)).toEqual(['page']);
});

test('work that fails lets go, and a folder made for nothing is gone', async () => {
  const broken = holdFolder(folder, () => Promise.reject(new Error('broken')));
  await expect(broken).rejects.toThrow('broken');
  expect(existsSync(folder)).toBe(false);
});

test.each([
  ['a process that lives', toLock(process.ppid), 1],
  ['a process of another machine that was heard of lately', toLock(1, 'elsewhere'), 60],
  ['somebody who is just writing the lock', '', 0],
])('%s keeps others out', async (_who, lock, secondsAgo) => {
  leaveLock(lock, secondsAgo);
  await expect(holdFolder(folder, async () => 'done')).rejects.toThrow(`Another build is running in ${folder}`);
  expect(readFileSync(file, 'utf8')).toBe(lock);
});

test.each([
  ['a process that was killed', toLock(dead), 1],
  ['a process before us with our own number', toLock(process.pid), 1],
  ['a process whose number another one has now', toLock(process.ppid), 180],
  ['a machine that was not heard of for long', toLock(1, 'elsewhere'), 180],
  ['a disk that was full', '', 180],
])('%s leaves a lock that counts for nothing', async (_who, lock, secondsAgo) => {
  leaveLock(lock, secondsAgo);
  expect(await holdFolder(folder, async () => 'done')).toBe('done');
  expect(existsSync(file)).toBe(false);
});
