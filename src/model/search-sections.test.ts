import { describe, expect, test } from 'vitest';
import { listFoundSections } from './search-sections.ts';

const text = {
  intro: 'Operating it. What to know before you are called.',
  retry: 'Retry. A payment is tried again five times. After that the order waits. Somebody has to look at it.',
  keys: 'Keys of the configuration. payment.retry_count says how often a payment is tried.',
};
const content = Object.values(text).join(' ');
const startOf = (part: string) => content.slice(0, content.indexOf(part)).split(' ').length - 1;
const anchors = [
  { id: 'keys', text: 'Keys of the configuration', location: startOf(text.keys) },
  { id: 'retry', text: 'Retry', location: startOf(text.retry) },
];

/** A page in which all words of a form were found. */
const toPage = (form: RegExp) => ({
  content,
  meta: { title: 'Operating it.' },
  anchors,
  weighted_locations: content
    .split(' ')
    .flatMap((word, location) => (form.test(word) ? [{ location, balanced_score: word === 'Retry.' ? 6 : 1 }] : [])),
});
const show = (asked: string, form: RegExp, limit = 3) =>
  listFoundSections(toPage(form), asked, limit).map(
    ({ id, excerpt }) => `${id}: ${excerpt.map((part) => (part.isMatch ? `[${part.text}]` : part.text)).join('')}`,
  );

describe('the sections of a page that was found', () => {
  test.each([
    ['hold the match in its sentence', ...['look', /^look$/], ['retry: Somebody has to [look] at it.']],
    [
      'begin after their heading, and the best comes first',
      ...['retry', /retry/i],
      [
        'retry: A payment is tried again five times. After that the order waits. Somebody has to look at it.',
        'keys: [payment.retry_count] says how often a payment is tried.',
      ],
    ],
    [
      'hold as many of the words as any does',
      ...['retry count', /retry|count/i],
      ['keys: [payment.retry_count] says how often a payment is tried.'],
    ],
    ['are without an id above all headings', ...['called', /called/], [': What to know before you are [called].']],
    ['do not show the title again', ...['operating', /Operating/], [': What to know before you are called.']],
    ['are none when only the title of the tree matched', ...['checkout', /checkout/], []],
  ] as [string, string, RegExp, string[]][])('%s', (_what, asked, form, expected) => {
    expect(show(asked, form)).toEqual(expected);
  });

  test('are no more than asked for', () => {
    expect(show('payment', /payment/i, 1)).toHaveLength(1);
  });

  test('of a long text show the words around the closest matches', () => {
    const words = Array.from({ length: 200 }, (_, at) => `w${at}`);
    const weighted_locations = [20, 150, 152].map((location) => ({ location, balanced_score: 1 }));
    const [found] = listFoundSections({ content: words.join(' '), meta: {}, anchors: [], weighted_locations }, 'w', 3);
    expect(found?.excerpt.map((part) => part.text).join('')).toMatch(/^… w144 .*w150.*w152.* w171 …$/);
  });
});
