import { expect, test } from 'vitest';
import { findOnly, isOwnerOf } from './only.ts';

test.each([
  ['acme/checkout', { owner: 'acme', name: 'checkout' }],
  ['https://GitHub.com/acme/checkout.git', { host: 'github.com', owner: 'acme', name: 'checkout' }],
  ['ghe.acme.io:8443/acme/checkout/', { host: 'ghe.acme.io:8443', owner: 'acme', name: 'checkout' }],
  ['checkout', undefined],
  ['a/b/c/d', undefined],
  ['acme/../checkout x', undefined],
  ['', undefined],
])('reads %j', (text, only) => {
  expect(findOnly(text)).toEqual(only);
});

test.each([
  [{ owner: 'Acme', name: 'x' }, true],
  [{ host: 'github.com', owner: 'acme', name: 'x' }, true],
  [{ host: 'ghe.acme.io', owner: 'acme', name: 'x' }, false],
  [{ owner: 'other', name: 'x' }, false],
])('%j is of acme on github.com: %s', (only, expected) => {
  expect(isOwnerOf(only, 'github.com', 'acme')).toBe(expected);
});
