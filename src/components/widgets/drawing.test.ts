import { expect, test } from 'vitest';
import { type Markup, toHtml } from '#components/lists/markup.ts';
import { toPause } from './ask.client.ts';
import { toFitting, toOutLink, toRow, toSpark, toSparkWords, toTroubles } from './drawing.ts';

const rows = (count: number) => Array.from({ length: count }, (_, at) => toRow(`row ${at}.`));
const toText = (markup: Markup) =>
  toHtml(markup)
    .replaceAll(/<[^>]+>/g, ' ')
    .trim();

test.each([
  [3, 3, false, 'row 0.row 1.row 2.'],
  [4, 3, false, 'row 0.row 1. Show all 4 rows'],
  [4, 3, true, 'row 0.row 1.row 2.row 3. Show fewer'],
  [2, 1, false, 'row 0. Show all 2 rows'],
  [0, 3, false, ''],
])('of %s rows on %s lines, whole: %s, stands %s', (count, room, isAll, text) =>
  expect(toText(toFitting(rows(count), room, isAll, 'rows'))).toBe(text),
);

test('a row of several lines is shown whole or not at all', () => {
  const tall = [
    { lines: 2, markup: 'first.' },
    { lines: 2, markup: 'second.' },
  ];
  expect(toText(toFitting(tall, 4, false, 'rows'))).toBe('first.second.');
  expect(toText(toFitting(tall, 3, false, 'rows'))).toBe('first. Show all 2 rows');
});

test.each([
  ['https://argocd.acme.io/x', '<a href="https://argocd.acme.io/x" rel="noopener">x</a>'],
  ['javascript:alert(1)', '<span>x</span>'],
  ['data:text/html,x', '<span>x</span>'],
  ['nonsense', '<span>x</span>'],
  [undefined, '<span>x</span>'],
])('an address %s leads out as %s', (url, html) => expect(toHtml(toOutLink(url, 'x'))).toBe(html));

test('a spark line leaves a gap where nothing is known, and says in words what it shows', () => {
  expect(toHtml(toSpark([1, 2, null, 3], 'words'))).toContain('d="M0.0 22.0L33.3 12.0M100.0 2.0"');
  expect(toHtml(toSpark([5, 5], 'words'))).toContain('d="M0.0 12.0L100.0 12.0"');
  expect(toSparkWords([0.99, null, 0.999])).toBe('Now 99.9 %, lowest 99 %, highest 99.9 %');
  expect(toSparkWords([null])).toBe('No values');
});

test('what an upstream is called stays text', () => {
  const trouble = { source: 'x', fault: 'timeout' as const, what: '<b>x</b> did not answer', mend: 'Wait.' };
  const [row] = toTroubles({ base: '/', now: 0 }, '<i>', [trouble]);
  expect(toHtml(row?.markup ?? '')).toContain('&lt;b&gt;x&lt;/b&gt; did not answer');
  expect(toHtml(row?.markup ?? '')).not.toMatch(/<[bi]>/);
});

test.each([
  [30, 0, 0.5, 30],
  [30, 0, 0, 27],
  [30, 0, 1, 33],
  // Never more often than every five seconds, never less often than every five minutes.
  [0, 0, 0.5, 5],
  [9000, 0, 0.5, 300],
  [undefined, 1, 0.5, 10],
  [undefined, 3, 0.5, 40],
  [undefined, 12, 0.5, 300],
  [120, 1, 0.5, 120],
])(
  'after an answer good for %s s and %s failures it waits %s of a tenth around %s s',
  (again, failures, chance, seconds) => expect(toPause(again, failures, chance)).toBeCloseTo(seconds),
);
