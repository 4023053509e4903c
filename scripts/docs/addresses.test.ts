import { expect, test } from 'vitest';
import { toPageAddress, toRelativeHref } from './addresses.ts';

test.each([
  ['', ''],
  ['a/b/', 'a/b/'],
  ['index.html', ''],
  ['a/index.html', 'a/'],
  ['a/b.html', 'a/b/'],
  ['../', '-/'],
  ['a/../../b/', 'a/-/-/b/'],
  ['/etc/', 'etc/'],
  ['a?b#c%2e\\d/', 'a-b-c-2e-d/'],
  ['Über uns/', 'Über uns/'],
  ['a\u0000b\u202e/', 'a-b-/'],
])('the page %j is at %j', (address, expected) => {
  expect(toPageAddress(address)).toBe(expected);
});

test.each([
  ['', '', './'],
  ['', 'a/', 'a/'],
  ['a/', '', '../'],
  ['a/b/', 'a/c/', '../c/'],
  ['a/b/', 'a/b/', './'],
  ['a/', 'b c/', '../b%20c/'],
])('from %j to %j it is %j', (from, to, expected) => {
  expect(toRelativeHref(from, to)).toBe(expected);
});
