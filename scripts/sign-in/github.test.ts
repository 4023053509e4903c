import { expect, test } from 'vitest';
import { findEmail, findUser, listMembershipQuestions, listScopes, toGithubPlaces, toMembership } from './github.ts';

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}) => ({
  ...{ status, body, findHeader: (name: string) => headers[name] ?? null },
});

test.each([
  [answer(200, { state: 'active', role: 'member' }), 'active'],
  [answer(200, { state: 'pending', role: 'member' }), 'none'],
  [answer(200, { state: 'maintainer' }), 'none'],
  [answer(200, []), 'none'],
  [answer(200, 'active'), 'none'],
  [answer(404), 'none'],
  [answer(403, {}, { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso' }), 'none'],
  [answer(403, { message: 'OAuth App access restrictions' }), 'none'],
  [answer(403, {}, { 'x-ratelimit-remaining': '0' }), { kind: 'unavailable', reason: 'GitHub answers 403' }],
  [answer(403, {}, { 'retry-after': '60' }), { kind: 'unavailable', reason: 'GitHub answers 403' }],
  [answer(429), { kind: 'unavailable', reason: 'GitHub answers 429' }],
  [answer(502), { kind: 'unavailable', reason: 'GitHub answers 502' }],
  [answer(401), { kind: 'broken', reason: 'GitHub answers 401' }],
  [answer(301), { kind: 'broken', reason: 'GitHub answers 301' }],
])('%o tells of a membership: %o', (given, membership) => {
  expect(toMembership(given)).toEqual(membership);
});

test('asks about what the rules name, and nothing else', () => {
  expect(listMembershipQuestions('ada', { organizations: ['acme'], teams: ['acme/platform'] })).toEqual([
    { name: 'acme', path: '/user/memberships/orgs/acme' },
    { name: 'acme/platform', path: '/orgs/acme/teams/platform/memberships/ada' },
  ]);
  expect(listMembershipQuestions('../../x', { teams: ['a/b'] })[0]?.path).toBe(
    '/orgs/a/teams/b/memberships/..%2F..%2Fx',
  );
  expect([listScopes({ users: ['ada'] }), listScopes({ teams: ['a/b'] })]).toEqual([
    ['user:email'],
    ['read:org', 'user:email'],
  ]);
});

test('believes an address that GitHub verified and that somebody uses', () => {
  const row = (email: string, primary: boolean, verified: boolean) => ({ email, primary, verified });
  const emails = [row('a@x', false, true), row('b@x', true, false), row('c@x', true, true)];
  expect(findEmail(answer(200, emails))).toBe('c@x');
  expect(findEmail(answer(200, emails.slice(0, 2)))).toBeUndefined();
  expect(findEmail(answer(404, emails))).toBeUndefined();
  expect(findUser(answer(200, { id: 7, login: 'ada' }))).toEqual({ id: 7, login: 'ada' });
  for (const body of [{ id: '7', login: 'ada' }, { id: 7 }, null]) expect(findUser(answer(200, body))).toBeUndefined();
});

test.each([
  ['github.com', false, 'https://github.com', 'https://api.github.com'],
  ['acme.ghe.com', false, 'https://acme.ghe.com', 'https://api.acme.ghe.com'],
  ['ghe.acme.example', true, 'https://ghe.acme.example', 'https://ghe.acme.example/api/v3'],
  ['127.0.0.1:1234', true, 'http://127.0.0.1:1234', 'http://127.0.0.1:1234/api/v3'],
  ['127.0.0.1:1234', false, 'https://127.0.0.1:1234', 'https://127.0.0.1:1234/api/v3'],
])('%s (insecure: %s) is at %s and %s', (host, isInsecure, web, api) => {
  expect(toGithubPlaces(host, isInsecure)).toEqual({ web, api });
});
