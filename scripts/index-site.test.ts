import { expect, test } from 'vitest';
import { indexSite, planBundles } from './index-site.ts';
import type { SearchBundle, SearchRecord } from './ports.ts';

const toRecord = (name: string): SearchRecord => ({
  url: `/catalog/default/component/${name}/`,
  content: name,
  meta: {},
  filters: {},
});
const records = Array.from({ length: 5_000 }, (_, at) => toRecord(`service-${at}`));

test.each([
  [0, 10, []],
  [10, 10, ['catalog-1']],
  [5_000, 10_000, ['catalog-1']],
  [5_000, 2_000, ['catalog-1', 'catalog-2', 'catalog-3']],
])('%d records in bundles of at most %d', (count, limit, names) => {
  const bundles = planBundles(
    { name: 'catalog', records: records.slice(0, count) },
    { records: limit, bytes: Number.POSITIVE_INFINITY },
  );
  expect(bundles.map(({ name }) => name)).toEqual(names);
  expect(bundles.flatMap((bundle) => bundle.records).length).toBe(count);
  for (const bundle of bundles) expect(bundle.records.length).toBeLessThanOrEqual(limit);
});

test('a bundle is bounded by its text as well, which is not read for that', () => {
  const content = { key: 'body', bytes: 1_000, read: () => [] };
  const pages = records.map((record) => ({ ...record, content }));
  const bundles = planBundles({ name: 'docs', records: pages }, { records: 5_000, bytes: 2_000_000 });
  expect(bundles.length).toBe(3);
  for (const bundle of bundles) expect(bundle.records.length).toBeLessThanOrEqual(2_000);
});

test('one record more changes one bundle', () => {
  const limits = { records: 2_000, bytes: Number.POSITIVE_INFINITY };
  const plan = (all: SearchRecord[]) => planBundles({ name: 'catalog', records: all }, limits);
  const [before, after] = [plan(records), plan([toRecord('another'), ...records])];
  const changed = after.filter(({ records: now }, at) => now.length !== before[at]?.records.length);
  expect(changed.length).toBe(1);
});

test('the indexer is given all families, in order', async () => {
  const given: SearchBundle[] = [];
  await indexSite(
    [
      { name: 'catalog', records: [toRecord('a')] },
      { name: 'docs', records: [toRecord('b')] },
    ],
    {
      writeBundles: async (bundles) => {
        given.push(...bundles);
        return [];
      },
    },
  );
  expect(given.map(({ name }) => name)).toEqual(['catalog-1', 'docs-1']);
});
