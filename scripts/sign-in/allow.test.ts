import { expect, test } from 'vitest';
import { type AllowRules, cutGroups, findDenial } from './allow.ts';

const ada = { subject: 's1', email: 'Ada@Acme.example', login: 'ada', groups: ['devs', 'Acme', 'acme/Platform'] };

const rows: [string, AllowRules, boolean][] = [
  ['no rule', {}, true],
  ['her group', { groups: ['ops', 'devs'] }, true],
  ['another group', { groups: ['ops'] }, false],
  ['her group in another spelling', { groups: ['Devs'] }, false],
  ['no group at all', { groups: [] }, false],
  ['her domain', { emailDomains: ['acme.example'] }, true],
  ['her domain with an @', { emailDomains: ['@ACME.example'] }, true],
  ['a domain above hers', { emailDomains: ['example'] }, false],
  ['a domain below hers', { emailDomains: ['x.acme.example'] }, false],
  ['a domain that ends as hers does', { emailDomains: ['me.example'] }, false],
  ['her group and another domain', { groups: ['devs'], emailDomains: ['other.example'] }, false],
  ['her group and her domain', { groups: ['devs'], emailDomains: ['acme.example'] }, true],
  ['her organisation', { organizations: ['acme'] }, true],
  ['another organisation', { organizations: ['acm'] }, false],
  ['her team', { teams: ['acme/platform'] }, true],
  ['her organisation and another team', { organizations: ['acme'], teams: ['acme/other'] }, false],
  ['her address', { users: ['ada@acme.example'] }, true],
  ['her login', { users: ['ADA'] }, true],
  ['her subject', { users: ['s1'] }, true],
  ['somebody else', { users: ['bob'] }, false],
  ['herself, though in no group', { groups: ['ops'], users: ['ada'] }, true],
  ['somebody else, though in her group', { groups: ['devs'], users: ['bob'] }, true],
];

test.each(rows)('a rule that names %s', (_, rules, isLetIn) => {
  expect(findDenial(ada, rules) === undefined).toBe(isLetIn);
});

test.each([
  [{ email: undefined }],
  [{ email: '' }],
  [{ email: '@acme.example' }],
  [{ email: 'ada' }],
  [{ email: 'ada@acme.example@evil.example' }],
  [{ email: 'ada@acme.example.' }],
  [{ email: 'ada@acme.example ' }],
])('%o is of no domain', (signs) => {
  const { email, ...rest } = { ...ada, ...signs };
  const someone = email === undefined ? rest : { ...rest, email };
  expect(findDenial(someone, { emailDomains: ['acme.example'] })).toMatch(/domains/);
});

test('a login that looks like an address is not that address', () => {
  const mallory = { subject: 's2', login: 'ada@acme.example', groups: [] };
  expect(findDenial(mallory, { users: ['ada@acme.example'] })).toBeDefined();
});

test('nobody without a sign is somebody who is named by nothing', () => {
  expect(findDenial({ subject: 's3', groups: [] }, { users: ['undefined', 'null'] })).toBeDefined();
});

test('groups are cut to those that the rules name, and to what a cookie holds', () => {
  expect(cutGroups(['devs', 'x', 'Acme', 'devs'], { groups: ['devs'], organizations: ['acme'] })).toEqual([
    'devs',
    'Acme',
  ]);
  const many = Array.from({ length: 500 }, (_, at) => `group-${at}`);
  expect(cutGroups(many, { groups: many })).toHaveLength(20);
  const long = Array.from({ length: 20 }, (_, at) => `${at}${'ü'.repeat(400)}`);
  expect(cutGroups(long, { groups: long }).join('').length).toBeLessThan(800);
});
