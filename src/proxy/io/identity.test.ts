import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  createSampleProxy,
  noon,
  readCode,
  type SampleHeaders,
  sampleIdentity,
  sampleSettings,
} from '../proxy.sample.ts';
import type { IdentitySettings } from '../settings.ts';
import { createIdentify } from './identity.ts';

const settings: IdentitySettings = { ...sampleIdentity, header: 'X-Assertion' };
const own = await generateKeyPair('ES256', { extractable: true });
const foreign = await generateKeyPair('ES256', { extractable: true });
const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
const seconds = noon / 1000;

type Change = {
  claims?: Record<string, unknown>;
  key?: CryptoKey;
  issuer?: string;
  audience?: string | string[];
  expires?: number | undefined;
  notBefore?: number;
};

async function sign(change: Change = {}): Promise<string> {
  const { claims = { sub: 'ada', email: 'ada@acme.example' }, key = own.privateKey } = change;
  const { issuer = settings.issuer, audience = settings.audience } = change;
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(seconds - 60);
  if (!('expires' in change) || change.expires !== undefined) token.setExpirationTime(change.expires ?? seconds + 600);
  if (change.notBefore !== undefined) token.setNotBefore(change.notBefore);
  return token.sign(key);
}

let now = noon;
const toKeys = () => createLocalJWKSet({ keys: [jwk] });
const toIdentify = (change: Partial<IdentitySettings> = {}) =>
  createIdentify({ ...settings, ...change }, { now: () => now, toKeys });
const identify = (value: string | undefined, change: Partial<IdentitySettings> = {}) =>
  toIdentify(change)((name) => (name === 'x-assertion' ? value : undefined));

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const good = await sign();
const payload = good.split('.')[1] ?? '';

test('without an identity configured everybody is anonymous, whatever a header says', async () => {
  expect(await createIdentify(undefined, { now: () => now })(() => good)).toEqual({ kind: 'anonymous' });
});

test.each([
  ['as it is', good],
  ['as a bearer', `Bearer ${good}`],
  ['for several', await sign({ audience: ['other', 'portal'] })],
  ['over for less than a minute', await sign({ expires: seconds - 59 })],
  ['of a clock that is less than a minute ahead', await sign({ notBefore: seconds + 59 })],
])('believes an assertion %s', async (_, value) => {
  expect(await identify(value)).toEqual({ kind: 'signed-in', claims: { subject: 'ada', email: 'ada@acme.example' } });
});

const hmacInput = `${encode({ alg: 'HS256', kid: 'one' })}.${payload}`;
const spki = await exportSPKI(own.publicKey);
const hmac = (secret: string) => `${hmacInput}.${createHmac('sha256', secret).update(hmacInput).digest('base64url')}`;
const unsigned = (alg: string) => `${encode({ alg, kid: 'one' })}.${payload}.`;
const [head = '', , signature = ''] = good.split('.');

test.each([
  ['that is missing', undefined],
  ['that is empty', ''],
  ['that is a bare address', 'ada@acme.example'],
  ['that is signed by another key', await sign({ key: foreign.privateKey })],
  [
    'whose claims were changed',
    `${head}.${encode({ sub: 'root', iss: settings.issuer, aud: 'portal', exp: seconds + 60 })}.${signature}`,
  ],
  ['without a signature', `${head}.${payload}.`],
  ['with alg none', unsigned('none')],
  ['with alg None', unsigned('None')],
  ['that is HS256 with the public key', hmac(spki)],
  ['that is HS256 with the public key as JSON', hmac(JSON.stringify(jwk))],
  ['of another issuer', await sign({ issuer: 'https://id.example.evil' })],
  ['for somebody else', await sign({ audience: 'other' })],
  ['that is over for a minute', await sign({ expires: seconds - 61 })],
  ['that is never over', await sign({ expires: undefined })],
  ['that does not hold yet', await sign({ notBefore: seconds + 61 })],
  [
    'that brings its own key',
    `${encode({ alg: 'ES256', jwk: await exportJWK(foreign.publicKey) })}.${payload}.${signature}`,
  ],
  ['that is very long', 'x'.repeat(10_000)],
])('refuses an assertion %s', async (_, value) => {
  expect(await identify(value)).toEqual({ kind: 'refused' });
});

test('accepts no algorithm without a public key, even when it is configured', async () => {
  for (const algorithms of [['HS256'], ['none'], [], ['HS256', 'none', 'dir']]) {
    expect(await identify(hmac(spki), { algorithms })).toEqual({ kind: 'refused' });
    expect(await identify(unsigned('none'), { algorithms })).toEqual({ kind: 'refused' });
    expect(await identify(good, { algorithms })).toEqual({ kind: 'refused' });
  }
});

test('accepts no algorithm but those that are configured', async () => {
  expect(await identify(good, { algorithms: ['RS256'] })).toEqual({ kind: 'refused' });
});

test.each([
  [{ sub: 'x', email: 'ada@acme.example', email_verified: false }, { subject: 'x' }],
  [{ sub: 'x', email: 'ada@acme.example', email_verified: 'false' }, { subject: 'x' }],
  [
    { sub: 'x', email: 'ada@acme.example', email_verified: true },
    { subject: 'x', email: 'ada@acme.example' },
  ],
  [
    { sub: 'x', login: 'ada-l' },
    { subject: 'x', login: 'ada-l' },
  ],
  [{ sub: 'x', email: ['ada@acme.example'], login: 7 }, { subject: 'x' }],
  [{ email: 'ada@acme.example' }, { subject: 'ada@acme.example', email: 'ada@acme.example' }],
])('reads the claims %o', async (claims, read) => {
  expect(await identify(await sign({ claims }))).toEqual({ kind: 'signed-in', claims: read });
});

test('what was believed is believed no longer than it holds', async () => {
  const value = await sign({ expires: seconds + 10 });
  const remembering = toIdentify();
  const ask = async () => (await remembering(() => value)).kind;
  now = noon;
  expect(await ask()).toBe('signed-in');
  now = noon + 69_000;
  expect(await ask()).toBe('signed-in');
  now = noon + 71_000;
  expect(await ask()).toBe('refused');
  now = noon;
});

let keysAsked = 0;
let keysStatus = 200;
const keyServer = createServer((_, response) => {
  keysAsked += 1;
  response.writeHead(keysStatus, { location: '/elsewhere' }).end(JSON.stringify({ keys: [jwk] }));
});
await new Promise<void>((done) => keyServer.listen(0, '127.0.0.1', done));
afterAll(() => void keyServer.close());
const { port } = z.object({ port: z.number() }).parse(keyServer.address());
const remote = { ...settings, jwksUrl: `http://127.0.0.1:${port}/keys` };

test('fetches the keys of the issuer once', async () => {
  const remembering = createIdentify(remote, { now: () => noon });
  for (const value of [good, await sign(), await sign({ audience: 'other' })]) await remembering(() => value);
  expect(keysAsked).toBe(1);
});

test.each([500, 302, 404])(
  'when the keys cannot be had (%i), nobody is believed and nobody is blamed',
  async (status) => {
    keysStatus = status;
    expect(await createIdentify(remote, { now: () => noon })(() => good)).toEqual({ kind: 'unknown' });
    keysStatus = 200;
  },
);

test('with an identity configured nothing but probes is answered to strangers', async () => {
  const { ask } = createSampleProxy({ settings: { ...sampleSettings, identity: settings }, identify: toIdentify() });
  const targets = [
    '/api/me',
    '/api/live/kubernetes/component/default/checkout',
    '/api/live/status?refs=component:default/checkout',
    '/api/live/log/component/default/checkout',
    '/nothing',
  ];
  const strange: SampleHeaders[] = [{}, { 'x-assertion': 'ada@acme.example' }, { 'x-user': 'ada' }];
  for (const target of targets) {
    for (const headers of strange) {
      const response = await ask(target, headers);
      expect([response.status, await readCode(response)]).toEqual([401, 'sign-in']);
    }
  }
  for (const target of ['/healthz', '/readyz']) expect((await ask(target)).status).toBe(200);
  const me = await ask('/api/me', { 'x-assertion': good });
  expect(await me.json()).toEqual({
    user: { ref: 'user:default/ada', title: 'Ada', groups: ['group:default/checkout-team', 'group:default/commerce'] },
  });
});

test('when the keys cannot be had, it is said', async () => {
  const { ask } = createSampleProxy({ identify: async () => ({ kind: 'unknown' }) });
  const response = await ask('/api/me');
  expect([response.status, await readCode(response), response.headers.get('retry-after')]).toEqual([
    503,
    'sign-in-unknown',
    '10',
  ]);
});
