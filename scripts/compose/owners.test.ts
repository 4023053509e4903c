import { expect, test } from 'vitest';
import { toCatalog, toYaml } from './fixture.ts';
import { createLookup } from './lookup.ts';
import { createOwners } from './owners.ts';

const people = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    toYaml(
      'User',
      `u${at}`,
      ['memberOf: [below]', `profile: {email: u${at}@acme.io}`],
      ['links: [{url: "https://chat.acme.io/u", title: Chat}, {url: "https://acme.io/u", title: Blog}]'],
    ),
  );

const toService = (name: string, ...spec: string[]) =>
  toYaml('Component', name, ['type: service', 'lifecycle: production', ...spec]);

function open(...more: string[]) {
  const groups = [
    toYaml('Group', 'top', ['type: team', 'children: [below]', 'profile: {email: top@acme.io}']),
    toYaml('Group', 'below', ['type: team', 'children: []']),
    toYaml('Group', 'unknown', ['type: team', 'children: []']),
    toYaml('Domain', 'trade', ['owner: top']),
    toYaml('System', 'shop', ['owner: nowhere', 'domain: trade']),
  ];
  const catalog = toCatalog([...groups, ...more].join('---\n'));
  const owners = createOwners(createLookup(catalog));
  const entry = catalog.entities.get('component:default/cart');
  if (!entry) throw new Error('The cart is not in the fixture.');
  return { list: owners.list(entry), unowned: owners.findUnowned(entry) };
}

test.each([
  [0, [], 0],
  [1, ['u0'], 1],
  [4, ['u0', 'u1', 'u2', 'u3'], 4],
  [5, ['u0', 'u1', 'u2'], 5],
])('of %i people these are named: %j', (count, named, all) => {
  const { list } = open(toService('cart', 'owner: top'), ...people(count));
  expect(list.map((owner) => [owner.named.map(({ link }) => link.label), owner.people])).toEqual([[named, all]]);
});

test('where people are few, each can be written to', () => {
  const [few] = open(toService('cart', 'owner: top'), ...people(1)).list;
  expect(few?.named[0]?.ways.map(({ url }) => url)).toEqual(['mailto:u0@acme.io', 'https://chat.acme.io/u']);
  const [many] = open(toService('cart', 'owner: top'), ...people(9)).list;
  expect(many?.named.map(({ ways }) => ways)).toEqual([[], [], []]);
  expect(many?.contacts.map(({ url }) => url)).toEqual(['mailto:top@acme.io']);
});

test('several owners stand in the order in which they are written, the one owner first', () => {
  const { list } = open(toService('cart', 'owner: top', 'owners: [user:u1, below]'), ...people(2));
  expect(list.map(({ link }) => link.ref)).toEqual(['group:default/top', 'user:default/u1', 'group:default/below']);
});

test.each([
  ['has an owner', ['owner: top'], undefined],
  ['several, one of them there', ['owner: nowhere', 'owners: [below]'], undefined],
  [
    'defined nowhere, in a system that is no better off',
    ['owner: nowhere', 'system: shop'],
    ['undefined', 'domain:default/trade'],
  ],
  [
    'the word for nobody, though there is a group of that name',
    ['owner: unknown', 'system: shop'],
    ['unknown', 'domain:default/trade'],
  ],
  ['defined nowhere, in nothing', ['owner: nowhere'], ['undefined', undefined]],
  ['in a circle', ['owner: nowhere', 'subcomponentOf: basket'], ['undefined', undefined]],
])('%s', (_name, spec, expected) => {
  const basket = toService('basket', 'owner: nowhere', 'subcomponentOf: cart');
  const { unowned } = open(toService('cart', ...spec), basket);
  expect(unowned && [unowned.state, unowned.whole?.link.ref]).toEqual(expected);
});
