import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { listen } from '../../scripts/io/listen.ts';
import { createStaticServer } from '../../scripts/io/static-server.ts';
import { baseOfDemo, demoSiteBelow } from '../suite/steps.ts';
import { expect, test as onDemo } from './portal.ts';

/** The demo below a path of its host, where nothing else is. */
const test = onDemo.extend<object, { address: string }>({
  address: [
    async ({ playwright: _ }, use) => {
      if (!existsSync(demoSiteBelow)) throw new Error(`${demoSiteBelow} is missing: \`npm test\` builds it.`);
      const server = createStaticServer({ folder: demoSiteBelow, base: baseOfDemo });
      await use(`http://127.0.0.1:${await listen(server, 0)}`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
});

/** Collects requests that leave the base, and answers of the host that are no success. */
function watch(page: Page, address: string): string[] {
  const strays: string[] = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === address && !pathname.startsWith(`${baseOfDemo}/`)) strays.push(`outside: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.url().startsWith(address) && response.status() >= 400)
      strays.push(`${response.status()}: ${response.url()}`);
  });
  return strays;
}

const checkout = `${baseOfDemo}/catalog/default/component/checkout/`;

/** A page of each kind; their scripts run and fetch whatever they fetch. */
const pages = [
  '/',
  '/catalog/',
  '/catalog/components/?owner=group:default/checkout-team',
  '/catalog/default/component/checkout/',
  '/catalog/default/component/checkout/graph/',
  '/catalog/default/api/checkout-api/',
  '/catalog/default/group/checkout-team/',
  '/docs/',
  '/docs/default/component/checkout/',
  '/docs/health/',
  '/health/',
  '/landscape/',
  '/organisation/',
  '/ownership/',
  '/problems/?code=dangling-ref',
  '/search/?q=checkout',
];

test('no page below a path asks for anything outside of it, or for what is not there', async ({ page, address }) => {
  const strays = watch(page, address);
  for (const path of pages) {
    await page.goto(`${baseOfDemo}${path}`);
    await page.evaluate(() => {
      for (const part of document.querySelectorAll('details')) part.open = true;
      window.scrollTo(0, document.body.scrollHeight);
    });
    await page.waitForLoadState('networkidle');
  }
  expect(strays).toEqual([]);
});

test('search below a path finds names and texts, and leads to pages below it', async ({ page, address }) => {
  const strays = watch(page, address);
  await page.goto(`${baseOfDemo}/`);
  await page.keyboard.press('/');
  await page.getByRole('combobox').last().fill('chekout servce');
  await expect(page.getByRole('option').first()).toContainText('Checkout Service');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(checkout);
  await page.goto(`${baseOfDemo}/search/?q=orders`);
  const links = page.locator('main a[href*="/catalog/"], main a[href*="/docs/"]');
  await expect(links.first()).toBeVisible();
  for (const link of await links.all()) expect(await link.getAttribute('href')).toMatch(/^\/portal\//);
  expect(strays).toEqual([]);
});

test('lists filter below a path, and the explorer follows to pages below it', async ({ page, address }) => {
  const strays = watch(page, address);
  await page.goto(`${baseOfDemo}/catalog/components/?type=website`);
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Web Storefront', exact: true }).click();
  await expect(page).toHaveURL(`${baseOfDemo}/catalog/default/component/web-storefront/`);
  await page.goto(`${checkout}graph/`);
  const nodes = page.locator('.graph.live[aria-busy="false"] .node');
  await nodes.filter({ hasText: 'Inventory Service' }).click();
  await page.getByRole('region', { name: 'Selected node' }).getByRole('link', { name: 'Go to page' }).click();
  await expect(page).toHaveURL(`${baseOfDemo}/catalog/default/component/inventory/`);
  await page.goto(`${baseOfDemo}/catalog/?filters[kind]=component&filters[type]=website`);
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toBeVisible();
  await page.goto(`${baseOfDemo}/organisation/`);
  await page.waitForLoadState('networkidle');
  expect(strays).toEqual([]);
});

test.describe('an address below the path that is no page', () => {
  test.use({ expectedComplaints: [/404/] });
  test('shows the page for that, with everything that belongs to it', async ({ page }) => {
    const asked: number[] = [];
    page.on('response', (response) => asked.push(response.status()));
    await page.goto(`${baseOfDemo}/catalog/default/component/nobody/`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(asked.filter((status) => status >= 400)).toEqual([404]);
  });
});
