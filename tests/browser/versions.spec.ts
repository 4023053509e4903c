import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './portal.ts';

const docs = '/docs/default/component/checkout';
const switcher = (page: Page) => page.locator('details', { hasText: 'Version' }).locator('summary');
const versions = (page: Page) => page.getByRole('navigation', { name: 'Versions of this page' });
const notice = (page: Page) => page.getByRole('note').filter({ hasText: 'These are the docs of' });

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'versions of docs' : 'versions of docs without a script', () => {
    test.use({ javaScriptEnabled });

    test('lead from a page to the same page of another version, and back', async ({ page }) => {
      await page.goto(`${docs}/events/`);
      await expect(notice(page)).toBeHidden();
      await switcher(page).click();
      await expect(versions(page).getByRole('link')).toHaveText(['main current', 'v2.3', 'v1.8 without this page']);
      await versions(page).getByRole('link', { name: 'v2.3' }).click();
      await expect(page).toHaveURL(`${docs}@v2.3/events/`);
      await expect(page).toHaveTitle(/^Order events · Checkout Service v2\.3/);
      await notice(page).getByRole('link', { name: 'the current version of this page' }).click();
      await expect(page).toHaveURL(`${docs}/events/`);
    });

    test('keep the reader inside, and say where a page is gone', async ({ page }) => {
      await page.goto(`${docs}@v2.3/`);
      await page.locator('article').getByRole('link', { name: 'webhooks' }).first().click();
      await expect(page).toHaveURL(`${docs}@v2.3/webhooks/`);
      await expect(
        page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'v2.3' }),
      ).toBeVisible();
      await switcher(page).click();
      await versions(page).getByRole('link', { name: 'v1.8' }).click();
      await expect(page).toHaveURL(`${docs}@v1.8/webhooks/`);
      await notice(page).getByRole('link', { name: 'current docs' }).click();
      await expect(page).toHaveURL(`${docs}/`);
    });
  });

test('the list of versions closes with Escape and by a click beside it, and is accessible', async ({ page }) => {
  for (const width of [1440, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`${docs}@v1.8/webhooks/`);
    await switcher(page).click();
    await expect(versions(page)).toBeVisible();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.keyboard.press('Escape');
    await expect(versions(page)).toBeHidden();
    await expect(switcher(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).click();
    await expect(versions(page)).toBeHidden();
  }
});

test.describe('search engines', () => {
  const links = async (page: Page) => [
    await page.locator('link[rel="canonical"]').evaluateAll((all) => all.map((link) => link.getAttribute('href'))),
    await page.locator('meta[name="robots"]').count(),
  ];
  const portal = 'https://portal.acme.io';

  for (const [path, canonical, unlisted] of [
    [`${docs}/money/`, `${docs}/money/`, 0],
    [`${docs}@v2.3/money/`, `${docs}/money/`, 1],
    [`${docs}@v2.3/webhooks/`, undefined, 1],
    ['/catalog/default/component/checkout/', '/catalog/default/component/checkout/', 0],
    ['/', '/', 0],
  ] as const)
    test(`are told of one address for ${path}`, async ({ page }) => {
      await page.goto(path);
      expect(await links(page)).toEqual([canonical === undefined ? [] : [portal + canonical], unlisted]);
    });
});

test('search finds the current docs alone', async ({ page }) => {
  await page.goto('/search/?q=order events');
  await expect(page.locator(`main a[href^="${docs}/events/"]`).first()).toBeVisible();
  await expect(page.locator('main a[href*="checkout@"]')).toHaveCount(0);
});
