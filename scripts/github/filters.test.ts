import { expect, test } from 'vitest';
import { githubProviderSchema } from '../settings/schema.ts';
import type { RepositoryFacts } from './facts.ts';
import { chooseBranch, isAccepted } from './filters.ts';

const head = { commit: 'a'.repeat(40), tree: 'b'.repeat(40), committedAt: '2026-01-01T00:00:00Z' };
const facts: RepositoryFacts = {
  ...{ databaseId: 1, nodeId: 'R_1', owner: 'acme', name: 'checkout', url: 'https://github.com/acme/checkout' },
  ...{ defaultBranch: 'main', visibility: 'internal', topics: ['java', 'portal'], isArchived: false, isFork: false },
  heads: { '': head },
};
const toProvider = (filters: object) => githubProviderSchema.parse({ organization: 'acme', filters });

test.each([
  [{}, {}, true],
  [{ repository: 'check.*' }, {}, true],
  [{ repository: 'check' }, {}, false],
  [{ repository: '^check.*$' }, {}, true],
  [{ repository: 'a|checkout' }, {}, true],
  [{ repository: 'a|out' }, {}, false],
  [{}, { isArchived: true }, false],
  [{ allowArchived: true }, { isArchived: true }, true],
  [{}, { isFork: true }, true],
  [{ allowForks: false }, { isFork: true }, false],
  [{ visibility: ['Internal'] }, {}, true],
  [{ visibility: ['public', 'private'] }, {}, false],
  [{ topic: 'portal' }, {}, true],
  [{ topic: 'go' }, {}, false],
  [{ topic: { include: ['go', 'java'] } }, {}, true],
  [{ topic: { include: ['java'], exclude: ['portal'] } }, {}, false],
  [{ topic: { exclude: ['go'] } }, {}, true],
])('with %j a repository with %j is taken: %s', (filters, own, isTaken) => {
  expect(isAccepted({ ...facts, ...own }, toProvider(filters))).toBe(isTaken);
});

test.each([
  [[{}], {}, { branch: '' }],
  [[{ branch: 'release/1' }], { heads: { 'release/1': head } }, { branch: 'release/1' }],
  [[{ branch: 'gone' }, {}], {}, { branch: '' }],
  [[{ branch: 'gone' }], {}, { fault: 'branch', branch: 'gone' }],
  [[{}], { heads: {}, defaultBranch: undefined }, { fault: 'empty' }],
  [[{ branch: 'main' }], { heads: {}, defaultBranch: undefined }, { fault: 'empty' }],
  [[{ repository: 'other' }], {}, { fault: 'refused' }],
  [[], {}, { fault: 'refused' }],
])('of %j, a repository with %j is read as %j', (filters, own, choice) => {
  expect(chooseBranch({ ...facts, ...own }, filters.map(toProvider))).toEqual(choice);
});
