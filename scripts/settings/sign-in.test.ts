import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseSignIn } from '../settings.ts';
import { toKeyBytes } from './sign-in-keys.ts';

type Given = Record<string, unknown>;
const environment = { SECRET: 'from-the-environment', KEY: 'x'.repeat(32) };
const parse = (configuration: Given | string, base = '/') => {
  const text = typeof configuration === 'string' ? configuration : stringify(configuration);
  const readFile = (path: string) => (path === 'secret.txt' ? 'from-a-file\n' : undefined);
  return parseSignIn([{ path: 'app-config.yaml', text }], environment, readFile, base);
};

const oidc = { provider: 'oidc', issuer: 'https://id.example', clientId: 'portal', allow: { groups: ['devs'] } };
const github = { provider: 'github', clientId: 'a', clientSecret: 'b', allow: { organizations: ['acme'] } };
const app = { baseUrl: 'https://portal.example' };
const read = (signIn: unknown, rest: Given = {}, base = '/') => parse({ app, ...rest, portal: { signIn } }, base);
const use = (signIn: unknown, rest: Given = {}, base = '/') => {
  const { value, problems } = read(signIn, rest, base);
  expect(problems).toEqual([]);
  if (value.kind !== 'used') throw new Error(`It is ${value.kind}.`);
  return value.settings;
};

test('reads an issuer, with what is usual for what is left out', () => {
  expect(use(oidc)).toEqual({
    provider: {
      ...{ kind: 'oidc', issuer: 'https://id.example', clientId: 'portal', isInsecure: false },
      claims: { email: 'email', login: 'preferred_username', groups: 'groups' },
    },
    redirectUris: ['https://portal.example/auth/callback'],
    allow: { groups: ['devs'] },
    sessionKeys: [],
    hours: 8,
  });
});

test('reads GitHub, and secrets from where they are kept', () => {
  const settings = use({ ...github, clientSecret: { $file: 'secret.txt' }, sessionKeys: ['${KEY}', 'y'.repeat(40)] });
  expect(settings.provider).toEqual({
    ...{ kind: 'github', host: 'github.com', clientId: 'a', clientSecret: 'from-a-file', isInsecure: false },
  });
  expect(settings.sessionKeys).toEqual(['x'.repeat(32), 'y'.repeat(40)]);
});

test('one text is a list of one, and scopes may stand in one text', () => {
  const settings = use({
    ...oidc,
    scopes: 'openid  email',
    allow: { emailDomains: 'acme.example' },
    sessionKeys: 'k'.repeat(32),
  });
  expect([settings.provider.scopes, settings.allow, settings.sessionKeys.length]).toEqual([
    ['openid', 'email'],
    { emailDomains: ['acme.example'] },
    1,
  ]);
});

test.each([
  ['/', undefined, ['https://portal.example/auth/callback']],
  ['/portal', undefined, ['https://portal.example/portal/auth/callback']],
  ['/portal', ['https://other.example/portal/auth/callback'], ['https://other.example/portal/auth/callback']],
])('of a site at %s the way back from %j is %j', (base, redirectUris, uris) => {
  expect(use({ ...oidc, ...(redirectUris && { redirectUris }) }, {}, base).redirectUris).toEqual(uris);
});

test.each([undefined, false])('%s is no sign-in', (signIn) => {
  expect(read(signIn)).toEqual({ value: { kind: 'absent' }, problems: [] });
});

const wrong: [string, unknown, RegExp][] = [
  ['an empty key', null, /must be a map/],
  ['an empty text', '', /must be a map/],
  ['no map', 'oidc', /must be a map/],
  ['a list', [oidc], /must be a map/],
  ['nothing in it', {}, /provider.*is missing/],
  ['an unknown provider', { ...oidc, provider: 'saml' }, /must be one of/],
  ['no issuer', { ...oidc, issuer: undefined }, /issuer.*is missing/],
  ['an issuer in plain http', { ...oidc, issuer: 'http://id.example' }, /must be https/],
  ['an issuer on this machine', { ...oidc, issuer: 'http://localhost:1' }, /must be https/],
  ['another one in plain http', { ...oidc, issuer: 'http://id.example', insecureLoopback: true }, /must be https/],
  ['one that only begins so', { ...oidc, issuer: 'http://localhost.evil', insecureLoopback: true }, /must be https/],
  ['a password in an address', { ...oidc, issuer: 'https://a:b@id.example' }, /must not hold/],
  ['no client', { ...oidc, clientId: undefined }, /clientId.*is missing/],
  ['a secret that is not set', { ...oidc, clientSecret: '${NOWHERE}' }, /NOWHERE/],
  ['a secret in a file that is gone', { ...oidc, clientSecret: { $file: 'gone.txt' } }, /gone\.txt/],
  ['a secret of two lines', { ...oidc, clientSecret: 'a\nb' }, /one line/],
  ['GitHub without a secret', { ...github, clientSecret: undefined }, /clientSecret/],
  ['GitHub for everybody', { ...github, allow: undefined }, /anybody in the world/],
  [
    'Google for everybody',
    { ...oidc, issuer: 'https://accounts.google.com', allow: undefined },
    /anybody in the world/,
  ],
  [
    'all of Entra for everybody',
    { ...oidc, issuer: 'https://login.microsoftonline.com/common/v2.0', allow: undefined },
    /anybody in the world/,
  ],
  ['a rule that says nothing', { ...oidc, allow: {} }, /must say who/],
  ['a rule that is empty', { ...oidc, allow: null }, /must say who/],
  [
    'one of two lists without entries',
    { ...oidc, allow: { groups: null, emailDomains: ['acme.example'] } },
    /allow.groups.*must not be empty/,
  ],
  ['a list that is empty', { ...oidc, allow: { groups: [] } }, /must not be empty/],
  ['a name that is empty', { ...oidc, allow: { groups: [''] } }, /must not be empty/],
  ['a rule that is misspelt', { ...oidc, allow: { group: ['devs'] } }, /allow/],
  ['a rule of the other provider', { ...oidc, allow: { organizations: ['acme'] } }, /allow/],
  ['a domain that is none', { ...oidc, allow: { emailDomains: ['*'] } }, /must be a domain/],
  ['all domains below one', { ...oidc, allow: { emailDomains: ['*.example'] } }, /must be a domain/],
  ['a team without organisation', { ...github, allow: { teams: ['platform'] } }, /organisation\/team/],
  ['an organisation that is a path', { ...github, allow: { organizations: ['../acme'] } }, /organisation/],
  ['a setting that is misspelt', { ...oidc, sesionKeys: ['x'] }, /no setting/],
  ['a claim that is misspelt', { ...oidc, claims: { mail: 'x' } }, /claims/],
  ['a key that is short', { ...oidc, sessionKeys: ['short'] }, /32 bytes/],
  ['a second key that is short', { ...oidc, sessionKeys: ['x'.repeat(32), 'short'] }, /32 bytes/],
  ['a key that is not set', { ...oidc, sessionKeys: ['${NOWHERE}'] }, /NOWHERE/],
  ['one of two keys that is not set', { ...oidc, sessionKeys: ['x'.repeat(32), '${NOWHERE}'] }, /NOWHERE/],
  ['no keys', { ...oidc, sessionKeys: [] }, /must not be empty/],
  ['hours without end', { ...oidc, hours: 100_000 }, /hours` must be at most 168\./],
  ['no hours', { ...oidc, hours: 0 }, /hours` must be more than 0\./],
  ['a way back in plain http', { ...oidc, redirectUris: ['http://portal.example/auth/callback'] }, /must be https/],
  ['a way back to elsewhere', { ...oidc, redirectUris: ['https://portal.example/callback'] }, /must end in/],
  ['a way back with a query', { ...oidc, redirectUris: ['https://portal.example/auth/callback?x'] }, /must not hold/],
  ['`true` without Backstage', true, /names neither/],
];

test.each(wrong)('%s opens nothing', (_, signIn, words) => {
  const { value, problems } = read(signIn);
  expect(value).toEqual({ kind: 'wrong' });
  expect(problems.map(({ what }) => what).join('\n')).toMatch(words);
  expect(problems.every(({ level }) => level === 'error')).toBe(true);
});

test.each(['signin', 'sign-in', 'sign_in', 'SignIn', 'signIN'])('`portal.%s` was meant to be a lock', (key) => {
  const { value, problems } = parse({ app, portal: { [key]: oidc } });
  expect([value.kind, problems[0]?.what]).toEqual(['wrong', expect.stringContaining('portal.signIn')]);
});

test.each(['portal: {signIn: {provider: oidc', 'a: [', '- a\n- b', 'portal: &a\n  signIn: *b'])(
  'a file that cannot be understood opens nothing: %s',
  (text) => {
    expect(parse(text).value).toEqual({ kind: 'wrong' });
  },
);

test('nobody can come back to a portal whose address is not known', () => {
  expect(parse({ portal: { signIn: oidc } }).value).toEqual({ kind: 'wrong' });
});

const backstage = {
  auth: {
    environment: 'production',
    providers: {
      oidc: {
        production: {
          metadataUrl: 'https://id.example/realms/acme/.well-known/openid-configuration',
          clientId: 'backstage',
          clientSecret: '${SECRET}',
          tokenEndpointAuthMethod: 'client_secret_post',
          prompt: 'auto',
        },
        development: { metadataUrl: '${NOWHERE}', clientId: 'other', clientSecret: 'x' },
      },
    },
  },
};

test('what Backstage says is taken where signing in is switched on, and not otherwise', () => {
  const expected = {
    ...{ kind: 'oidc', issuer: 'https://id.example/realms/acme', clientId: 'backstage', isInsecure: false },
    ...{ clientSecret: 'from-the-environment', clientAuthentication: 'client_secret_post' },
    claims: { email: 'email', login: 'preferred_username', groups: 'groups' },
  };
  expect(use(true, backstage).provider).toEqual(expected);
  expect(use({ provider: 'oidc' }, backstage).provider).toEqual(expected);
  expect(parse({ app, ...backstage }).value).toEqual({ kind: 'absent' });
});

test('what is said here goes before what Backstage says; a client of ours has no secret of another one', () => {
  expect(use({ ...oidc, provider: 'oidc' }, backstage).provider).toMatchObject({
    issuer: 'https://id.example',
    clientId: 'portal',
  });
  expect(use(oidc, backstage).provider).not.toHaveProperty('clientSecret');
});

test('of two providers of Backstage neither is guessed', () => {
  const { oidc: one } = backstage.auth.providers;
  const two = {
    auth: { environment: 'production', providers: { oidc: one, github: { production: { clientId: 'a' } } } },
  };
  expect(read(true, two).value).toEqual({ kind: 'wrong' });
});

test('a GitHub of one’s own is taken from Backstage', () => {
  const production = { clientId: 'a', clientSecret: 'b', enterpriseInstanceUrl: 'https://ghe.example' };
  const auth = { environment: 'production', providers: { github: { production } } };
  expect(use({ provider: 'github', allow: { teams: ['a/b'] } }, { auth }).provider).toMatchObject({
    host: 'ghe.example',
  });
});

test('a key is the bytes that base64 stands for, or the letters of a text', () => {
  const bytes = Buffer.alloc(32, 7);
  for (const encoding of ['base64', 'base64url'] as const)
    expect(Buffer.from(toKeyBytes(bytes.toString(encoding)))).toEqual(bytes);
  expect(toKeyBytes('a sentence that is long enough for a key').length).toBe(40);
  // 32 letters of base64 are 24 bytes, and 32 letters.
  expect(toKeyBytes('x'.repeat(32)).length).toBe(32);
});
