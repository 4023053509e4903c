import { expect, test } from 'vitest';
import { toSourceReadings } from './sources.ts';

const [sunday, monday, tuesday] = ['2026-03-01T02:00:00Z', '2026-03-02T02:00:00Z', '2026-03-03T02:00:00Z'];

test.each([
  ['all seen now', [monday, monday], monday],
  ['one asked for alone since', [monday, tuesday, monday], monday],
  ['a list that broke off in the first half', [tuesday, monday, monday], monday],
  ['as many of either', [tuesday, monday], monday],
  ['one that is refused since Sunday', [monday, sunday, monday], monday],
])('what is shown of an owner is as old as most of it: %s', (_, times, readAt) => {
  expect(toSourceReadings([{ name: 'github.com/acme', times, ids: ['acme/a'] }])).toEqual([
    { name: 'github.com/acme', type: 'github', readAt, repositories: ['acme/a'] },
  ]);
});

test('an owner that was read in two parts is one, and one of which nothing is known is none', () => {
  const seen = [
    { name: 'github.com/acme', times: [monday, monday], ids: ['acme/a', 'acme/b'] },
    { name: 'github.com/acme', times: [tuesday], ids: ['acme/c'] },
    { name: 'github.com/else', times: [], ids: [] },
  ];
  expect(toSourceReadings(seen)).toEqual([
    { name: 'github.com/acme', type: 'github', readAt: monday, repositories: ['acme/a', 'acme/b', 'acme/c'] },
  ]);
});
