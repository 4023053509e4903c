import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLabelTest } from '../../../scripts/demo/kubernetes/selectors.ts';
import { findSelector, formatSelector, isSelected } from './selector.ts';

const labels = { team: 'payments', tier: '1', empty: '', 'app.kubernetes.io/name': 'checkout' };

test.each([
  ['team=payments', true],
  ['team==payments', true],
  ['team = payments', true],
  ['team=orders', false],
  ['team!=orders', true],
  ['team!=payments', false],
  ['region!=eu', true],
  ['region=eu', false],
  ['tier in (1, 2)', true],
  ['tier in (2,3)', false],
  ['tier notin (2,3)', true],
  ['region notin (eu)', true],
  ['region in (eu)', false],
  ['team', true],
  ['region', false],
  ['!region', true],
  ['! team', false],
  ['empty=', true],
  ['empty in (,x)', true],
  ['app.kubernetes.io/name=checkout,tier in (1,2),!canary', true],
  ['app.kubernetes.io/name=checkout,tier=2', false],
  ['constructor', false],
  ['__proto__=x', undefined],
  ['', undefined],
  [' ', undefined],
  ['team=payments,', undefined],
  [',team=payments', undefined],
  ['team=pay ments', undefined],
  ['team=payments&fields=x', undefined],
  ['team=payments\nx', undefined],
  ['tier in 1', undefined],
  ['tier in (1', undefined],
  ['tier in ((1))', undefined],
  ['tier within (1)', undefined],
  ['tier>0', true],
  ['tier>1', false],
  ['tier<2', true],
  ['team<2', false],
  ['region<2', false],
  ['tier>one', undefined],
  ['!team=payments', undefined],
  ['a/b/c=d', undefined],
  ['/name=x', undefined],
  ['-team=x', undefined],
  [`${'a'.repeat(64)}=x`, undefined],
  ['a,'.repeat(600), undefined],
])('%s selects: %s', (text, isWanted) => {
  const selector = findSelector(text);
  expect(selector && isSelected(labels, selector)).toBe(isWanted);
});

const toOneForm = (text: string) => {
  const selector = findSelector(text);
  return selector && formatSelector(selector);
};

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
  expect(toOneForm(text)).toBe(selector);
  expect(toOneForm(selector)).toBe(selector);
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
      const form = toOneForm(list.join(''));
      expect(form === undefined || findLabelTest(form) !== undefined).toBe(true);
      expect(form === undefined || toOneForm(form) === form).toBe(true);
    }),
  );
});

test('any text is answered, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const form = toOneForm(text);
      expect(form === undefined || findLabelTest(form) !== undefined).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['values that end badly', `a in (${', '.repeat(40)}!)`],
  ['values without an end', `a in (${', '.repeat(400)}`],
  ['blanks', `a${' '.repeat(900)}!`],
  ['a key of one letter again and again', `${'a.'.repeat(400)}/!`],
])('%s take no longer than others', (_, text) => {
  // One that would try every way to read them would not come back before the test ends.
  expect(findSelector(text)).toBeUndefined();
});
