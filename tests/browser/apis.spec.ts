import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './portal.ts';

const checkout = '/catalog/default/api/checkout-api/';
const pages = ['checkout-api', 'order-events', 'storefront-graph', 'inventory-api', 'search-assistant', 'stock-levels'];
const openAll = (page: Page) =>
  page.locator('.api-body details').evaluateAll((all) => {
    for (const each of all) each.setAttribute('open', '');
  });
const toPath = (name: string) => `/catalog/default/api/${name}/definition/`;

test.describe('the definition of an API', () => {
  test('is a way from the page of the API, in short and in whole', async ({ page }) => {
    await page.goto(checkout);
    const card = page.getByRole('region', { name: 'Definition' });
    await expect(card).toContainText('OpenAPI 3.1.0');
    await expect(card).toContainText(/\d+ operations in 3 groups/);
    await card.getByRole('link', { name: 'POST /carts' }).first().click();
    await expect(page).toHaveURL(`${checkout}definition/#operation-createCart`);
    await expect(page.locator('#operation-createCart')).toBeInViewport();
    await expect(page.getByText('Provided by')).toBeVisible();
  });

  test('names schemas once and leads to them', async ({ page }) => {
    await page.goto(toPath('checkout-api'));
    await page
      .locator('article', { has: page.locator('#operation-createCart') })
      .getByRole('link', { name: 'Cart', exact: true })
      .click();
    await expect(page).toHaveURL(/#schema-Cart$/);
    await expect(page.locator('#schema-Cart')).toBeInViewport();
  });

  test('follows references to files beside it', async ({ page }) => {
    await page.goto(toPath('returns-api'));
    await expect(page.locator('#schema-Reason')).toHaveCount(1);
  });

  test('is offered as the file that it is, and never as a page', async ({ page, request }) => {
    await page.goto(toPath('storefront-graph'));
    const href = await page.getByRole('link', { name: 'definition.graphql' }).getAttribute('href');
    const answer = await request.get(href ?? '');
    expect(answer.headers()['content-type']).toContain('text/plain');
    expect(await answer.text()).toContain('type Query {');
  });

  test('that is broken says where, and shows its source', async ({ page }) => {
    await page.goto(toPath('stock-levels'));
    await expect(page.getByText('data-platform/streams/stock-levels.yaml:17')).toBeVisible();
    await expect(page.locator('.hll')).toContainText('One of three: east');
  });

  test('can be filtered by keyboard', async ({ page }) => {
    await page.goto(toPath('checkout-api'));
    const contents = page.getByRole('navigation', { name: 'Contents of the definition' });
    await contents.getByRole('searchbox').fill('get orders');
    await expect(contents.getByRole('link', { name: 'POST /carts', exact: true })).toBeHidden();
    await expect(contents.getByRole('status')).toHaveText(/^2 of \d+$/);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#operation-/);
    await contents.getByRole('searchbox').focus();
    await page.keyboard.press('Escape');
    await expect(contents.getByRole('link', { name: 'POST /carts', exact: true })).toBeVisible();
  });

  test('has its examples copied', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(toPath('checkout-api'));
    const operation = page.locator('article', { has: page.locator('#operation-createCart') });
    await operation.getByText('Example', { exact: true }).click();
    await operation.getByRole('button', { name: 'Copy this code' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      "--url 'https://api.acme.io/checkout/v2/carts'",
    );
  });

  test('is found by its operations', async ({ page }) => {
    await page.goto('/search/?q=create+cart');
    const group = page.locator('section', { has: page.getByRole('heading', { name: /^API definitions/ }) });
    await group.getByRole('link', { name: 'POST /carts — Create a cart' }).click();
    await expect(page).toHaveURL(`${checkout}definition/#operation-createCart`);
  });

  for (const width of [1440, 360])
    test(`is no wider than a window of ${width} px, whatever it is written in`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const name of pages) {
        await page.goto(toPath(name));
        await openAll(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    });

  for (const [name, width] of [
    ['returns-api', 1440],
    ['storefront-graph', 1440],
    ['stock-levels', 1440],
    ['order-events', 360],
    ['inventory-api', 360],
  ] as const)
    test(`${name} is accessible in a window of ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(toPath(name));
      await openAll(page);
      await expectAccessible(page);
    });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a definition reads, and its contents lead to what it names', async ({ page }) => {
    await page.goto(toPath('inventory-api'));
    const contents = page.getByRole('navigation', { name: 'Contents of the definition' });
    await contents.getByRole('link', { name: 'rpc Reserve' }).click();
    await expect(page).toHaveURL(/#method-Inventory\.Reserve$/);
    await expect(page.getByText('All lines are held, or none.')).toBeVisible();
    await expect(contents.getByRole('searchbox')).toBeHidden();
  });
});
