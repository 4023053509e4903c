import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from './browser.ts';
import { type Account, type GithubOauth, startGithubOauth } from './github-oauth.ts';
import {
  type Address,
  createKey,
  findAddress,
  type Portal,
  sessionCookie,
  startPortal,
  toGithubSettings,
} from './portal.ts';
import { askRaw } from './raw.ts';
import { inside } from './site-files.ts';

const amara = 'amara-okafor';
let address: Address;
let github: GithubOauth;
let portal: Portal;

async function start(allow: Record<string, unknown>): Promise<void> {
  portal?.stop();
  const signIn = { ...toGithubSettings(github, address), sessionKeys: [createKey()], allow };
  portal = await startPortal({ address, signIn });
}

beforeAll(async () => {
  address = await findAddress();
  github = await startGithubOauth([address.callback]);
  await start({ organizations: ['Acme'] });
});
afterAll(async () => {
  portal.stop();
  await github.stop();
});

let accounts = new Map<string, Account>();
beforeAll(() => {
  accounts = new Map(github.accounts);
});
afterEach(() => {
  for (const [login, account] of accounts) github.accounts.set(login, account);
});

function change(login: string, what: Partial<Account>): void {
  const account = accounts.get(login);
  if (account) github.accounts.set(login, { ...account, ...what });
}

/** Somebody who opens a page of the portal and signs in at GitHub on the way. */
async function signIn(login = amara, path = '/') {
  const browser = createBrowser();
  const page = await browser.open(portal.origin + path);
  const seen = await browser.submit(page, { login, do: 'login' });
  return { browser, seen, isIn: browser.findCookies('localhost').has(sessionCookie) };
}

describe('signing in with GitHub', () => {
  test('leads to the page that was asked for, and finds the person by their login', async () => {
    const { browser, seen } = await signIn(amara, '/catalog/components/?tag=go');
    expect([seen.status, seen.url]).toEqual([200, `${portal.origin}/catalog/components/?tag=go`]);
    expect(JSON.parse((await browser.ask(`${portal.origin}/api/me`)).text)).toEqual({
      user: {
        ref: 'user:default/amara.okafor',
        title: 'Amara Okafor',
        groups: ['group:default/checkout-team', 'group:default/commerce'],
      },
    });
  });

  test('asks with PKCE and a state, and for no right to read code', async () => {
    const { hops } = await createBrowser().open(`${portal.origin}/`);
    const query = new URL(hops.find((hop) => hop.includes('/login/oauth/authorize')) ?? '').searchParams;
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('state')).toMatch(/^[\w-]{32,}$/);
    expect(query.get('redirect_uri')).toBe(portal.callback);
    expect(query.get('scope')?.split(' ').toSorted()).toEqual(['read:org', 'user:email']);
  });

  test('asks GitHub for nothing but who somebody is and whether they belong', async () => {
    const before = github.asked.length;
    await signIn();
    const asked = github.asked.slice(before).filter((line) => line.includes('/api/'));
    expect(asked).toEqual(['GET /api/v3/user', 'GET /api/v3/user/emails', 'GET /api/v3/user/memberships/orgs/Acme']);
  });

  test('an address that GitHub did not verify is nobody', async () => {
    await start({ organizations: ['acme'] });
    // The login of somebody whom the catalog does not have, with an address that it does.
    github.accounts.set('mallory', {
      ...(accounts.get(amara) as Account),
      login: 'mallory',
      id: 999,
      isVerified: false,
    });
    const { browser, isIn } = await signIn('mallory');
    expect(isIn).toBe(true);
    expect(JSON.parse((await browser.ask(`${portal.origin}/api/me`)).text)).toEqual({ user: null });
    github.accounts.delete('mallory');
  });
});

describe('who is let in', () => {
  const cases: readonly [string, Partial<Account>, number][] = [
    ['a member', {}, 200],
    ['no member', { isMember: false }, 403],
    ['somebody who was invited and has not come', { obstacle: 'pending' }, 403],
    ['somebody whose token has not passed the single sign-on', { obstacle: 'sso' }, 403],
    ['somebody of an organisation that keeps the portal out', { obstacle: 'restricted' }, 403],
    ['somebody of an organisation that is gone', { obstacle: 'gone' }, 403],
    ['somebody of whom GitHub cannot tell', { obstacle: 'fails' }, 503],
  ];

  test.each(cases)('by organisation: %s', async (_, what, status) => {
    await start({ organizations: ['acme'] });
    change(amara, what);
    const { seen, isIn } = await signIn();
    expect([seen.status, isIn, seen.text.includes(inside)]).toEqual([status, status === 200, status === 200]);
  });

  test.each([...cases, ['somebody who was asked into the team', { obstacle: 'pending in teams' }, 403] as const])(
    'by team: %s',
    async (_, what, status) => {
      await start({ teams: ['acme/checkout-team'] });
      change(amara, what);
      const { seen, isIn } = await signIn();
      expect([seen.status, isIn]).toEqual([status, status === 200]);
    },
  );

  test('by team: a member of the organisation who is in another team is not', async () => {
    await start({ teams: ['acme/checkout-team'] });
    const { seen, isIn } = await signIn('claire-dubois');
    expect([seen.status, isIn]).toEqual([403, false]);
  });

  test('by both: one of each is needed', async () => {
    await start({ organizations: ['acme'], teams: ['acme/mobile-team'] });
    expect((await signIn()).isIn).toBe(false);
    expect((await signIn('nadia-rahimi')).isIn).toBe(true);
  });

  test('all who are not see the same bytes', async () => {
    await start({ organizations: ['acme'] });
    const shown = [];
    for (const [, what, status] of cases.filter(([, , each]) => each === 403)) {
      change(amara, what);
      const { seen } = await signIn();
      shown.push(JSON.stringify([status, seen.text]));
    }
    expect(new Set(shown).size).toBe(1);
    expect(shown[0]).not.toMatch(/acme|organi[sz]ation|team|sso/i);
  });
});

describe('a GitHub that does not play along', () => {
  test('gives a code once, and the portal believes no code that it did not give', async () => {
    await start({ organizations: ['acme'] });
    const browser = createBrowser();
    const { hops } = await browser.open(`${portal.origin}/`);
    const state = new URL(hops.find((hop) => hop.includes('state=')) ?? '').searchParams.get('state');
    const cookie = [...browser.findCookies('localhost').values()]
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const answer = await askRaw(portal.origin, `/auth/callback?code=made-up&state=${state}`, { headers: { cookie } });
    expect([answer.status, answer.cookies.some((line) => line.startsWith(`${sessionCookie}=e`))]).toEqual([400, false]);
  });

  test('a code that somebody else got for the portal cannot be put into another way', async () => {
    const thief = createBrowser();
    const page = await thief.open(`${portal.origin}/`);
    thief.findCookies('localhost').clear();
    const stolen = new URL((await thief.submit(page, { login: 'claire-dubois', do: 'login' })).url).searchParams.get(
      'code',
    );
    const victim = createBrowser();
    const { hops } = await victim.open(`${portal.origin}/`);
    const state = new URL(hops.find((hop) => hop.includes('state=')) ?? '').searchParams.get('state');
    const seen = await victim.open(`${portal.origin}/auth/callback?code=${stolen}&state=${state}`);
    expect([seen.status, victim.findCookies('localhost').has(sessionCookie)]).toEqual([400, false]);
  });

  test('whoever does not want to is told the same as whoever may not', async () => {
    const page = await createBrowser().open(`${portal.origin}/`);
    expect((await createBrowser().submit(page, { login: '', do: 'cancel' })).status).toBe(400);
    const browser = createBrowser();
    const own = await browser.open(`${portal.origin}/`);
    expect((await browser.submit(own, { login: '', do: 'cancel' })).status).toBe(403);
  });

  test('a token that is taken back lets nobody in who is not in, and throws out nobody before their time', async () => {
    const { browser } = await signIn();
    github.revoke();
    expect((await browser.open(`${portal.origin}/catalog/`)).text).toContain(inside);
  });
});

test('GitHub answers as GitHub does, and nothing that it gave is in any log', async () => {
  await start({ organizations: ['acme'], teams: ['acme/checkout-team'] });
  const { browser } = await signIn();
  expect(github.departures).toEqual([]);
  const sealed = [...browser.findCookies('localhost').values()].map(({ value }) => value);
  expect(portal.written()).toContain('signed-in');
  for (const secret of [...github.secrets, ...sealed]) expect(portal.written()).not.toContain(secret);
});
