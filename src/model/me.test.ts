import { expect, test } from 'vitest';
import { parseMe, toFirstName, toInitials, toMineQuery } from './me.ts';

const ada = { ref: 'user:default/ada', title: 'Ada Lovelace', groups: ['group:default/engines'] };

test.each([
  [{ user: ada }, ada],
  [
    { user: ada, isDemo: true },
    { ...ada, isDemo: true },
  ],
  [{ user: null }, 'nobody'],
  [{ user: { ref: 'user:default/ada' } }, { ref: 'user:default/ada', title: 'user:default/ada', groups: [] }],
  [{ user: { ...ada, groups: ['group:default/engines', '../x', 5, 'javascript:alert(1)'] } }, ada],
  [{ user: { ...ada, ref: '"><script>' } }, undefined],
  [{ user: 'ada' }, undefined],
  [{}, undefined],
  [null, undefined],
  ['<html>', undefined],
])('reads %o as %o', (answer, me) => {
  expect(parseMe(answer)).toEqual(me);
});

test('what is a reader’s own is asked for by its owners', () => {
  expect(toMineQuery(ada)).toBe('?owner=user:default/ada&owner=group:default/engines');
});

test.each([
  ['Ada Lovelace', 'AL', 'Ada'],
  ['ada', 'A', 'ada'],
  ['Ana María de la Cruz', 'AC', 'Ana'],
  ['amara.okafor', 'AO', 'amara.okafor'],
  ['李 小龍', '李小', '李'],
  ['– –', '', '–'],
])('%s is %s for short, and called %s', (title, initials, name) => {
  expect([toInitials(title), toFirstName(title)]).toEqual([initials, name]);
});
