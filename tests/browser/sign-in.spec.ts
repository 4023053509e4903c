import { globSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { proxyCatalogPath } from '#model/live/catalog.ts';
import { type IdentityProvider, startIdentityProvider } from '../sign-in/identity-provider.ts';
import { toPerson } from '../sign-in/people.ts';
import { createKey, findAddress, type Portal, sessionCookie, startPortal, toOidcSettings } from '../sign-in/portal.ts';
import { askRaw } from '../sign-in/raw.ts';
import { demoSite } from '../suite/steps.ts';
import { test as base, expect, expectAccessible } from './portal.ts';

type Guarded = { portal: Portal; provider: IdentityProvider };

/** The built demo behind sign-in: the commerce department may read it. */
const test = base.extend<object, { guarded: Guarded }>({
  guarded: [
    async ({ playwright: _ }, use) => {
      const address = await findAddress();
      const provider = await startIdentityProvider({ redirectUris: [address.callback] });
      const allow = { groups: ['checkout-team', 'commerce'] };
      const signIn = { ...toOidcSettings(provider, address), sessionKeys: [createKey()], allow };
      const portal = await startPortal({ address, signIn, folder: demoSite });
      await use({ portal, provider });
      portal.stop();
      await provider.stop();
    },
    { scope: 'worker' },
  ],
  address: [({ guarded }, use) => use(guarded.portal.origin), { scope: 'worker' }],
});

/** The same with a browser that keeps pages: one whose requests are looked at keeps none. */
const keeping = test.extend({ quiet: ({ page: _ }, use) => use(undefined) });

/** Goes through the pages of the provider as a person does. */
async function passProvider(page: Page, name: string): Promise<void> {
  await page.getByLabel('E-mail').fill(toPerson(name).email);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
}

test('a reader signs in at the provider and lands on the very page, which works', async ({ page, guarded }) => {
  const deep = '/catalog/components/?owner=group:default/checkout-team&tag=go';
  await page.goto(deep);
  expect(new URL(page.url()).origin).toBe(guarded.provider.issuer);
  await passProvider(page, 'amara.okafor');
  await expect(page).toHaveURL(deep);
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toHaveCount(0);
  await page.keyboard.press('/');
  await page.getByRole('combobox').last().fill('chekout servce');
  await expect(page.getByRole('option').first()).toContainText('Checkout Service');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/catalog/default/component/checkout/');
  await page.goto('/search/?q=refund');
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /refund/i })
      .first(),
  ).toBeVisible();
});

test('pages learn who reads them, scripts do not see how', async ({ page }) => {
  await page.unroute('**/api/me');
  await page.goto('/');
  await passProvider(page, 'amara.okafor');
  await expect(page).toHaveURL('/');
  const told = await page.evaluate(async () => ({
    me: await (await fetch('/api/me')).json(),
    cookies: document.cookie,
  }));
  expect(told).toEqual({
    me: {
      user: {
        ref: 'user:default/amara.okafor',
        title: 'Amara Okafor',
        groups: expect.arrayContaining(['group:default/checkout-team', 'group:default/commerce']),
      },
    },
    cookies: '',
  });
  const [cookie, ...others] = (await page.context().cookies()).filter(({ domain }) => domain === 'localhost');
  expect(others).toEqual([]);
  expect(cookie).toMatchObject({ name: sessionCookie, httpOnly: true, sameSite: 'Lax', path: '/' });
  expect((cookie?.expires ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(8 * 3600);
});

keeping.describe('after signing out', () => {
  // Going back leads to pages of the provider too, which are over; and nothing is live here.
  keeping.use({ expectedComplaints: [/status of 40[014]|\/interaction\/|\/api\/live\//] });

  keeping('nothing is shown, not by the back button either', async ({ page, guarded }) => {
    const path = '/catalog/default/component/checkout/';
    await page.goto(path);
    await passProvider(page, 'amara.okafor');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checkout Service');
    await page.getByRole('link', { name: 'Checkout team' }).first().click();
    await expect(page).toHaveURL('/catalog/default/group/checkout-team/');
    await page.goto('/auth/sign-out');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    // The provider asks too: whoever is signed in there would be signed in here again at once.
    await expect(page).toHaveURL((url) => url.origin === guarded.provider.issuer);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveTitle('Signed out');
    expect((await page.context().cookies()).filter(({ name }) => name === sessionCookie)).toEqual([]);
    for (let step = 0; step < 5; step += 1) {
      await page.goBack({ waitUntil: 'load' }).catch(() => null);
      await expect(page.getByText('Checkout Service')).toHaveCount(0);
      await expect(page.getByText('Checkout team')).toHaveCount(0);
    }
    await page.goto(path);
    await expect(page.getByLabel('E-mail')).toBeVisible();
  });
});

test.describe('whoever is not let in', () => {
  test.use({ expectedComplaints: [/status of 40[13]/] });

  test('is told so in words that say nothing, and reads nothing', async ({ page }) => {
    await page.goto('/catalog/');
    await passProvider(page, 'claire.dubois');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You have no access');
    await expect(page.locator('body')).not.toContainText(/claire|commerce|group/i);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect((await page.request.get('/api/graph.json')).status()).toBe(401);
    expect((await page.context().cookies()).filter(({ name }) => name === sessionCookie)).toEqual([]);
  });

  test('may sign in with another account', async ({ page }) => {
    await page.goto('/catalog/');
    await passProvider(page, 'claire.dubois');
    await page.getByRole('link', { name: 'Sign in with another account' }).click();
    await passProvider(page, 'amara.okafor');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page).toHaveURL((url) => url.hostname === 'localhost' && !url.pathname.startsWith('/auth/'));
  });

  test('and was signed in until now is led to sign in again, and back', async ({ page }) => {
    await page.goto('/');
    await passProvider(page, 'amara.okafor');
    await expect(page).toHaveURL('/');
    await page.context().clearCookies({ name: sessionCookie });
    await page.goto('/organisation/');
    // The provider still knows them.
    await expect(page).toHaveURL('/organisation/');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});

test('no file of the whole demo is given to anybody without a session', async ({ guarded: { portal } }) => {
  const files = globSync('**/*', { cwd: demoSite, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(parentPath.indexOf(demoSite) + demoSite.length))
    .map((path) => encodeURI(path.replace(/\/index\.html$/, '/')));
  expect(files.length).toBeGreaterThan(500);
  expect(files).toContain(proxyCatalogPath);
  const seen = new Set<string>();
  for (const path of [...files, '/there/is/nothing', '/nothing.json']) {
    const { status, text, headers, cookies } = await askRaw(portal.origin, path, { headers: { accept: '*/*' } });
    const { date: _, ...kept } = headers;
    seen.add(JSON.stringify([status, kept, cookies, text]));
  }
  expect([...seen].map((each) => each.slice(0, 5))).toEqual(['[401,']);
});
