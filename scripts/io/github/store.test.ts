import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { KeptFacts } from '../../github/facts.ts';
import { createGithubStore, toBlobId } from './store.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'portolan-store-'));
const bytes = (text: string) => new TextEncoder().encode(text);
const hello = 'ce013625030ba8dba906f756967f9e9ca394464a';

const listPaths = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('a blob has the id that git gives it', () => expect(toBlobId(bytes('hello\n'))).toBe(hello));

test('a blob is kept if it is what its id says, and read if it still is', () => {
  const folder = newFolder();
  const store = createGithubStore(folder);
  expect(store.keepBlob(hello, bytes('something else'))).toBe(false);
  expect(store.findBlob(hello)).toBeUndefined();
  expect(store.keepBlob(hello, bytes('hello\n'))).toBe(true);
  expect(Buffer.from(createGithubStore(folder).findBlob(hello) ?? []).toString()).toBe('hello\n');
  for (const path of listPaths(folder)) writeFileSync(path, 'spoilt');
  expect(store.findBlob(hello)).toBeUndefined();
});

test('lists that are broken are lists that are not there', () => {
  const folder = newFolder();
  const store = createGithubStore(folder);
  store.keepOwner('ghe.acme.io:8443', 'Acme', { repositories: [] });
  expect(store.findOwner('ghe.acme.io:8443', 'acme')).toEqual({ repositories: [] });
  expect(store.listOwners('ghe.acme.io:8443')).toEqual(['acme']);
  for (const path of listPaths(folder)) writeFileSync(path, '{"repositories": [{}]}');
  expect(store.findOwner('ghe.acme.io:8443', 'acme')).toBeUndefined();
});

test('what no list refers to goes after a day; what is new stays', () => {
  const folder = newFolder();
  const store = createGithubStore(folder);
  const [used, old, fresh] = ['1', '2', '3'].map((digit) => digit.repeat(40));
  const head = { commit: '9'.repeat(40), tree: used ?? '', committedAt: '2026-01-01T00:00:00Z' };
  const facts: KeptFacts = {
    ...{ databaseId: 1, nodeId: 'R_1', owner: 'acme', name: 'x', url: 'https://github.com/acme/x' },
    ...{ visibility: 'private', topics: [], isArchived: false, isFork: false, seenAt: '2026-01-01T00:00:00Z' },
    heads: { '': head },
  };
  store.keepOwner('github.com', 'acme', { repositories: [facts] });
  store.keepBlob(hello, bytes('hello\n'));
  const orphan = toBlobId(bytes('orphan'));
  store.keepBlob(orphan, bytes('orphan'));
  for (const tree of [used, old])
    store.keepListing(tree ?? '', { files: [['a', tree === used ? hello : orphan]], links: [] });
  const now = Date.now();
  for (const path of listPaths(folder)) utimesSync(path, now / 1000 - 200_000, now / 1000 - 200_000);
  store.keepListing(fresh ?? '', { files: [], links: [] });
  store.sweep(now);
  expect([used, old, fresh].map((tree) => store.hasListing(tree ?? ''))).toEqual([true, false, true]);
  expect([hello, orphan].map(store.hasBlob)).toEqual([true, false]);
});
