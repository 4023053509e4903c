import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KeyServer, startKeyServer } from './assertion-issuer.ts';
import { createBrowser } from './browser.ts';
import { fronts } from './fronts.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { withClaims } from './misdeeds.ts';
import {
  type Address,
  createKey,
  findAddress,
  type Portal,
  sessionCookie,
  signIn,
  startPortal,
  toOidcSettings,
} from './portal.ts';
import { askRaw, sendBytes } from './raw.ts';
import { inside } from './site-files.ts';

let address: Address;
let provider: IdentityProvider;
let portal: Portal;
let keys: KeyServer;
beforeAll(async () => {
  address = await findAddress();
  provider = await startIdentityProvider({ redirectUris: [address.callback] });
  keys = await startKeyServer(Object.values(fronts).map(({ signer }) => signer));
  await start({ emailDomains: ['acme.io'] });
});
afterAll(async () => {
  portal.stop();
  await Promise.all([provider.stop(), keys.stop()]);
});

async function start(allow: Record<string, unknown> | undefined, more: Record<string, unknown> = {}): Promise<void> {
  portal?.stop();
  const settings = { ...toOidcSettings(provider, address), sessionKeys: [createKey()], ...(allow && { allow }) };
  portal = await startPortal({ address, more, signIn: settings });
}

/** Somebody of whom the provider says something else than usual. */
async function signInAs(claims: Record<string, unknown>) {
  provider.misbehave(withClaims(claims));
  return signIn(portal).finally(() => provider.misbehave(undefined));
}

describe('an e-mail address', () => {
  test.each(['amara.okafor@acme.io', 'amara.okafor@ACME.IO', 'Amara.Okafor@Acme.io'])('%s is let in', async (email) => {
    expect((await signInAs({ email })).seen.status).toBe(200);
  });

  test.each([
    { email: 'amara@acme.io.evil.example' },
    { email: 'amara@evil.example' },
    { email: 'amara@notacme.io' },
    { email: 'amara@sub.acme.io' },
    { email: 'acme.io' },
    { email: '@acme.io' },
    { email: 'amara@acme.io ' },
    { email: 'amara@acme.io\n' },
    { email: 'amara@acme.io@evil.example' },
    { email: 'amara@acmе.io' },
    { email: 'amara@acme.io.' },
    { email: ['amara.okafor@acme.io'] },
    { email: { toString: 'amara.okafor@acme.io' } },
    { email: 7 },
    { email: '' },
    { email_verified: false },
    { email_verified: 'false' },
  ])('that is %j is not', async (claims) => {
    const { browser, seen } = await signInAs(claims);
    expect([seen.status, browser.findCookies('localhost').has(sessionCookie)]).toEqual([403, false]);
  });
});

describe('groups', () => {
  test.each([
    ['one of several', { groups: ['other', 'commerce'] }, 200],
    ['a single one', { groups: 'commerce' }, 200],
    ['none', { groups: [] }, 403],
    ['one in another spelling', { groups: ['Commerce'] }, 403],
    ['one that only begins alike', { groups: ['commerce-guests', 'comm'] }, 403],
    ['all in one word', { groups: 'other,commerce' }, 403],
    ['a map', { groups: { commerce: true } }, 403],
    ['a list in a list', { groups: [['commerce']] }, 403],
    ['names of prototypes', { groups: ['__proto__', 'constructor'] }, 403],
  ])('that are %s', async (_, claims, status) => {
    await start({ groups: ['commerce'] });
    expect((await signInAs(claims)).seen.status).toBe(status);
  });

  test('of somebody who has thousands fit into a cookie', async () => {
    await start({ groups: ['commerce'] });
    const groups = Array.from({ length: 5_000 }, (_, at) => `cn=group-${at},ou=groups,dc=acme,dc=io`);
    const { browser, seen } = await signInAs({ groups: [...groups, 'commerce'] });
    expect(seen.status).toBe(200);
    expect(browser.findCookies('localhost').get(sessionCookie)?.value.length).toBeLessThan(2_000);
  });
});

test('somebody whom the catalog does not have reads the portal, and is nobody in it', async () => {
  await start(undefined);
  const { browser, seen } = await signInAs({ email: 'guest@partner.example', preferred_username: 'guest' });
  expect(seen.status).toBe(200);
  expect(JSON.parse((await browser.ask(`${portal.origin}/api/me`)).text)).toEqual({ user: null });
});

test('where a gate says who it is, an assertion in a header says nothing', async () => {
  const front = fronts['Cloudflare Access'];
  if (!front) throw new Error('There is no such front.');
  await start(undefined, { proxy: { identity: front.toSettings(keys.url) } });
  const seconds = Math.floor(Date.now() / 1000);
  const { alg, kid } = front.signer;
  const header = { ...front.header, alg, kid };
  const assertion = front.write(header, front.toClaims('claire.dubois@acme.io', seconds), front.signer);
  const headers = {
    'cf-access-jwt-assertion': assertion,
    'cf-access-authenticated-user-email': 'claire.dubois@acme.io',
  };
  expect((await askRaw(portal.origin, '/api/me', { headers })).status).toBe(401);
  const { browser } = await signIn(portal);
  const cookie = `${sessionCookie}=${browser.findCookies('localhost').get(sessionCookie)?.value}`;
  expect((await askRaw(portal.origin, '/api/me', { headers: { ...headers, cookie } })).text).toContain('amara.okafor');
});

describe('whoever tries very often', () => {
  test('has to wait, wherever they say they come from, and those who are in do not', async () => {
    await start(undefined);
    const { browser } = await signIn(portal);
    const statuses = [];
    for (let at = 0; at < 320; at += 1) {
      const headers = { 'x-forwarded-for': `192.0.2.${at % 250}`, 'x-real-ip': `192.0.2.${at % 250}` };
      statuses.push((await askRaw(portal.origin, '/auth/callback?code=a&state=b', { headers })).status);
    }
    expect(new Set(statuses)).toEqual(new Set([400, 429]));
    const { status, headers } = await askRaw(portal.origin, '/auth/sign-in', {});
    expect([status, Number(headers['retry-after'])]).toEqual([429, expect.any(Number)]);
    expect((await browser.open(`${portal.origin}/catalog/`)).text).toContain(inside);
  });

  test('does not fill the jar of a browser with ways that were begun', async () => {
    await start(undefined);
    const browser = createBrowser();
    for (let at = 0; at < 12; at += 1) await browser.open(`${portal.origin}/catalog/?${at}`);
    expect(browser.findCookies('localhost').size).toBeLessThanOrEqual(5);
  });
});

test.each(['CONNECT localhost:22 HTTP/1.1', 'GET / HTTP/1.0', 'GET /catalog/', 'GET / HTTP/3.0'])(
  'the line "%s" opens nothing',
  async (line) => {
    const said = await sendBytes(portal.origin, `${line}\r\n\r\n`);
    expect(said).not.toContain(inside);
    expect(said).toMatch(/^$|^HTTP\/1\.1 4\d\d/);
  },
);
