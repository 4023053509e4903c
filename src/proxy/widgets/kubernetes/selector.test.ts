import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLabelTest } from '../../../../scripts/demo/kubernetes/selectors.ts';
import { findSelector } from './selector.ts';

test.each([
  ['app=checkout', 'app=checkout'],
  ['app==checkout', 'app=checkout'],
  [' app = checkout , tier != web ', 'app=checkout,tier!=web'],
  ['tier in (web, api)', 'tier in (api,web)'],
  ['tier notin (web,)', 'tier notin (,web)'],
  ['tier', 'tier'],
  ['!tier', '!tier'],
  ['! tier', '!tier'],
  ['a=', 'a='],
  ['in in (in,notin)', 'in in (in,notin)'],
  ['app.kubernetes.io/name=web,a=b', 'a=b,app.kubernetes.io/name=web'],
  ['a=b,a=b', 'a=b'],
  ['n>3,m<5', 'm<5,n>3'],
])('reads %s as %s', (text, selector) => {
  expect(findSelector(text)).toBe(selector);
  expect(findSelector(selector)).toBe(selector);
});

test.each([
  ['nothing', ''],
  ['blanks', '  '],
  ['a comma', ','],
  ['a comma at the end', 'a=b,'],
  ['two values', 'a=b c'],
  ['two operators', 'a===b'],
  ['a value with a slash', 'a=b/c'],
  ['a query', 'a=b&fieldSelector=x'],
  ['a key with two slashes', 'a/b/c=d'],
  ['a key with an odd prefix', 'A_b/c=d'],
  ['a long key', `${'a'.repeat(64)}=b`],
  ['a long value', `a=${'b'.repeat(64)}`],
  ['an open set', 'a in (b'],
  ['a set without brackets', 'a in b'],
  ['a word that is no operator', 'a within (b)'],
  ['a number that is none', 'a>b'],
  ['a negation with a value', '!a=b'],
  ['a line break in a value', 'a=b\u0000'],
  ['too much', Array.from({ length: 40 }, (_, index) => `k${index}=v`).join(',')],
  ['far too much', `a in (${'b,'.repeat(1000)}c)`],
])('refuses %s', (_, text) => {
  expect(findSelector(text)).toBeUndefined();
});

test('of any text comes nothing, or what Kubernetes reads', () => {
  const parts = fc.constantFrom('a', 'b.c/d', 'in', 'notin', '(', ')', ',', '=', '==', '!=', '!', '>', '1', ' ');
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 12 }), (list) => {
      const selector = findSelector(list.join(''));
      expect(selector === undefined || findLabelTest(selector) !== undefined).toBe(true);
    }),
  );
});
