import { expect, test } from 'vitest';
import { parseAge } from './build-file.ts';
import { findStaleSources } from './stale-sources.ts';

const readAt = '2026-03-02T02:00:00Z';
const young = '2026-03-03T22:00:00Z';
const now = Date.parse('2026-03-04T00:00:00Z');
const hours = (count: number) => count * 3600;

test.each([
  ['no limit', {}, undefined],
  ['within the limit', { staleAfter: hours(46) }, undefined],
  ['one second over it', { staleAfter: hours(46) - 1 }, { since: readAt, names: ['github.com/acme'], isAll: false }],
  ['all of it', { staleAfter: hours(1) }, { since: readAt, names: ['github.com/acme', 'handbook'], isAll: true }],
])('what is 46 hours old, with %s', (_, limit, stale) => {
  const sources = [
    { name: 'github.com/acme', readAt },
    { name: 'handbook', readAt: young },
  ];
  expect(findStaleSources({ readAt, sources, ...limit }, now)).toEqual(stale);
});

test.each([[null], ['text'], [{}], [{ readAt: 'yesterday' }], [{ readAt: 5 }]])(
  '%o says nothing of an age',
  (value) => {
    expect(parseAge(value)).toBeUndefined();
  },
);

test('what has no known form is left out', () => {
  const sources = [null, { name: 5, readAt }, { name: 'a', readAt: 'x' }, { name: 'a', readAt, more: 1 }];
  expect(parseAge({ readAt, staleAfter: '36h', sources })).toEqual({ readAt, sources: [{ name: 'a', readAt }] });
});
