import { expect, test } from 'vitest';
import { foldLongLevels } from './navigation.ts';

const toEntries = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ title: `P${at}`, address: `p${at}/` }));

test('a level that can be looked through stays as it is', () => {
  const entries = [{ title: 'One', entries: toEntries(150) }, ...toEntries(3)];
  expect(foldLongLevels(entries)).toEqual(entries);
});

test('a level that is too long is folded into runs, and so are too many runs', () => {
  const runs = foldLongLevels(toEntries(151));
  expect(runs.map(({ title, entries }) => [title, entries?.length])).toEqual([
    ['P0 … P49', 50],
    ['P50 … P99', 50],
    ['P100 … P149', 50],
    ['P150 … P150', 1],
  ]);
  expect(runs.flatMap(({ entries = [] }) => entries)).toEqual(toEntries(151));
  expect(foldLongLevels([{ title: 'All', entries: toEntries(8000) }])[0]?.entries).toHaveLength(4);
});
