import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../../ports.ts';
import { openFolderStore } from './folder.ts';

let outside: string;
let root: string;
let store: Store;

beforeEach(() => {
  const top = mkdtempSync(join(tmpdir(), 'portolan-folder-'));
  [outside, root] = [join(top, 'outside'), join(top, 'site')];
  for (const folder of [outside, root]) mkdirSync(folder);
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  store = openFolderStore(root);
});

const put = (key: string, text = 'new') =>
  store.putFile({ key, bytes: new TextEncoder().encode(text), type: '', cacheControl: '' });
const listKeys = async () => {
  const keys: string[] = [];
  for await (const { key } of store.listFiles('')) keys.push(key);
  return keys;
};

test('a link to a folder is no folder: nothing is written, read, listed or removed through it', async () => {
  symlinkSync(outside, join(root, 'linked'));
  await expect(put('linked/new.txt')).rejects.toThrow(/linked is no folder/);
  expect(await store.fetchFile('linked/secret.txt')).toBeUndefined();
  expect(await store.fetchFile('linked/secret.txt', { from: 0, bytes: 3 })).toBeUndefined();
  await store.removeFiles(['linked/secret.txt']);
  expect(await listKeys()).toEqual([]);
  expect(await store.listFolders('')).toEqual([]);
  expect(readdirSync(outside)).toEqual(['secret.txt']);
});

test('a link to a file is not read, and is replaced rather than followed', async () => {
  symlinkSync(join(outside, 'secret.txt'), join(root, 'page.html'));
  expect(await store.fetchFile('page.html')).toBeUndefined();
  expect(await listKeys()).toEqual([]);
  await put('page.html');
  expect(readFileSync(join(root, 'page.html'), 'utf8')).toBe('new');
  expect(readFileSync(join(outside, 'secret.txt'), 'utf8')).toBe('secret');
});

test('a file where a folder has to be is said', async () => {
  await put('a');
  await expect(put('a/b')).rejects.toThrow(/a is no folder, and files must go below it/);
  await put('c/d');
  await expect(put('c')).rejects.toThrow(/c cannot be written/);
});

test.each(['.portolan-writing/x', '../x', '/x', 'a/../../x'])('the name %s is refused', async (key) => {
  await expect(put(key)).rejects.toThrow(/cannot be the name of a file/);
});

test('folders that are empty go with their last file, and nothing is left of the writing', async () => {
  await put('a/b/c.txt');
  await put('a/d.txt');
  await store.removeFiles(['a/b/c.txt']);
  expect(readdirSync(join(root, 'a'))).toEqual(['d.txt']);
  await store.removeFiles(['a/d.txt']);
  store.close();
  expect(readdirSync(root)).toEqual([]);
});

test('a folder that was made and into which nothing came is gone again; one that was there stays', async () => {
  for (const [folder, stays] of [
    [join(root, 'new'), false],
    [root, true],
  ] as const) {
    const one = openFolderStore(folder);
    await one.putFile({ key: 'claim', bytes: new Uint8Array(), type: '', cacheControl: '' });
    await one.removeFiles(['claim']);
    one.close();
    expect(existsSync(folder)).toBe(stays);
  }
});

test('what a killed process left half written is removed in time, and what another writes now is not', async () => {
  await put('a.txt');
  const [old, fresh] = ['old', 'fresh'].map((name) => join(root, '.portolan-writing', name));
  for (const place of [old, fresh]) writeFileSync(place ?? '', 'half');
  utimesSync(old ?? '', 1, 1);
  store.close();
  expect(readdirSync(join(root, '.portolan-writing'))).toEqual(['fresh']);
});

test('what is removed can be written again below the same folder', async () => {
  await put('a/b.txt');
  await store.removeFiles(['a/b.txt']);
  await put('a/b.txt', 'again');
  expect(readFileSync(join(root, 'a/b.txt'), 'utf8')).toBe('again');
});

test.each([
  ['of a process that is gone', '2147483646 x', 0],
  ['that is older than any work', `${process.pid} x`, 60],
])('a lock %s counts for nothing', async (_case, holder, seconds) => {
  await put('claim.json', 'one');
  const lock = join(root, '.portolan-writing', 'lock');
  writeFileSync(lock, holder);
  const then = Date.now() / 1000 - seconds;
  utimesSync(lock, then, then);
  expect(
    await store.putFile({ key: 'x', bytes: new Uint8Array(), type: '', cacheControl: '' }, { kind: 'absent' }),
  ).not.toBe('refused');
  expect(existsSync(lock)).toBe(false);
});

test('many parts of a file are read without reading all of it for each', async () => {
  await put('pack', 'x'.repeat(1000));
  const first = await store.fetchFile('pack', { from: 0, bytes: 10 });
  await put('pack', 'y'.repeat(1000));
  const second = await store.fetchFile('pack', { from: 990, bytes: 20 });
  expect(new TextDecoder().decode(second?.bytes)).toBe('y'.repeat(10));
  expect(second?.tag).not.toBe(first?.tag);
});

test('a part of which no file could have so much is what there is of it', async () => {
  await put('pack', 'x'.repeat(10));
  const most = Number.MAX_SAFE_INTEGER;
  const read = async (from: number) => (await store.fetchFile('pack', { from, bytes: most }))?.bytes.length;
  expect([await read(4), await read(10), await read(most)]).toEqual([6, 0, 0]);
});
