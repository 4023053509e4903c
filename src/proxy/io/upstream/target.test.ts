import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findPath, findTarget } from './target.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '5', 'c', '?', '#', '@', ':', 'a', '\r', '\n'),
  }),
);

/** A word as whoever builds paths writes it: encoded; and as it is, where it was forgotten. */
const word = fc.tuple(text, fc.boolean()).map(([value, isEncoded]) => (isEncoded ? encodeURIComponent(value) : value));

test('whatever stands in a path, it leads to one place below the upstream or nowhere', () => {
  const target = findTarget('https://upstream.test/base', { allowLoopback: false });
  if (!target) throw new Error('This address is one that may be used.');
  fc.assert(
    fc.property(word, fc.array(fc.tuple(text, text)), (value, query) => {
      const found = findPath(target, { path: `/a/${value}/b`, query });
      if (found === undefined) return;
      const url = new URL(found, target.origin);
      expect(url.origin).toBe('https://upstream.test');
      expect(url.pathname).toBe(`/base/a/${value}/b`);
      expect([...url.searchParams]).toEqual(query.map((pair) => pair.map((part) => part.toWellFormed())));
      expect(decodeURIComponent(url.pathname).split(/[\\/]/)).not.toContain('..');
      expect(found).toMatch(/^[\x21-\x7e]+$/);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['https://one.test', 'https://one.test', ''],
  ['https://one.test/', 'https://one.test', ''],
  ['https://one.test:8443/api/v3//', 'https://one.test:8443', '/api/v3'],
])('%s is %s and then %j', (url, origin, prefix) => {
  expect(findTarget(url, { allowLoopback: false })).toMatchObject({ origin, prefix });
});

test.each([
  ['http://prometheus.monitoring:9090', true],
  ['http://127.0.0.1:9191', true],
  ['http://prometheus.monitoring:9091', false],
  ['http://other:9090', false],
  ['http://prometheus.monitoring:9090@other', false],
])('plain http is spoken to %s: %s', (url, isSpoken) => {
  const plainHttp = new Set(['prometheus.monitoring:9090', '127.0.0.1:9191']);
  expect(findTarget(url, { allowLoopback: false, plainHttp }) !== undefined).toBe(isSpoken);
});
