import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatSearchQuery, holdsWords, parseSearchQuery, toExcerpt, toPathAt } from './search.ts';

describe('a query is an address', () => {
  test.each([
    ['', { words: '', chosen: {} }],
    ['?q=+checkout++', { words: 'checkout', chosen: {} }],
    ['?owner=payments&q=a%26b&kind=API', { words: 'a&b', chosen: { owner: 'payments', kind: 'API' } }],
    ['?q=x&unknown=1&tag=&type=%zz', { words: 'x', chosen: { type: '%zz' } }],
  ])('%s', (text, query) => {
    expect(parseSearchQuery(text)).toEqual(query);
  });

  test('its parts always stand in the same order, and nothing asked is no query', () => {
    expect(formatSearchQuery({ words: 'a b', chosen: { tag: 'c++', kind: 'API' } })).toBe(
      '?q=a+b&kind=API&tag=c%2B%2B',
    );
    expect(formatSearchQuery({ words: '', chosen: { kind: undefined } })).toBe('');
  });

  test('what is written is read back', () => {
    const words = fc.string({ unit: 'grapheme' }).map((text) => text.trim());
    const value = words.filter((text) => text !== '');
    fc.assert(
      fc.property(words, fc.record({ kind: value, owner: value }, { requiredKeys: [] }), (text, chosen) => {
        expect(parseSearchQuery(formatSearchQuery({ words: text, chosen }))).toEqual({ words: text, chosen });
      }),
    );
  });
});

const content =
  'checkout ␟ Checkout Service ␟ Handles order checkout (and payment). ␟ go, payments, tier-1 ␟ Runbook https://runbooks.acme.example/checkout ␟ Checkout team (checkout-team) ␟ Payments ␟ github.com/project-slug: acme/checkout, backstage.io/kubernetes-id: checkout';
const at = (...words: string[]) => content.split(' ').flatMap((word, index) => (words.includes(word) ? [index] : []));
const show = (locations: number[]) => {
  const { label, parts } = toExcerpt(content, locations);
  return `${label}|${parts.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('')}`;
};

describe('an excerpt', () => {
  test.each([
    ['is the description when nothing matched', [], '|Handles order checkout (and payment).'],
    ['is the description when only the name matched', [0], '|Handles order checkout (and payment).'],
    ['marks a word without its punctuation', at('payment).'), '|Handles order checkout (and [payment]).'],
    ['is the entry of a list that matched', at('tier-1'), 'Tags|[tier-1]'],
    ['is the annotation that matched', at('acme/checkout,'), 'Annotations|github.com/project-slug: [acme/checkout]'],
    [
      'is the field in which most matched',
      at('checkout', 'team', '(checkout-team)'),
      'Owner|Checkout [team] ([checkout-team])',
    ],
    ['takes no harm from a place that does not exist', [999], '|Handles order checkout (and payment).'],
  ])('%s', (_what, locations, expected) => {
    expect(show(locations)).toBe(expected);
  });

  test('of a long text begins a little before the match', () => {
    const long = Array.from({ length: 100 }, (_, index) => `w${index}`);
    const text = toExcerpt(`n ␟ t ␟ ${long.join(' ')}`, [4 + 50])
      .parts.map((part) => part.text)
      .join('');
    expect(text).toMatch(/^… w42 .*w50.* w69 …$/);
  });

  test('of anything is text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(20)), (text, locations) => {
        for (const part of toExcerpt(text, locations).parts) expect(part.text).not.toBe('');
      }),
    );
  });
});

test.each([
  ['checkout', 'checkout', true],
  ['tier-1', 'tier-1', true],
  ['checkout-team', '(checkout-team)', true],
  ['slug', 'github.com/project-slug:', true],
  ['running', 'run', true],
  ['inventroy', 'in', false],
  ['checkout zebra', 'checkout', false],
  ['', 'checkout', true],
])('%j is held by a page where %j was found: %s', (asked, word, isHeld) => {
  expect(holdsWords(asked, { content: `before ${word} after`, locations: [1], meta: {} })).toBe(isHeld);
});

test('a page holds what is said about it', () => {
  const page = { content: 'Settings of it', locations: [0], meta: { title: 'Settings', tree: 'Checkout docs' } };
  expect(holdsWords('checkout settings', page)).toBe(true);
  expect(holdsWords('inventory settings', page)).toBe(false);
});

test.each([
  ['/docs/default/component/web/a/', 'Component:default/App', '/docs/default/component/app/a/'],
  ['/docs/default/component/web/a/', 'component:default/web', '/docs/default/component/web/a/'],
  ['/docs/default/component/web@v1/a/', 'component:default/app', '/docs/default/component/app@v1/a/'],
  ['/docs/default/component/webhook/', 'component:default/app', '/docs/default/component/webhook/'],
  ['/catalog/default/component/web/', 'component:default/app', '/catalog/default/component/web/'],
])('%s is read at %s as %s', (path, chosen, expected) => {
  expect(toPathAt(path, ['component:default/web', 'component:default/app'], chosen)).toBe(expected);
});
