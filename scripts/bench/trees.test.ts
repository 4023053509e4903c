import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listDifferences, listDigests, writeTexts } from './trees.ts';

test('trees differ in files of other bytes, and in files that only one of them has', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trees-'));
  const [one, other] = [join(folder, 'one'), join(folder, 'other')];
  await writeTexts(one, [
    ['a/same', 'x'],
    ['b', 'x'],
    ['only', ''],
  ]);
  await writeTexts(other, [
    ['a/same', 'x'],
    ['b', 'y'],
    ['a/more', ''],
  ]);
  expect(listDifferences(await listDigests(one), await listDigests(other))).toEqual(['a/more', 'b', 'only']);
  expect(listDifferences(await listDigests(one), await listDigests(one))).toEqual([]);
  await rm(folder, { recursive: true });
});
