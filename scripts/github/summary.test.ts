import { expect, test } from 'vitest';
import { formatSummary } from './summary.ts';

const run = { listed: 1, read: 1, fetched: 0, skipped: 0, notes: [], unlisted: [] };
const costs = { requests: 1, points: 2, gits: 1, budgets: new Map() };

test('one of a thing is said as one', () => {
  const text = formatSummary(run, costs);
  expect(text).toContain('1 repository listed, 1 read');
  expect(text).toContain('1 request, 2 points, 1 fetch\n');
});

test('repositories without an answer about versions are one line, however many they are', () => {
  const unlisted = ['acme/d', 'acme/b', 'acme/c', 'acme/a', 'acme/e'];
  expect(
    formatSummary({ ...run, unlisted }, costs)
      .trimEnd()
      .split('\n')
      .at(-1),
  ).toBe(
    '             the tags and branches of acme/a, acme/b, acme/c and 2 more are as they were: they could not be listed',
  );
});
