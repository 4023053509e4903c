import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toReturnPath } from './return-path.ts';

test.each([
  '/',
  '/catalog/',
  '/catalog/default/component/checkout/',
  '/docs/default/component/a%20b/',
  '/%C3%B6/',
  '/search/?q=a%2Fb&kind=api',
  '/search/?q=https://example.org',
  '/a?b=..#c',
  '/authors/',
])('%s is a way back', (path) => {
  expect(toReturnPath(path, '/')).toBe(path);
});

test.each([
  undefined,
  '',
  'catalog',
  'https://evil.example/',
  '//evil.example/',
  '///evil.example/',
  '/\\evil.example/',
  '\\\\evil.example/',
  '/\t/evil.example/',
  '/\n/evil.example/',
  ' /catalog/',
  '/a b',
  '/%2fevil.example/',
  '/%2Fevil.example/',
  '/%5cevil.example/',
  '/a/%252f/',
  '/a//b',
  '/../etc',
  '/a/../../b',
  '/a/./b',
  '/a/.',
  '/%2e%2e/b',
  '/a%0d%0aset-cookie:x=y',
  '/a?b=%0d%0a',
  '/a?b=\\evil',
  '/%',
  '/%ff',
  '/ä',
  '/\u202e/',
  'javascript:alert(1)',
  '/auth/sign-in',
  '/auth/sign-out',
  `/${'a'.repeat(2048)}`,
])('%j is none', (path) => {
  expect(toReturnPath(path, '/')).toBe('/');
});

test.each([
  ['/portal/catalog/', '/portal/catalog/'],
  ['/catalog/', '/portal/'],
  ['/portal', '/portal/'],
  ['/portals/', '/portal/'],
  ['/portal/auth/sign-out', '/portal/'],
  ['/portal/../x', '/portal/'],
])('below a base, %s leads to %s', (path, back) => {
  expect(toReturnPath(path, '/portal/')).toBe(back);
});

const pieces = fc.constantFrom(
  ...[
    '/',
    '\\',
    '.',
    '..',
    '%2f',
    '%5C',
    '%2e',
    '%00',
    '%0a',
    '\t',
    '\r\n',
    ':',
    '@',
    '?',
    '#',
    '//',
    'evil.example',
    'a',
  ],
  ...['https:', 'portal/', 'auth/', '%', '%25', ' ', '\u0000', '\u2028', '／', 'javascript:'],
);

test.each(['/', '/portal/'])('whatever is given, a browser stays at this portal below %s', (top) => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl(),
    fc.array(pieces).map((parts) => top + parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const path = toReturnPath(text, top);
      const url = new URL(path, 'https://portal.example/elsewhere/');
      expect(url.origin).toBe('https://portal.example');
      expect(url.pathname.startsWith(top)).toBe(true);
      expect(url.pathname.startsWith(`${top}auth/`)).toBe(false);
      expect(path).toMatch(/^[\x21-\x7e]+$/);
    }),
    { numRuns: 3_000 },
  );
});
