import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, createBrowser } from './browser.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
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
import { askRaw } from './raw.ts';
import { inside } from './site-files.ts';

const hour = 3_600_000;
const [key, formerKey, laterKey] = [createKey(), createKey(), createKey()];

let address: Address;
let provider: IdentityProvider;
let portal: Portal;
let ahead = 0;
const now = () => Date.now() + ahead;

const start = (sessionKeys: readonly string[], change: Record<string, unknown> = {}) =>
  startPortal({
    address,
    now,
    signIn: { ...toOidcSettings(provider, address), ...(sessionKeys.length > 0 && { sessionKeys }), ...change },
  });

/** Starts the portal anew, with other settings, at the same place. */
async function restart(sessionKeys: readonly string[], change: Record<string, unknown> = {}): Promise<void> {
  portal.stop();
  portal = await start(sessionKeys, change);
}

beforeAll(async () => {
  address = await findAddress();
  provider = await startIdentityProvider({ redirectUris: [address.callback] });
  portal = await start([key]);
});
afterAll(async () => {
  portal.stop();
  await provider.stop();
});

const readSession = (browser: Browser) => browser.findCookies('localhost').get(sessionCookie)?.value ?? '';
const askWith = (cookie: string, target = '/api/graph.json') =>
  askRaw(portal.origin, target, { headers: { cookie, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' } });
const isLetIn = async (value: string) => (await askWith(`${sessionCookie}=${value}`)).text.includes(inside);

describe('a session', () => {
  test('is over eight hours after it began, whatever happened in it', async () => {
    const { browser } = await signIn(portal);
    const value = readSession(browser);
    for (const passed of [1, 4, 7.5, 7.99]) {
      ahead = passed * hour;
      const answer = await askWith(`${sessionCookie}=${value}`);
      expect([answer.status, answer.cookies]).toEqual([200, []]);
    }
    ahead = 8 * hour + 1_000;
    expect(await isLetIn(value)).toBe(false);
    ahead = 0;
  });

  test('lasts as long as its operator says, also when they say it afterwards', async () => {
    const { browser } = await signIn(portal);
    const value = readSession(browser);
    await restart([key], { hours: 1 });
    ahead = 0.9 * hour;
    expect(await isLetIn(value)).toBe(true);
    ahead = 1.1 * hour;
    expect(await isLetIn(value)).toBe(false);
    ahead = 0;
    await restart([key]);
  });

  test('outlives a restart and another replica with the same keys', async () => {
    const { browser } = await signIn(portal);
    await restart([key]);
    expect((await browser.open(`${portal.origin}/catalog/`)).text).toContain(inside);
  });

  test('is accepted with a former key, sealed with the first, and refused once its key is gone', async () => {
    await restart([formerKey]);
    const old = readSession((await signIn(portal)).browser);
    await restart([laterKey, formerKey]);
    expect(await isLetIn(old)).toBe(true);
    const fresh = readSession((await signIn(portal)).browser);
    await restart([laterKey]);
    expect([await isLetIn(old), await isLetIn(fresh)]).toEqual([false, true]);
    await restart([key]);
    expect([await isLetIn(old), await isLetIn(fresh)]).toEqual([false, false]);
  });

  test('of somebody who would not be let in today is over', async () => {
    await restart([key], { allow: { groups: ['checkout-team'] } });
    const value = readSession((await signIn(portal)).browser);
    expect(await isLetIn(value)).toBe(true);
    await restart([key], { allow: { groups: ['mobile-team'] } });
    expect(await isLetIn(value)).toBe(false);
    await restart([key]);
  });

  test('of another portal with the same keys is none', async () => {
    const value = readSession((await signIn(portal)).browser);
    const place = await findAddress('/other');
    const other = await startPortal({
      address: place,
      signIn: { ...toOidcSettings(provider, place), sessionKeys: [key] },
    });
    const answer = await askRaw(other.origin, '/other/api/graph.json', {
      headers: { cookie: `${sessionCookie}=${value}` },
    });
    expect(answer.status).toBe(401);
    other.stop();
  });

  test('that another provider proved is none, with the same keys, client and address', async () => {
    const value = readSession((await signIn(portal)).browser);
    await restart([key], { issuer: provider.issuer.replace('localhost', '127.0.0.1').replace(/\/*$/, '/other') });
    expect(await isLetIn(value)).toBe(false);
    await restart([key]);
    expect(await isLetIn(value)).toBe(true);
  });

  test('without keys in the configuration holds for this process alone', async () => {
    await restart([]);
    const value = readSession((await signIn(portal)).browser);
    expect(await isLetIn(value)).toBe(true);
    await restart([]);
    expect(await isLetIn(value)).toBe(false);
    await restart([key]);
  });
});

describe('a cookie that somebody made', () => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { subject: 'amara.okafor', groups: ['checkout-team'], began: Date.now(), until: Date.now() + hour };
  const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

  test('opens nothing, wherever the real one was changed', async () => {
    const value = readSession((await signIn(portal)).browser);
    expect(await isLetIn(value)).toBe(true);
    const parts = value.split('.');
    const starts = parts.map((_, at) => parts.slice(0, at).join('.').length + (at === 0 ? 0 : 1));
    const changed = parts.flatMap((part, at) =>
      part === '' ? [] : [flip(value, starts[at] ?? 0), flip(value, (starts[at] ?? 0) + Math.floor(part.length / 2))],
    );
    const cut = [1, 2, 10, Math.floor(value.length / 2)].map((letters) => value.slice(0, -letters));
    const odd = [
      value.slice(1),
      `${value}A`,
      `A${value}`,
      value.toUpperCase(),
      parts.toReversed().join('.'),
      `${value}.x`,
    ];
    const emptied = parts.map((_, at) => parts.map((part, other) => (other === at ? '' : part)).join('.'));
    for (const each of [...changed, ...cut, ...odd, ...emptied].filter((one) => one !== value))
      expect([each.length, await isLetIn(each)]).toEqual([each.length, false]);
  });

  test.each([
    ['nothing', ''],
    ['plain JSON', encode(claims)],
    ['a token that nobody signed', `${encode({ alg: 'none' })}.${encode(claims)}.`],
    ['a token with another way of sealing', `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.a.a.a`],
    [
      'a token that brings its own key',
      `${encode({ alg: 'dir', enc: 'A256GCM', jwk: { kty: 'oct', k: 'AA' } })}..a.a.a`,
    ],
    [
      'a token that takes long to open',
      `${encode({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 1e9, p2s: 'AAAAAAAAAAA' })}.a.a.a.a`,
    ],
    ['a token that is packed', `${encode({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' })}..a.a.a`],
    ['something very long', 'x'.repeat(8_000)],
    ['the name of somebody', 'amara.okafor'],
    ['a prototype', '__proto__'],
  ])('that holds %s opens nothing', async (_, value) => {
    expect(await isLetIn(value)).toBe(false);
  });

  test('that is the cookie of a way that was begun opens nothing', async () => {
    const browser = createBrowser();
    await browser.open(`${portal.origin}/`);
    const flows = [...browser.findCookies('localhost').values()];
    expect(flows).toHaveLength(1);
    for (const { value } of flows) expect(await isLetIn(value)).toBe(false);
  });

  test('that is there twice, or under a name that only looks like ours, opens nothing', async () => {
    const value = readSession((await signIn(portal)).browser);
    const lines = [
      `${sessionCookie}=made-up; ${sessionCookie}=${value}`,
      `${sessionCookie}=${value}; ${sessionCookie}=made-up`,
      `${sessionCookie.toUpperCase()}=${value}`,
      `__Host-${sessionCookie}=${value}`,
      `__Secure-${sessionCookie}=${value}`,
      `x${sessionCookie}=${value}`,
      `${sessionCookie}2=${value}`,
      `a="; ${sessionCookie}"=${value}`,
      `${sessionCookie}="${value}"`,
    ];
    for (const line of lines) expect([line.length, (await askWith(line)).status]).toEqual([line.length, 401]);
  });
});

describe('somebody who puts a session under somebody else', () => {
  test('gains nothing: a session that was there before is never taken over', async () => {
    const before = readSession((await signIn(portal, 'claire.dubois')).browser);
    const browser = createBrowser();
    browser.findCookies('localhost').set(sessionCookie, {
      ...{ name: sessionCookie, value: before, isSecure: false, isHttpOnly: true, sameSite: 'Lax', path: '/' },
    });
    const seen = await passProvider(browser, await browser.open(`${portal.origin}/auth/sign-in`), 'amara.okafor');
    expect(seen.status).toBe(200);
    expect(readSession(browser)).not.toBe(before);
    expect((await browser.ask(`${portal.origin}/api/me`)).text).toContain('amara.okafor');
  });

  test('gains nothing with a made-up one: each time there is a new one', async () => {
    const values = new Set<string>();
    for (const value of ['made-up', '']) {
      const browser = createBrowser();
      browser.findCookies('localhost').set(sessionCookie, {
        ...{ name: sessionCookie, value, isSecure: false, isHttpOnly: true, sameSite: 'Lax', path: '/' },
      });
      await passProvider(browser, await browser.open(`${portal.origin}/`), 'amara.okafor');
      values.add(readSession(browser));
    }
    expect(values.size).toBe(2);
    expect(values).not.toContain('made-up');
  });

  test('cannot make somebody finish a way that they did not begin', async () => {
    // The attacker begins, signs in at the provider, and keeps the last address to give it to somebody.
    const attacker = createBrowser();
    const begun = await attacker.open(`${portal.origin}/`);
    const state = new URL(begun.hops.find((hop) => hop.includes('state=')) ?? '').searchParams.get('state');
    const victim = createBrowser();
    const seen = await victim.open(
      `${portal.origin}/auth/callback?code=stolen&state=${state}`,
      'https://evil.example/',
    );
    expect([seen.status, readSession(victim)]).toEqual([400, '']);
    // Nor with a way of the victim's own beside it.
    const own = await victim.open(`${portal.origin}/`);
    expect(own.text).toContain('Sign in to Acme');
    const again = await victim.open(`${portal.origin}/auth/callback?code=stolen&state=${state}`);
    expect([again.status, readSession(victim)]).toEqual([400, '']);
  });
});

describe('signing out', () => {
  test('takes the session away, and only what the portal itself asks for does', async () => {
    const { browser } = await signIn(portal);
    const page = await browser.open(`${portal.origin}/auth/sign-out`);
    expect([page.status, readSession(browser) === '']).toEqual([200, false]);
    const cookie = `${sessionCookie}=${readSession(browser)}`;
    const headers = { cookie, origin: portal.origin, 'sec-fetch-site': 'same-origin' };
    const answer = await askRaw(portal.origin, '/auth/sign-out', { method: 'POST', headers, body: '' });
    expect([answer.status, new URL(answer.headers.location ?? '').origin]).toEqual([303, provider.issuer]);
    // What a browser keeps, it would show when somebody goes back.
    expect(answer.headers['clear-site-data']).toBe('"cache"');
    await browser.submit(page);
    expect(readSession(browser)).toBe('');
    expect((await browser.ask(`${portal.origin}/api/me`)).status).toBe(401);
  });

  test.each<[string, Record<string, string>]>([
    ['a form of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of the same host', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['an old browser at another site', { origin: 'https://evil.example' }],
    ['something that says nothing of itself', {}],
    ['something that says only where it is from', { referer: 'https://evil.example/' }],
    ['something that lies about its origin', { origin: 'OWN', 'sec-fetch-site': 'cross-site' }],
    ['something that lies about its site', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
  ])('is not possible from %s', async (_, headers) => {
    const { browser } = await signIn(portal);
    const cookie = `${sessionCookie}=${readSession(browser)}`;
    const answer = await askRaw(portal.origin, '/auth/sign-out', {
      method: 'POST',
      headers: { ...headers, ...(headers.origin === 'OWN' && { origin: portal.origin }), cookie },
      body: '',
    });
    expect([answer.status, answer.cookies]).toEqual([403, []]);
    expect(answer.headers.location).toBeUndefined();
  });

  test.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s changes nothing', async (method) => {
    const { browser } = await signIn(portal);
    const answer = await browser.ask(`${portal.origin}/auth/sign-out`, { method, from: portal.origin });
    expect([answer.cookies, answer.status < 300 || answer.status === 405]).toEqual([[], true]);
  });
});

describe('another site', () => {
  test('cannot read what somebody who is signed in can', async () => {
    const { browser } = await signIn(portal);
    const cookie = `${sessionCookie}=${readSession(browser)}`;
    for (const site of ['cross-site', 'same-site']) {
      for (const mode of ['cors', 'no-cors', 'websocket']) {
        for (const target of ['/api/me', '/api/graph.json', '/catalog/', '/pagefind/pagefind.js', '/icons.svg']) {
          const headers = { cookie, origin: 'https://evil.example', 'sec-fetch-site': site, 'sec-fetch-mode': mode };
          const answer = await askRaw(portal.origin, target, { headers });
          const allowed = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'));
          expect(allowed).toEqual([]);
          // Where a browser would take it in all the same, it says that it may not be.
          if (answer.text.includes(inside)) expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
        }
      }
    }
  });

  test('cannot show it in a frame', async () => {
    const { browser } = await signIn(portal);
    for (const target of ['/', '/catalog/', '/auth/sign-out', '/auth/signed-out']) {
      const { headers } = await browser.open(portal.origin + target);
      expect(headers['x-frame-options'] ?? headers['content-security-policy']).toMatch(/DENY|frame-ancestors 'none'/);
    }
  });

  test('may lead somebody who is signed in to a page, as any link does', async () => {
    const { browser } = await signIn(portal);
    expect((await browser.open(`${portal.origin}/catalog/`, 'https://mail.example/')).text).toContain(inside);
  });
});
