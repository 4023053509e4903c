import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { judgeToken, toTokenKind } from '../github/doctor/credential.ts';
import { judgeHost } from '../github/doctor/host.ts';
import { judgeOwner } from '../github/doctor/owner.ts';
import { formatFindings, isFailing } from './finding.ts';
import { judgeMachine } from './machine.ts';

const now = Date.UTC(2026, 10, 28);
const about = 'github.com';

test.each([
  ['ghp_x', undefined, 'classic'],
  ['github_pat_x', undefined, 'fine-grained'],
  ['ghs_x', undefined, 'installation'],
  ['0123456789abcdef', ['repo'], 'classic'],
  ['something', undefined, 'other'],
])('the token %s with scopes %j is %s', (token, scopes, kind) => {
  expect(toTokenKind(token, scopes)).toBe(kind);
});

test.each([
  ['2027-06-01T00:00:00.000Z', 'fine'],
  ['2026-12-01T00:00:00.000Z', 'limited'],
])('a token that expires on %s is %s', (expiresAt, mark) => {
  const findings = judgeToken(about, { kind: 'fine-grained', login: 'ada', expiresAt }, now);
  expect(findings.at(-1)).toMatchObject({ mark, what: expect.stringContaining(expiresAt.slice(0, 10)) });
});

test.each([
  ['git 2.47.3', 'fine'],
  ['git 2.31.0 (Apple Git-100)', 'fine'],
  ['git 2.30.9', 'missing'],
  ['git 3.0.0', 'fine'],
  [undefined, 'missing'],
])('%s is %s', (git, mark) => {
  expect(judgeMachine({ store: '.portal/store', ...(git && { git }) })[0]?.mark).toBe(mark);
});

test.each([
  [5 * 1024 ** 3, 'fine'],
  [1000, 'limited'],
])('%d free bytes are %s', (free, mark) => {
  expect(judgeMachine({ git: 'git 2.47.3', store: '.portal/store', free })[1]?.mark).toBe(mark);
});

test('a host without limits, one that is nearly used up, and a clock that is wrong', () => {
  const api = 'https://api.github.com';
  expect(judgeHost(about, { api }, 0.2, now).map(({ what }) => what)).toContain('The host has no rate limits.');
  const resetAt = new Date(now + 1000).toISOString();
  const limits = { rest: { limit: 5000, remaining: 4000, resetAt }, graphql: { limit: 5000, remaining: 900, resetAt } };
  expect(judgeHost(about, { api, limits }, 0.2, now).map(({ mark }) => mark)).toEqual(['fine', 'limited', 'fine']);
  const date = new Date(now - 120_000).toUTCString();
  expect(judgeHost(about, { api, date }, 0.2, now)[1]).toMatchObject({
    mark: 'limited',
    what: expect.stringContaining('120 s'),
  });
});

test('an owner of whom nothing private is seen is told what would be needed, if there were any', () => {
  const repositories = { count: 12 };
  const [seen, doubt] = judgeOwner(about, { kind: 'fine-grained', repositories, private: 0 });
  expect(seen?.mark).toBe('fine');
  expect(doubt).toMatchObject({ mark: 'note', grant: expect.stringContaining('Contents: Read-only') });
});

test('an owner that was not asked because of the limit is not blamed on the token', () => {
  const unasked = 'the rate limit is used up';
  expect(judgeOwner(about, { kind: 'other', repositories: { count: 0 }, private: 0, unasked })).toEqual([
    { about, mark: 'limited', what: 'It was not looked at: the rate limit is used up.' },
  ]);
});

const findings = [
  { about: 'This machine', mark: 'fine' as const, what: 'git 2.47.3 is new enough.' },
  { about, mark: 'limited' as const, what: 'word '.repeat(40).trim(), cost: 'It costs.', grant: 'Grant it.' },
  { about, mark: 'missing' as const, what: 'steered\u001b[2J\nhere' },
];

test('findings fit into 80 columns, under headings, with words beside the marks', () => {
  const text = formatFindings(findings, { colour: false });
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect(text).toContain('This machine\n  ✓ fine     git 2.47.3 is new enough.\n');
  expect(text).toContain('\n             It costs.\n             Grant it.\n');
  expect(text).toContain('✗ missing  steered [2J here');
  expect(text).toMatch(/1 thing is missing that a build needs\.\n$/);
});

test('colour adds nothing that words do not say', () => {
  const coloured = formatFindings(findings, { colour: true });
  expect(stripVTControlCharacters(coloured)).toBe(formatFindings(findings, { colour: false }));
});

test.each([
  [[findings[0]], false],
  [[findings[0], findings[1]], false],
  [findings, true],
])('only what a build needs fails', (some, expected) => {
  expect(isFailing(some.flatMap((each) => each ?? []))).toBe(expected);
});
