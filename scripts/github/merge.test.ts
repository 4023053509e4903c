import { expect, test } from 'vitest';
import type { Head, KeptFacts, RepositoryFacts } from './facts.ts';
import { findKnownState, mergeFacts } from './merge.ts';

const toHead = (tree: string): Head => ({ commit: `c${tree}`, tree, committedAt: '2026-01-01T00:00:00Z' });
const toFacts = (databaseId: number, tree: string): RepositoryFacts => ({
  ...{
    databaseId,
    nodeId: `R_${databaseId}`,
    owner: 'acme',
    name: `r${databaseId}`,
    url: `https://x/acme/r${databaseId}`,
  },
  ...{ visibility: 'private', topics: [], isArchived: false, isFork: false, heads: { '': toHead(tree) } },
});
const toKept = (databaseId: number, tree: string, more: Partial<KeptFacts> = {}): KeptFacts => ({
  ...toFacts(databaseId, tree),
  seenAt: 'yesterday',
  ...more,
});
const good = (tree: string, seenAt: string) => ({ ...toHead(tree), branch: '', seenAt });
const has = (tree: string) => tree.startsWith('kept');

test('what a sweep saw is new, and remembers the last state that was read in whole', () => {
  const before = [toKept(1, 'kept-1'), toKept(2, 'lost-2', { good: good('kept-0', 'long ago') })];
  const seen = {
    repositories: [toFacts(1, 'new-1'), toFacts(2, 'new-2'), toFacts(3, 'new-3')],
    refused: [],
    isWhole: true,
  };
  expect(
    mergeFacts(before, seen, 'today', has).map(({ databaseId, seenAt, good: last }) => [databaseId, seenAt, last]),
  ).toEqual([
    [1, 'today', good('kept-1', 'yesterday')],
    [2, 'today', good('kept-0', 'long ago')],
    [3, 'today', undefined],
  ]);
});

test.each([
  ['a whole sweep forgets what it did not see', { refused: [], isWhole: true }, [1]],
  ['a sweep that was cut short forgets nothing', { refused: [], isWhole: false }, [1, 2, 3]],
  ['what was refused by name stays', { refused: [{ facts: { databaseId: 2 } }], isWhole: true }, [1, 2]],
  ['where a nameless one was refused, all stay', { refused: [{}], isWhole: true }, [1, 2, 3]],
])('%s', (_case, how, ids) => {
  const before = [1, 2, 3].map((id) => toKept(id, `kept-${id}`));
  const merged = mergeFacts(before, { repositories: [toFacts(1, 'new')], ...how }, 'today', has);
  expect(merged.map(({ databaseId }) => databaseId)).toEqual(ids);
});

test.each([
  [toKept(1, 'kept-1'), '', 'kept-1'],
  [toKept(1, 'lost', { good: good('kept-0', 'long ago') }), '', 'kept-0'],
  [toKept(1, 'lost', { good: good('kept-0', 'long ago') }), 'other', undefined],
  [toKept(1, 'lost', { good: good('lost-0', 'long ago') }), '', undefined],
])('the known state of %j on branch %j is %s', (facts, branch, tree) => {
  expect(findKnownState(facts, branch, has)?.tree).toBe(tree);
});
