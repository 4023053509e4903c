import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyAddress, formatListAddress, type ListAddress, parseListAddress } from './list-address.ts';

const keys = ['kind', 'owner', 'type', 'lifecycle', 'tag', 'namespace'];

test.each<[string, Partial<ListAddress>]>([
  ['', {}],
  ['?owner=group:default/x&type=service', { chosen: { owner: ['group:default/x'], type: ['service'] } }],
  ['?tag=go&tag=pci&tag=go', { chosen: { tag: ['go', 'pci'] } }],
  ['?owner=payments&owner=user:ada', { chosen: { owner: ['group:default/payments', 'user:default/ada'] } }],
  ['?owner=', { chosen: { owner: [''] } }],
  ['?q=pay&sort=-owner&utm=1', { text: 'pay', sort: '-owner' }],
  ['?within=group:default/x&only=starred', { within: ['group:default/x'], only: 'starred' }],
  ['?only=everything', {}],
  ['?filters[kind]=Component&filters[user]=owned', { chosen: { kind: ['component'] }, only: 'mine' }],
  ['?filters[kind]=api&filters[user]=all', { chosen: { kind: ['api'] } }],
  ['?filters%5Bowners%5D=group:default/x', { chosen: { owner: ['group:default/x'] } }],
  ['?filters[owners][0]=x&filters[owners][1]=group:y', { chosen: { owner: ['group:default/x', 'group:default/y'] } }],
  ['?filters[tags][]=go&filters[lifecycles]=production', { chosen: { tag: ['go'], lifecycle: ['production'] } }],
  ['?filters[type]=all&filters[text]=pay', { text: 'pay' }],
  ['?filters[orphan]=true', {}],
])('reads %s', (search, expected) => {
  expect(parseListAddress(search, keys)).toEqual({ ...emptyAddress, ...expected });
});

test('leaves filters alone that the list does not have', () => {
  expect(parseListAddress('?owner=group:default/x&level=error', ['level']).chosen).toEqual({ level: ['error'] });
});

test('writes an address that people can read', () => {
  const chosen = { owner: ['group:default/x'], tag: ['go', 'c++'] };
  expect(formatListAddress({ ...emptyAddress, chosen, text: 'a b', sort: '-owner' })).toBe(
    '?owner=group:default/x&tag=go&tag=c%2B%2B&q=a+b&sort=-owner',
  );
  expect(formatListAddress(emptyAddress)).toBe('');
});

test('reads what it wrote', () => {
  const values = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 });
  const address = fc.record({
    text: fc.string(),
    sort: fc.constantFrom('', 'owner', '-type'),
    only: fc.constantFrom('', 'mine', 'starred'),
    within: fc.constantFrom([], ['group:default/x']),
    chosen: fc.dictionary(fc.constantFrom('type', 'tag', 'lifecycle'), values, { noNullPrototype: true }),
  }) as fc.Arbitrary<ListAddress>; // constantFrom widens the words of `only`
  fc.assert(
    fc.property(address, (asked) => {
      expect(parseListAddress(formatListAddress(asked), keys)).toEqual(asked);
    }),
  );
});
