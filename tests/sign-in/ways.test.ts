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

let address: Address;
let provider: IdentityProvider;
let portal: Portal;
let ahead = 0;
beforeAll(async () => {
  address = await findAddress();
  provider = await startIdentityProvider({ redirectUris: [address.callback] });
  portal = await startPortal({
    address,
    now: () => Date.now() + ahead,
    signIn: { ...toOidcSettings(provider, address), sessionKeys: [createKey()] },
  });
});
afterAll(async () => {
  portal.stop();
  await provider.stop();
});

/** Addresses that lead away from the portal in some browser, or back into signing in. */
const elsewhere = [
  ...['https://evil.example/', 'http://evil.example', '//evil.example/', '///evil.example', '////evil.example/%2f..'],
  ...[
    '/\\evil.example',
    '\\\\evil.example',
    '/\\/evil.example',
    '\\/evil.example',
    '/%5cevil.example',
    '/%5c%5cevil.example',
  ],
  ...[
    '/%09/evil.example',
    '/\t/evil.example',
    '/%0a/evil.example',
    '/\n/evil.example',
    '/\r/evil.example',
    '%0d%0alocation:x',
  ],
  ...[
    '/%2f/evil.example',
    '/%2fevil.example',
    '%2f%2fevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/./evil/..//x',
  ],
  ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', 'blob:x'],
  ...[
    'evil.example',
    'catalog/',
    './catalog/',
    '?x',
    '#x',
    '',
    ' ',
    ' /catalog/',
    '\u00a0//evil.example',
    '/ä',
    '/\u2028x',
  ],
  ...['http:evil.example', 'https:evil.example', 'http:/evil.example', 'http:///evil.example', 'https:/\\evil.example'],
  ...[
    '/@evil.example',
    '//localhost@evil.example',
    'http://localhost@evil.example/',
    'http://localhost:1@evil.example/',
  ],
  ...['/auth/sign-out', '/auth/sign-in', '/auth/callback?code=a&state=b', '/auth/sign-in?return=/auth/sign-in'],
  ...['/%61uth/sign-out', '/auth%2fsign-out', '/catalog/../auth/sign-out', '/catalog/%2e%2e/auth/sign-out', '/;/evil'],
  ...[`/${'x'.repeat(3_000)}`, '/%', '/%zz', '/%ff', '/%00', '/\u0000'],
];

describe('the page that somebody is sent back to', () => {
  // Whom the provider knows already, it leads back at once.
  let browser: Browser;
  beforeAll(async () => {
    browser = (await signIn(portal)).browser;
  });

  test.each(elsewhere)('is never elsewhere: %j', async (text) => {
    browser.findCookies('localhost').clear();
    const seen = await browser.open(`${portal.origin}/auth/sign-in?return=${encodeURIComponent(text)}`);
    const after = seen.hops.slice(seen.hops.findIndex((hop) => hop.includes('/auth/callback')) + 1);
    expect(after.length).toBeGreaterThan(0);
    for (const hop of after) expect(new URL(hop).origin).toBe(portal.origin);
    for (const hop of after) expect(new URL(hop).pathname).not.toMatch(/^\/auth\//);
    expect(browser.findCookies('localhost').has(sessionCookie)).toBe(true);
  });

  test('is not said twice over', async () => {
    const twice = '?return=%2Fcatalog%2F&return=%2F%2Fevil.example';
    const seen = await browser.open(`${portal.origin}/auth/sign-in${twice}`);
    expect(new URL(seen.url).origin).toBe(portal.origin);
  });

  test.each(['/catalog/', '/catalog/components/?owner=group:default/checkout-team&q=a%20b', '/search/?q=%C3%A4'])(
    'is the one that was asked for: %s',
    async (path) => {
      const { seen } = await signIn(portal, 'amara.okafor', path);
      expect([seen.status, seen.url]).toEqual([200, portal.origin + path]);
    },
  );
});

/** Somebody who is on the way back from the provider, and has not arrived. */
async function comeBack() {
  const browser = createBrowser();
  let at = await browser.open(`${portal.origin}/catalog/`);
  at = await browser.submit(at, { email: 'amara.okafor@acme.io', do: 'login' });
  const cookies = new Map(browser.findCookies('localhost'));
  const seen = await browser.submit(at, { do: 'consent' });
  const url = seen.hops.find((hop) => hop.includes('/auth/callback')) ?? '';
  const cookie = [...cookies.values()].map(({ name, value }) => `${name}=${value}`).join('; ');
  return { url: new URL(url), cookie, browser, seen };
}

/** Somebody's last step, not made by them: the address with its code, and the cookies of who began. */
async function intercept() {
  const browser = createBrowser();
  const at = await browser.open(`${portal.origin}/catalog/`);
  const flow = [...browser.findCookies('localhost').values()];
  // The provider leads back to a portal that does not answer for it: the code is not used.
  browser.findCookies('localhost').clear();
  const seen = await passProvider(browser, at, 'amara.okafor');
  const url = new URL(seen.url);
  return { url, cookie: flow.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

const call = (url: URL, cookie: string) =>
  askRaw(portal.origin, url.pathname + url.search, {
    headers: { cookie, accept: 'text/html', 'sec-fetch-mode': 'navigate' },
  });
const hasSession = ({ cookies }: { cookies: readonly string[] }) =>
  cookies.some((line) => line.startsWith(`${sessionCookie}=`) && !/max-age=0/i.test(line));

const countExchanges = () => provider.asked.filter((line) => line === 'POST /token').length;

describe('coming back from the provider', () => {
  test('works once, and what comes a second time is not even shown to the provider', async () => {
    const { url, cookie, seen } = await comeBack();
    expect(seen.status).toBe(200);
    const before = provider.asked.length;
    for (const again of [1, 2]) {
      const answer = await call(url, cookie);
      expect([again, answer.status, hasSession(answer)]).toEqual([again, 400, false]);
    }
    expect(provider.asked.length).toBe(before);
  });

  test('works once when it is done twice at the same moment', async () => {
    const { url, cookie } = await intercept();
    const before = countExchanges();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => call(url, cookie)));
    expect([answers.filter(hasSession).length, countExchanges() - before]).toEqual([1, 1]);
  });

  test('needs the browser that began', async () => {
    const { url } = await intercept();
    const other = createBrowser();
    await other.open(`${portal.origin}/`);
    for (const cookie of [
      '',
      [...other.findCookies('localhost').values()].map(({ name, value }) => `${name}=${value}`).join('; '),
    ]) {
      const answer = await call(url, cookie);
      expect([answer.status, hasSession(answer)]).toEqual([400, false]);
    }
  });

  const changes: Readonly<Record<string, (query: URLSearchParams) => void>> = {
    'without a state': (query) => query.delete('state'),
    'with another state': (query) => query.set('state', 'another'),
    'with an empty state': (query) => query.set('state', ''),
    'with two states': (query) => query.append('state', query.get('state') ?? ''),
    'with another code': (query) => query.set('code', 'another'),
    'without a code': (query) => query.delete('code'),
    'with an error beside the code': (query) => query.set('error', 'access_denied'),
    'without an issuer': (query) => query.delete('iss'),
    'with another issuer': (query) => query.set('iss', 'https://evil.example'),
    'with tokens of its own': (query) => {
      query.delete('code');
      query.set('access_token', 'made-up');
      query.set('id_token', 'made.up.token');
    },
    'with a response of its own': (query) => {
      query.delete('code');
      query.set('response', 'made.up.token');
    },
  };

  test.each(Object.entries(changes))('%s lets nobody in', async (_, change) => {
    const { url, cookie } = await intercept();
    change(url.searchParams);
    const answer = await call(url, cookie);
    expect(hasSession(answer)).toBe(false);
    expect([400, 403, 502]).toContain(answer.status);
  });

  test('with a code of one way and the state of another lets nobody in', async () => {
    const [one, other] = [await intercept(), await intercept()];
    const url = new URL(one.url);
    url.searchParams.set('code', other.url.searchParams.get('code') ?? '');
    const answer = await call(url, one.cookie);
    expect([answer.status, hasSession(answer)]).toEqual([400, false]);
  });

  test('is too late after ten minutes', async () => {
    const { url, cookie } = await intercept();
    ahead = 10 * 60_000 + 1_000;
    const answer = await call(url, cookie);
    ahead = 0;
    expect([answer.status, hasSession(answer)]).toEqual([400, false]);
  });

  test.each(['POST', 'PUT', 'HEAD'])('by %s is no way', async (method) => {
    const { url, cookie } = await intercept();
    const answer = await askRaw(portal.origin, url.pathname + url.search, { method, headers: { cookie } });
    expect([hasSession(answer), answer.status]).toEqual([false, 405]);
  });

  test('leaves the address with the code nowhere', async () => {
    const { url, cookie } = await intercept();
    const answer = await call(url, cookie);
    expect(answer.headers).toMatchObject({
      'cache-control': expect.stringContaining('no-store'),
      'referrer-policy': expect.stringMatching(/^(no-referrer|same-origin|strict-origin)$/),
    });
    expect(answer.headers.location).toBe('/catalog/');
    const code = url.searchParams.get('code') ?? '';
    expect(answer.text + JSON.stringify(answer.headers) + portal.written()).not.toContain(code);
  });

  test('shows nothing of what an attacker writes into the address', async () => {
    const words = '%3Cscript%3Ealert(1)%3C/script%3E';
    for (const query of [`error=${words}&error_description=${words}&state=${words}`, `code=${words}&state=${words}`]) {
      const { text, headers } = await call(new URL(`${portal.origin}/auth/callback?${query}`), '');
      expect(text).not.toMatch(/<script|alert/);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect(portal.written()).not.toMatch(/<script|alert\(/);
  });
});
