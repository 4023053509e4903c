import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { failures, lies } from './misdeeds.ts';
import {
  type Address,
  createKey,
  findAddress,
  type Portal,
  passProvider,
  sessionCookie,
  signIn,
  startPortal,
  toOidcSettings,
} from './portal.ts';
import { inside } from './site-files.ts';

let address: Address;
let provider: IdentityProvider;
let portal: Portal;
beforeAll(async () => {
  address = await findAddress();
  provider = await startIdentityProvider({ redirectUris: [address.callback], claimsIn: 'userinfo' });
  portal = await startPortal({
    address,
    signIn: { ...toOidcSettings(provider, address), sessionKeys: [createKey()], allow: { groups: ['checkout-team'] } },
  });
});
afterAll(async () => {
  portal.stop();
  await provider.stop();
});

describe('signing in with OpenID Connect', () => {
  test('leads through the provider to the very page that was asked for', async () => {
    const path = '/catalog/components/?owner=group:default/checkout-team&tag=go';
    const browser = createBrowser();
    const asked = await browser.open(portal.origin + path);
    expect(asked.hops.map((hop) => new URL(hop).pathname.split('/').slice(0, 3).join('/'))).toEqual([
      '/catalog/components',
      '/auth/sign-in',
      '/auth',
      expect.stringMatching(/^\/interaction\//),
    ]);
    const seen = await passProvider(browser, asked, 'amara.okafor');
    expect([seen.status, seen.url]).toEqual([200, portal.origin + path]);
    expect(seen.text).toContain(inside);
  });

  test('asks with PKCE, a state and a nonce that are new each time, for no more than who somebody is', async () => {
    const starts = await Promise.all(
      [1, 2].map(async () => {
        const { hops } = await createBrowser().open(`${portal.origin}/`);
        return new URL(hops.find((hop) => hop.startsWith(`${provider.issuer}/auth?`)) ?? '').searchParams;
      }),
    );
    for (const query of starts) {
      expect(Object.fromEntries(query)).toEqual({
        ...{ response_type: 'code', client_id: provider.clientId, redirect_uri: portal.callback },
        ...{ code_challenge_method: 'S256', code_challenge: expect.stringMatching(/^[\w-]{43}$/) },
        ...{ state: expect.stringMatching(/^[\w-]{32,}$/), nonce: expect.stringMatching(/^[\w-]{32,}$/) },
        scope: 'openid profile email groups',
      });
    }
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(new Set(starts.map((query) => query.get(name))).size).toBe(2);
  });

  test('leaves one cookie behind that no script can read and no other site can use', async () => {
    const { browser } = await signIn(portal);
    const cookies = browser.findCookies('localhost');
    expect([...cookies.keys()]).toEqual([sessionCookie]);
    expect(cookies.get(sessionCookie)).toMatchObject({ isHttpOnly: true, sameSite: 'Lax', path: '/' });
    const value = cookies.get(sessionCookie)?.value ?? '';
    expect(value.split('.')).toHaveLength(5);
    expect(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString()).toBe('{"alg":"dir","enc":"A256GCM"}');
    expect(value.length).toBeLessThan(2_000);
  });

  test('tells pages who it is, and nothing more than that', async () => {
    const { browser } = await signIn(portal);
    const answer = await browser.ask(`${portal.origin}/api/me`, { from: portal.origin });
    expect(JSON.parse(answer.text)).toEqual({
      user: {
        ref: 'user:default/amara.okafor',
        title: 'Amara Okafor',
        groups: ['group:default/checkout-team', 'group:default/commerce'],
      },
    });
    expect(answer.headers['cache-control']).toBe('private, no-store');
  });

  test('whoever is in no group that is let in is told so, and gets no session', async () => {
    const { browser, seen } = await signIn(portal, 'claire.dubois');
    expect(seen.status).toBe(403);
    expect(seen.text).not.toMatch(/checkout-team|group|claire|acme/i);
    expect([...browser.findCookies('localhost').keys()]).toEqual([]);
    expect((await browser.ask(`${portal.origin}/api/me`)).status).toBe(401);
  });

  test('all who are not let in see the same bytes, also those who did not want to', async () => {
    const pages = await Promise.all(['claire.dubois', 'ben.whitlock'].map((name) => signIn(portal, name)));
    const browser = createBrowser();
    const login = await browser.open(`${portal.origin}/catalog/`);
    const cancelled = await browser.submit(login, { do: 'cancel' });
    const shown = [...pages.map(({ seen }) => seen), cancelled].map(({ status, text }) => [status, text]);
    expect(new Set(shown.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  test('several tabs that begin at once all arrive where they were going', async () => {
    const browser = createBrowser();
    const paths = ['/catalog/', '/handbook/', '/search/'];
    const asked = [];
    for (const path of paths) asked.push(await browser.open(portal.origin + path));
    for (const [at, path] of paths.entries()) {
      const page = asked[at];
      if (!page) continue;
      const seen = await passProvider(browser, page, 'amara.okafor');
      expect([seen.status, new URL(seen.url).pathname]).toEqual([200, path]);
    }
  });
});

describe('a provider that lies', () => {
  test.each(Object.entries(lies))('%s lets nobody in', async (_, misdeed) => {
    provider.misbehave(misdeed);
    const { browser, seen } = await signIn(portal).finally(() => provider.misbehave(undefined));
    expect([seen.status, new URL(seen.url).pathname]).toEqual([expect.any(Number), '/auth/callback']);
    expect([400, 502]).toContain(seen.status);
    expect(seen.text).not.toContain(inside);
    expect(browser.findCookies('localhost').has(sessionCookie)).toBe(false);
  });
});

describe('a provider that fails', () => {
  test.each(Object.entries(failures))('%s lets nobody in, and says so in words', async (_, misdeed) => {
    provider.misbehave(misdeed);
    const { browser, seen } = await signIn(portal).finally(() => provider.misbehave(undefined));
    expect([400, 502, 503]).toContain(seen.status);
    expect(seen.headers['content-type']).toContain('text/html');
    expect(seen.text).toMatch(/Signing in (is not possible now|did not work)/);
    expect(seen.text).not.toMatch(/OAUTH_|Error|at .*\.ts|token|127\.0\.0\.1/);
    expect(browser.findCookies('localhost').has(sessionCookie)).toBe(false);
  });

  test('whoever was let in before stays, and when it is well again everybody is', async () => {
    const { browser } = await signIn(portal);
    provider.misbehave(failures['a token endpoint that fails']);
    expect((await browser.open(`${portal.origin}/catalog/`)).status).toBe(200);
    provider.misbehave(undefined);
    expect((await signIn(portal)).seen.status).toBe(200);
  });

  test('a provider that signs with another key from now on is believed without a restart', async () => {
    expect((await signIn(portal)).seen.status).toBe(200);
    provider.rotate();
    expect((await signIn(portal)).seen.status).toBe(200);
  });
});

test('a provider that cannot be reached closes the door, and opens no other', async () => {
  const place = await findAddress();
  const gone = await startIdentityProvider({ redirectUris: [place.callback] });
  const other = await startPortal({ address: place, signIn: toOidcSettings(gone, place), patience: 0.05 });
  await gone.stop();
  const { seen } = await signIn(other, 'amara.okafor', '/catalog/');
  expect([seen.status, seen.text.includes(inside)]).toEqual([503, false]);
  other.stop();
});

test('nothing that a provider gave is in any log', async () => {
  const { browser } = await signIn(portal);
  const log = portal.written();
  expect(log).toContain('signed-in');
  const sealed = [...browser.findCookies('localhost').values()].map(({ value }) => value);
  for (const secret of [...provider.secrets, ...sealed]) expect(log).not.toContain(secret);
  expect(log).not.toMatch(/eyJ|code=|state=|verifier|Bearer|Set-Cookie/i);
});
