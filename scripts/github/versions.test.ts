import { expect, test } from 'vitest';
import { findRefsPage, mergeVersions, toVersions } from './versions.ts';

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(40));
const commit = { oid: one, tree: { oid: two } };
const toAnswer = (...targets: unknown[]) => ({
  refs: {
    pageInfo: { hasNextPage: false, endCursor: 'x' },
    nodes: targets.map((target, at) => ({ name: `v${at}`, target })),
  },
});

test.each([
  ['a commit', commit, 1],
  ['a tag on a commit', { target: commit }, 1],
  ['a tag on a tag on a commit', { target: { target: commit } }, 1],
  ['a tag on a file', { target: {} }, 0],
  ['nothing', null, 0],
])('a ref that leads to %s', (_case, target, count) => {
  const versions = Array.from({ length: count }, () => ({ name: 'v0', type: 'tag', commit: one, tree: two }));
  expect(findRefsPage(toAnswer(target), 'tag')).toEqual({ versions });
});

test('an answer that was refused is none', () => {
  expect(findRefsPage(null, 'branch')).toBeUndefined();
});

test('there is a next page only where GitHub says so', () => {
  const pageInfo = { hasNextPage: true, endCursor: 'c' };
  expect(findRefsPage({ refs: { pageInfo, nodes: [] } }, 'tag')).toEqual({ versions: [], next: 'c' });
});

test('commits that were asked for stay, tags that are gone do not', () => {
  const asked = { name: 'abc', type: 'commit' as const, commit: one ?? '', tree: one ?? '' };
  const gone = { name: 'v1', type: 'tag' as const, commit: two ?? '', tree: two ?? '' };
  const there = { name: 'v2', type: 'tag' as const, commit: three ?? '', tree: three ?? '' };
  const kept = mergeVersions([asked, gone], [there]);
  expect(kept).toEqual([there, asked]);
  expect(toVersions(kept)).toEqual([{ name: 'v2', type: 'tag', commit: three }]);
});
