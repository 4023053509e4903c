import { icons } from '@iconify-json/lucide';
import { describe, expect, test } from 'vitest';
import { relationTable } from '../relations.ts';
import { findKind, genericKind, kinds } from './index.ts';

test('every kind that Backstage describes has a row', () => {
  const names = 'AiResource API Component Domain Group Location Resource System Template User';
  expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(names.split(' ').toSorted((a, b) => (a < b ? -1 : 1)));
});

test('kinds are found in whatever case they are written', () => {
  for (const row of kinds) expect(findKind(row.kind.toUpperCase())).toBe(row);
});

test.each(['S3Bucket', '', '__proto__', 'constructor'])('the kind %s is shown generically', (kind) => {
  expect(findKind(kind)).toBe(genericKind);
});

test('plurals are parts of an address, and no two are the same', () => {
  const plurals = [...kinds, genericKind].map(({ plural }) => plural);
  expect(new Set(plurals).size).toBe(plurals.length);
  for (const plural of plurals) expect(plural).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

describe.each([...kinds, genericKind].map((row) => [row.label, row] as const))('%s', (_label, row) => {
  test('has an icon that exists', () => {
    expect(icons.icons[row.icon] ?? icons.aliases?.[row.icon]).toBeDefined();
  });

  test('says in one sentence what it is', () => {
    expect(row.about).toMatch(/^[A-Z].*\.$/);
  });

  test('declares references under keys that its schema knows, of relations that exist', () => {
    for (const { field, type } of row.relations) {
      // `owners` is beyond what Backstage reads, so no schema of its kinds may judge it.
      if (row !== genericKind && field !== 'owners') expect(Object.keys(row.spec.shape)).toContain(field);
      expect(Object.keys(relationTable)).toContain(type);
    }
  });
});
