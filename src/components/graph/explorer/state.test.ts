import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dependenceTypes } from '#model/graph.ts';
import { colourings, depths, type ExplorerState, sides, toQuery, toState } from './state.ts';

const root = 'component:default/checkout';
const word = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);
const ref = fc.tuple(word, word, word).map(([kind, namespace, name]) => `${kind}:${namespace}/${name}`);
const sorted = (texts: fc.Arbitrary<string>) => fc.uniqueArray(texts, { maxLength: 6 }).map((list) => list.toSorted());

const state: fc.Arbitrary<ExplorerState> = fc.record(
  {
    centre: fc.oneof(fc.constant(root), ref),
    depth: fc.constantFrom(...depths),
    side: fc.constantFrom(...sides),
    hiddenKinds: sorted(fc.stringMatching(/^[a-z0-9-]{1,12}$/)),
    hiddenTypes: fc.subarray([...dependenceTypes]),
    colouring: fc.constantFrom(...colourings),
    to: ref,
    open: sorted(fc.oneof(ref, fc.constantFrom('*', 'others'))),
  },
  { requiredKeys: ['centre', 'side', 'hiddenKinds', 'hiddenTypes', 'colouring', 'open'] },
);

test('what an address says of a state is that state again, and what else it says stays', () => {
  fc.assert(
    fc.property(state, (chosen) => {
      const query = toQuery(chosen, root, new URLSearchParams('audience=all&depth=9&to=x'));
      expect(query.get('audience')).toBe('all');
      expect(toState(new URLSearchParams(query.toString()), root)).toEqual(chosen);
    }),
  );
});

test('whatever an address says, there is a state, and it is one that can be written', () => {
  const names = fc.constantFrom('centre', 'depth', 'show', 'hide', 'without', 'colour', 'to', 'open', '__proto__');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, fc.string({ maxLength: 60, unit: 'binary' }))), (pairs) => {
      const read = toState(new URLSearchParams(pairs), root);
      expect(toState(toQuery(read, root), root)).toEqual(read);
    }),
  );
});

test.each([
  ['centre=javascript:alert(1)', {}],
  ['centre=component:default/<img src=x>', {}],
  ['centre=../../x&to=//evil.example', {}],
  ['depth=7&show=everything&colour=url(x)', {}],
  ['depth=1e3&hide=API,%00&without=ownedBy', {}],
  ['open=component:default/a b,constructor,*', { open: ['*'] }],
  ['centre=api:default/pay&depth=all', { centre: 'api:default/pay', depth: 'all' }],
])('of %s only what has a meaning is taken', (query, meant) => {
  const nothing = toState(new URLSearchParams(), root);
  expect(toState(new URLSearchParams(query), root)).toEqual({ ...nothing, ...meant });
});

test('a state in which nothing was chosen leaves the address alone', () => {
  expect(toQuery(toState(new URLSearchParams(), root), root).toString()).toBe('');
});
