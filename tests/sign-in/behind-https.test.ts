import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts';
import { createKey, findAddress, type Portal, passProvider, startPortal, toOidcSettings } from './portal.ts';
import { askRaw } from './raw.ts';
import { inside } from './site-files.ts';

// What speaks https for a portal passes on its requests in plain http, under the name that readers know.
const outside = 'https://portal.acme.io';
const callback = `${outside}/auth/callback`;
const name = '__Host-portolan-session';

let provider: IdentityProvider;
let portal: Portal;
beforeAll(async () => {
  const address = { ...(await findAddress()), callback };
  provider = await startIdentityProvider({ redirectUris: [callback] });
  portal = await startPortal({
    address,
    signIn: { ...toOidcSettings(provider, address), sessionKeys: [createKey()] },
  });
});
afterAll(async () => {
  portal.stop();
  await provider.stop();
});

const open = () => createBrowser({ [outside]: portal.origin });
const ask = (target: string, headers: Record<string, string>) =>
  askRaw(portal.origin, target, { headers: { host: 'portal.acme.io', ...headers } });

test('cookies are bound to the very host, and never sent in plain http', async () => {
  const browser = open();
  const at = await browser.open(`${outside}/catalog/`);
  const begun = [...browser.findCookies('portal.acme.io').values()];
  expect(begun).toHaveLength(1);
  const seen = await passProvider(browser, at, 'amara.okafor');
  expect([seen.status, seen.url, seen.text.includes(inside)]).toEqual([200, `${outside}/catalog/`, true]);
  const cookies = [...browser.findCookies('portal.acme.io').values()];
  expect(cookies.map((cookie) => cookie.name)).toEqual([name]);
  for (const cookie of [...begun, ...cookies]) {
    expect(cookie.name).toMatch(/^__Host-/);
    expect(cookie).toMatchObject({ isSecure: true, isHttpOnly: true, sameSite: 'Lax', path: '/' });
  }
});

test('no cookie names a domain, and each is gone by itself', async () => {
  const { cookies } = await ask('/auth/sign-in', { accept: 'text/html' });
  for (const line of cookies) {
    expect(line).not.toMatch(/domain=/i);
    expect(line).toMatch(/max-age=\d+/i);
  }
});

test('a cookie without the prefix, which plain http or another host could have set, is no session', async () => {
  const browser = open();
  await passProvider(browser, await browser.open(`${outside}/`), 'amara.okafor');
  const value = browser.findCookies('portal.acme.io').get(name)?.value ?? '';
  const read = async (cookie: string) => (await ask('/api/graph.json', { cookie })).status;
  expect(await read(`${name}=${value}`)).toBe(200);
  for (const other of [
    'portolan-session',
    '__Secure-portolan-session',
    '__host-portolan-session',
    '__Host-portolan-Session',
  ])
    expect([other, await read(`${other}=${value}`)]).toEqual([other, 401]);
});

test('browsers are told to come back by https only', async () => {
  for (const target of ['/', '/auth/sign-out', '/catalog/'])
    expect((await ask(target, { accept: 'text/html' })).headers['strict-transport-security']).toMatch(/max-age=\d{7,}/);
});

test('its own name on this machine is not answered for', async () => {
  for (const target of ['/', '/auth/sign-in', '/catalog/'])
    expect((await askRaw(portal.origin, target, { headers: { accept: 'text/html' } })).status).toBe(421);
});

test('a form of plain http at the same host signs nobody out', async () => {
  const browser = open();
  await passProvider(browser, await browser.open(`${outside}/`), 'amara.okafor');
  const cookie = `${name}=${browser.findCookies('portal.acme.io').get(name)?.value}`;
  const question = {
    method: 'POST',
    body: '',
    headers: { host: 'portal.acme.io', cookie, origin: 'http://portal.acme.io' },
  };
  const answer = await askRaw(portal.origin, '/auth/sign-out', question);
  expect([answer.status, answer.cookies]).toEqual([403, []]);
});
