import { describe, expect, test } from 'vitest';
import { isOwnable, listOwners, toOwnerState } from './ownership.ts';

const toEntry = (spec: Record<string, unknown>, targets: readonly string[], namespace?: string) => ({
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'shop', ...(namespace !== undefined && { namespace }) },
    spec,
  },
  relations: targets.map((target) => ({ source: 'component:default/shop', type: 'ownedBy' as const, target })),
});

describe('the owners of an entity', () => {
  test.each([
    ['none', {}, [], undefined, []],
    ['one', { owner: 'b' }, ['group:default/b'], undefined, ['group:default/b']],
    [
      'the first answers first, whatever the alphabet says',
      { owner: 'user:z', owners: ['B', 'group:a', 'b'] },
      ['group:default/a', 'group:default/b', 'user:default/z'],
      undefined,
      ['user:default/z', 'group:default/b', 'group:default/a'],
    ],
    [
      'what is left out comes from the namespace',
      { owner: 'b', owners: ['default/a'] },
      ['group:default/a', 'group:shop/b'],
      'shop',
      ['group:shop/b', 'group:default/a'],
    ],
    [
      'what is no reference is passed over',
      { owners: [7, null, '', 'x:', 'b', 'a'] },
      ['group:default/a', 'group:default/b'],
      undefined,
      ['group:default/b', 'group:default/a'],
    ],
  ])('%s', (_name, spec, targets, namespace, owners) => {
    expect(listOwners(toEntry(spec, targets, namespace))).toEqual(owners);
  });
});

test.each([
  [[], 'none'],
  [['group:default/a'], 'owned'],
  [['group:default/gone'], 'undefined'],
  [['group:default/unknown'], 'unknown'],
  [['group:default/gone', 'user:default/tbd'], 'unknown'],
  [['group:default/gone', 'group:default/a'], 'owned'],
])('%s is %s', (owners, state) => {
  const known = new Set(['group:default/a', 'group:default/unknown']);
  expect(toOwnerState(owners, (owner) => known.has(owner))).toBe(state);
});

test.each([
  ['Component', true],
  ['Template', true],
  ['Group', false],
  ['Location', false],
  ['Gadget', false],
])('whether a %s should have an owner: %s', (kind, ownable) => {
  expect(isOwnable(kind)).toBe(ownable);
});
