import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitMatch } from './name-text.ts';
import { findNames, type NameIndex, toNameTable } from './names.ts';
import { countSlips } from './slips.ts';

const names = {
  Component: [
    'apgw-worker',
    'checkout',
    'checkout-worker',
    'inventory',
    'legacyLedger',
    'payments-gateway',
    'pgw',
    'storefront',
  ],
  System: ['payments'],
  API: ['checkout-api', 'payments-api'],
  Group: ['checkout-team', 'supply'],
};

const index: NameIndex = {
  kinds: Object.entries(names).map(([kind, { length }]) => ({
    kind,
    label: kind,
    icon: kind.toLowerCase(),
    count: length,
  })),
  namespaces: ['default', 'retail'],
  names: Object.values(names).flat(),
  namespaceOf: [[3, 1]],
  titles: [
    [7, 'Web Shop'],
    [11, 'Checkout team'],
    [12, 'Équipe Fourniture'],
  ],
  owners: ['Checkout team'],
  ownerOf: [0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
  deprecated: [1],
};
const table = toNameTable(index);
const find = (query: string, limit = 20) => findNames(table, query, limit).map(({ name }) => name);

describe('the first answer', () => {
  test.each([
    ['checkout', 'checkout'],
    ['CHECKOUT', 'checkout'],
    ['checkout w', 'checkout-worker'],
    ['checkoutworker', 'checkout-worker'],
    ['worker checkout', 'checkout-worker'],
    ['gateway', 'payments-gateway'],
    ['pay-gw', 'payments-gateway'],
    ['paygat', 'payments-gateway'],
    ['pg', 'pgw'],
    ['pmtgw', 'payments-gateway'],
    ['ledger', 'legacyLedger'],
    ['ll', 'legacyLedger'],
    ['web shop', 'storefront'],
    ['equipe', 'supply'],
    ['chekout-worker', 'checkout-worker'],
    ['inventroy', 'inventory'],
    ['invntory', 'inventory'],
    ['paymetns gatewya', 'payments-gateway'],
    ['storefromt', 'storefront'],
    ['api:payments', 'payments-api'],
    ['group:default/checkout-team', 'checkout-team'],
    ['retail/inv', 'inventory'],
  ])('to %s is %s', (query, name) => {
    expect(find(query)[0]).toBe(name);
  });
});

test.each([
  ['checkout', ['checkout', 'checkout-worker', 'checkout-api', 'checkout-team']],
  ['pay', ['payments-gateway', 'payments', 'payments-api']],
  ['pgw', ['pgw', 'apgw-worker', 'payments-gateway']],
  ['default/inventory', []],
  ['system:checkout', []],
  ['zzzz', []],
  ['-', []],
  ['', []],
])('%j is answered in the order of sureness, then of kind, then of length: %j', (query, expected) => {
  expect(find(query)).toEqual(expected);
});

test('what is deprecated comes after its equals', () => {
  const deprecated = { ...index, deprecated: [5] };
  expect(findNames(toNameTable(deprecated), 'pay', 3).map(({ name }) => name)).toEqual([
    'payments',
    'payments-api',
    'payments-gateway',
  ]);
});

test('a match carries all that a line shows', () => {
  expect(findNames(table, 'checkout', 1)).toEqual([
    {
      ref: 'component:default/checkout',
      kind: 'Component',
      kindLabel: 'Component',
      icon: 'component',
      name: 'checkout',
      title: undefined,
      owner: 'Checkout team',
      isDeprecated: true,
      isSure: true,
    },
  ]);
  expect(findNames(table, 'inventroy', 1)).toMatchObject([{ ref: 'component:retail/inventory', isSure: false }]);
});

test.each([
  ['checkout', 'checkout', 0],
  ['chekout', 'checkout', 1],
  ['chcekout', 'checkout', 1],
  ['checkoput', 'checkout', 1],
  ['chwckout', 'checkout', 1],
  ['checko', 'checkout', 0.5],
  ['chekou', 'checkout', 1.5],
  ['inventory', 'storefront', 3],
])('%s is %s with %d slips', (typed, word, slips) => {
  expect(countSlips(typed, word, 2)).toBe(slips);
});

test.each([
  ['payments-gateway', 'gate', 'payments-[gate]way'],
  ['Payments Gateway', 'pay-g', '[Pay]ments [G]ateway'],
  ['Équipe', 'equip', '[Équip]e'],
  ['inventory', 'inventroy', 'inventory'],
  ['a', '', 'a'],
])('in %s, %j marks %s', (text, query, marked) => {
  const parts = splitMatch(text, query);
  expect(parts.map((part) => (part.isMatch ? `[${part.text}]` : part.text)).join('')).toBe(marked);
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{3,8}$/);
const anyIndex = fc
  .uniqueArray(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 30, selector: String })
  .map(
    (all): NameIndex => ({
      kinds: [{ kind: 'Component', label: 'Component', icon: 'box', count: all.length }],
      namespaces: ['default'],
      names: all.map((words) => words.join('-')),
      namespaceOf: [],
      titles: [],
      owners: [],
      ownerOf: [],
      deprecated: [],
    }),
  );
const among = (all: NameIndex) => fc.tuple(fc.constant(all), fc.nat(all.names.length - 1));

test('every name is the first answer to itself', () => {
  fc.assert(
    fc.property(anyIndex.chain(among), ([all, at]) => {
      const plain = (name = '') => name.replaceAll('-', '');
      expect(plain(findNames(toNameTable(all), all.names[at] ?? '', 1)[0]?.name)).toBe(plain(all.names[at]));
    }),
  );
});

test('every part of a name finds the name', () => {
  const part = anyIndex.chain(among).chain(([all, at]) => {
    const name = all.names[at] ?? '';
    return fc.tuple(fc.constant({ all, name }), fc.nat(name.length - 1), fc.integer({ min: 1, max: name.length }));
  });
  fc.assert(
    fc.property(part, ([{ all, name }, from, length]) => {
      const query = name.slice(from, from + length);
      fc.pre(query !== '-');
      expect(findNames(toNameTable(all), query, 1000).map((match) => match.name)).toContain(name);
    }),
  );
});

test('two letters swapped in a word of a name still find the name', () => {
  const swapped = anyIndex.chain(among).chain(([all, at]) => {
    const [first = ''] = (all.names[at] ?? '').split('-');
    return fc.tuple(fc.constant({ all, name: all.names[at] ?? '', first }), fc.nat(first.length - 2));
  });
  fc.assert(
    fc.property(swapped, ([{ all, name, first }, at]) => {
      const slip = first.slice(0, at) + (first[at + 1] ?? '') + (first[at] ?? '') + first.slice(at + 2);
      expect(findNames(toNameTable(all), slip, 1000).map((match) => match.name)).toContain(name);
    }),
  );
});

test('any text is answered, quickly, within the limit, each entity once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (query) => {
      const found = findNames(table, query, 5);
      expect(found.length).toBeLessThanOrEqual(5);
      expect(new Set(found.map(({ ref }) => ref)).size).toBe(found.length);
    }),
  );
  const repeated = {
    ...index,
    kinds: [{ kind: 'Component', label: '', icon: '', count: 1 }],
    names: ['a-'.repeat(31)],
  };
  expect(findNames(toNameTable(repeated), `${'a'.repeat(30)}b`, 5)).toEqual([]);
});
