import { expect, test } from 'vitest';
import { type Audience, createRules, isForAll, toMatcher } from './rules.ts';

const repository = { id: 'acme/pay', url: 'https://github.com/acme/pay' };
const [open, inner, secret] = (['public', 'internal', 'private'] as const).map((visibility) => ({
  ...repository,
  visibility,
}));

test.each<[string, Audience, object, string | undefined]>([
  ['nothing said', {}, { repository }, undefined],
  ['all three', { visibility: ['private', 'public', 'internal'] }, { repository }, undefined],
  ['its own', { visibility: ['public'] }, { repository: open }, undefined],
  ['another', { visibility: ['public'] }, { repository: inner }, 'internal'],
  ['none', { visibility: [] }, { repository: open }, 'public'],
  ['unknown', { visibility: ['public', 'internal'] }, { repository }, 'unknown'],
  ['unknown but allowed', { visibility: ['public'], allow: { repositories: ['pay'] } }, { repository }, undefined],
  ['allowed', { visibility: ['public'], allow: { repositories: ['acme/p*'] } }, { repository: secret }, undefined],
  [
    'allowed by owner',
    { visibility: [], allow: { owners: ['x'] } },
    { repository: secret, isAllowed: true },
    undefined,
  ],
  ['allow alone', { allow: { repositories: ['other'] } }, { repository: open }, 'not-allowed'],
  ['allow alone, empty', { allow: {} }, { repository: open }, 'not-allowed'],
  ['deny alone', { deny: { repositories: ['other'] } }, { repository: secret }, undefined],
  ['denied', { deny: { repositories: ['pay'] } }, { repository: open }, 'denied'],
  ['denied by owner', { deny: { owners: ['x'] } }, { repository: open, isDenied: true }, 'denied'],
  [
    'deny over allow',
    { allow: { repositories: ['pay'] }, deny: { repositories: ['acme/*'] } },
    { repository: open },
    'denied',
  ],
  [
    'a denied owner over an allowed repository',
    { allow: { repositories: ['pay'] } },
    { repository: open, isDenied: true, isAllowed: true },
    'denied',
  ],
])('%s', (_case, audience, asked, reason) =>
  expect(createRules(audience).findReason({ repository, ...asked })).toBe(reason),
);

test.each([
  ['pay', true],
  ['acme/pay', true],
  ['ACME/Pay', true],
  ['acme/*', true],
  ['*', true],
  ['acme', false],
  ['ay', false],
  ['other/pay', false],
  ['p?y', true],
  ['{pay,shop}', true],
  ['acme', false],
])('%s matches acme/pay: %s', (glob, isMatch) => expect(toMatcher([glob])(repository)).toBe(isMatch));

test.each([
  ['*', '.github', true],
  ['acme/*', 'acme/.github', true],
  ['shop', 'acme__shop', false],
])('%s matches %s: %s', (glob, id, isMatch) => expect(toMatcher([glob])({ id })).toBe(isMatch));

test.each<[Audience, boolean]>([
  [{}, true],
  [{ visibility: ['public', 'private', 'internal'] }, true],
  [{ visibility: [] }, false],
  [{ allow: {} }, false],
  [{ deny: {} }, false],
])('%j is for all: %s', (audience, answer) => expect(isForAll(audience)).toBe(answer));
