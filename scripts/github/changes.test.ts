import { expect, test } from 'vitest';
import { formatChange, formatGone, listChanges, listGone } from './changes.ts';
import type { RepositoryFacts } from './facts.ts';

const head = { commit: 'a', tree: 'b', committedAt: '2026-01-01T00:00:00Z' };
const facts: RepositoryFacts = {
  ...{ databaseId: 1, nodeId: 'R_1', owner: 'acme', name: 'x', url: 'https://github.com/acme/x' },
  ...{ visibility: 'internal', topics: [], isArchived: false, isFork: false, heads: { '': head } },
};

test.each([
  [{}, {}, []],
  [{}, { name: 'y' }, ['acme/x is now acme/y']],
  [{}, { isArchived: true }, ['acme/x was archived']],
  [{}, { heads: {} }, ['acme/x was emptied']],
  [{}, { visibility: 'private' as const }, ['acme/x was made private']],
  [{}, { visibility: 'public' as const }, ['acme/x was made public']],
  [{}, { name: 'y', isArchived: true }, ['acme/x is now acme/y', 'acme/y was archived']],
  [{ isArchived: true }, { isArchived: true }, []],
  [{}, { databaseId: 2 }, []],
])('from %j to %j', (before, now, said) => {
  expect(listChanges([{ ...facts, ...before }], [{ ...facts, ...now }]).map(formatChange)).toEqual(said);
});

test('what is gone is known by its number, and said to have moved if somebody has it', () => {
  expect(
    listGone([facts, { ...facts, databaseId: 2 }], [{ ...facts, name: 'y' }]).map(({ databaseId }) => databaseId),
  ).toEqual([2]);
  expect(formatGone(facts, 'bravo/x')).toBe('acme/x moved to bravo/x');
  expect(formatGone(facts, undefined)).toContain('acme/x is gone');
});
