import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSelector, isSelected, parseSelector } from './selector.ts';

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
  ['tier>1', undefined],
  ['!team=payments', undefined],
  ['a/b/c=d', undefined],
  ['/name=x', undefined],
  ['-team=x', undefined],
  [`${'a'.repeat(64)}=x`, undefined],
  ['a,'.repeat(600), undefined],
])('%s selects: %s', (text, isWanted) => {
  const { value, fault } = parseSelector(text);
  expect(value && isSelected(labels, value)).toBe(isWanted);
  expect(fault === undefined).toBe(isWanted !== undefined);
});

const name = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,5}[A-Za-z0-9])?$/);
const requirement = fc.oneof(
  fc.record({ key: name, operator: fc.constantFrom('exists', 'absent') }),
  fc.record({
    key: name,
    operator: fc.constantFrom('in', 'not-in'),
    values: fc.array(name, { minLength: 1, maxLength: 3 }),
  }),
);

test('what is written of conditions is read as the same conditions', () => {
  fc.assert(
    fc.property(fc.array(requirement, { minLength: 1, maxLength: 5 }), (requirements) => {
      expect(parseSelector(formatSelector(requirements)).value).toEqual(requirements);
    }),
    { numRuns: 200 },
  );
});

test('any text is answered, and quickly', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      const { value, fault } = parseSelector(text);
      expect((value === undefined) !== (fault === undefined)).toBe(true);
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
  expect(parseSelector(text).value).toBeUndefined();
});
