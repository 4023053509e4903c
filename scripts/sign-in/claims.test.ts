import { expect, test } from 'vitest';
import { isIncomplete, toProfile } from './claims.ts';

const names = { email: 'email', login: 'preferred_username', groups: 'groups' };

test('the first source that has a claim gives it', () => {
  const sources = [
    { email: 'ada@acme.example' },
    { email: 'x@y.z', preferred_username: 'ada', groups: ['devs', 7, null] },
  ];
  expect(toProfile('s', sources, names)).toEqual({
    ...{ subject: 's', email: 'ada@acme.example', login: 'ada', groups: ['devs'] },
  });
});

test.each([
  [{ email: 'a@b.c', email_verified: false }, undefined],
  [{ email: 'a@b.c', email_verified: 'false' }, undefined],
  [{ email: 'a@b.c', email_verified: true }, 'a@b.c'],
  [{ email: 'a@b.c' }, 'a@b.c'],
  [{ email: ['a@b.c'] }, undefined],
  [{ email: '' }, undefined],
  [{ email: { toString: 'x' } }, undefined],
])('of %o the address is %s', (claims, email) => {
  expect(toProfile('s', [claims], names).email).toBe(email);
});

test('an address that one source calls unverified does not come from another one', () => {
  const sources = [
    { email: 'a@b.c', email_verified: false },
    { email: 'a@b.c', email_verified: true },
  ];
  expect(toProfile('s', sources, names).email).toBeUndefined();
});

test.each([
  ['groups', { groups: 'devs' }, ['devs']],
  ['groups', { groups: { 0: 'devs' } }, []],
  ['realm_access.roles', { realm_access: { roles: ['devs'] } }, ['devs']],
  ['https://acme.example/groups', { 'https://acme.example/groups': ['devs'] }, ['devs']],
  ['a.b', { 'a.b': ['one'], a: { b: ['two'] } }, ['one']],
  ['constructor.name', {}, []],
  ['__proto__', {}, []],
  ['groups.length', { groups: 'devs' }, []],
])('groups at %s of %o are %o', (claim, claims, groups) => {
  expect(toProfile('s', [claims], { ...names, groups: claim }).groups).toEqual(groups);
});

test('another source is asked for what is missing, and for groups only where a rule needs them', () => {
  const claims = { email: 'a@b.c', preferred_username: 'a' };
  expect([isIncomplete(claims, names, false), isIncomplete(claims, names, true)]).toEqual([false, true]);
  expect(isIncomplete({ email: 'a@b.c' }, names, false)).toBe(true);
  expect(isIncomplete(claims, { ...names, person: 'ref' }, false)).toBe(true);
});
