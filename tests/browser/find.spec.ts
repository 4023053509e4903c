import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './portal.ts';

const checkout = '/catalog/default/component/checkout/';
const switcher = (page: Page) => page.getByRole('dialog', { name: 'Find by name' });
const status = (page: Page) => page.getByRole('status');

test.describe('the quick switcher', () => {
  for (const key of ['/', 'Control+k']) {
    test(`opens with ${key}, finds by parts of words, and Enter opens the page`, async ({ page }) => {
      await page.goto('/');
      await page.keyboard.press(key);
      await expect(switcher(page)).toBeVisible();
      await page.keyboard.type('pay-gw');
      await expect(page.getByRole('option').first()).toContainText('payments-gateway');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/component\/payments-gateway\/$/);
    });
  }

  test('forgives a slip of the keyboard, is accessible, and leads to the search page', async ({ page }) => {
    await page.goto(checkout);
    await page.getByRole('link', { name: /^Search/ }).click();
    await page.keyboard.type('inventroy');
    await expect(page.getByRole('option').first()).toContainText('inventory');
    await expectAccessible(page);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/search\/\?q=inventroy$/);
  });

  test('shows what was read last while nothing is typed, and Escape closes it', async ({ page }) => {
    await page.goto(checkout);
    await page.keyboard.press('/');
    await expect(page.getByRole('option').first()).toContainText('Checkout Service');
    await page.keyboard.press('Escape');
    await expect(switcher(page)).toBeHidden();
  });
});

test.describe('the search page', () => {
  test('answers the query of its address, narrows, and goes back', async ({ page }) => {
    await page.goto('/search/?q=checkout');
    await expect(page.getByRole('heading', { name: 'Names' })).toBeVisible();
    await expect(page.locator('mark').first()).toHaveText(/checkout/i);
    await expect(status(page)).toContainText('with “checkout”');
    await expectAccessible(page);
    const all = await status(page).textContent();
    await page
      .locator('[data-facets]')
      .getByRole('link', { name: /^Resource/ })
      .click();
    await expect(page).toHaveURL(/\?q=checkout&kind=Resource$/);
    await expect(status(page)).toContainText('Resource only');
    await page.goBack();
    await expect(status(page)).toHaveText(all ?? '');
  });

  test('is worked by keyboard alone', async ({ page }) => {
    await page.goto('/search/');
    await page.keyboard.type('checkout');
    await expect(page.locator('[data-result]').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(checkout);
  });

  test('says what is near when nothing matches', async ({ page }) => {
    await page.goto('/search/?q=inventroy');
    await expect(page.getByRole('heading', { name: 'Did you mean' })).toBeVisible();
    await expect(page.locator('[data-result]').first()).toContainText('inventory');
  });

  test('shows markup in a query as text', async ({ page }) => {
    await page.goto(`/search/?q=${encodeURIComponent('<img src=x onerror=alert(1)> zzz')}`);
    await expect(status(page)).toContainText('<img src=x');
    await expect(page.locator('main img')).toHaveCount(0);
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the search page leads to the catalog', async ({ page }) => {
    await page.goto('/search/?q=checkout');
    await expect(page.locator('main').getByRole('link', { name: 'catalog' })).toBeVisible();
  });
});

test.describe('on every page', () => {
  test('a star is kept', async ({ page }) => {
    await page.goto(checkout);
    await page.getByRole('button', { name: 'Star' }).click();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Starred' })).toHaveAttribute('aria-pressed', 'true');
  });

  test('? lists the shortcuts, and g goes', async ({ page }) => {
    await page.goto(checkout);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect(page).toHaveURL('/catalog/');
  });

  test('nothing breaks where the browser remembers nothing', async ({ page }) => {
    await page.addInitScript(() => {
      const deny = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', { get: deny });
    });
    await page.goto(checkout);
    await page.getByRole('button', { name: 'Star' }).click();
    await page.keyboard.press('/');
    await expect(switcher(page)).toBeVisible();
  });
});

test.describe('an address that leads nowhere', () => {
  test.use({ expectedComplaints: [/status of 404/] });

  test('is answered with names that are near', async ({ page }) => {
    await page.goto('/catalog/default/component/chekout/');
    await expect(page.locator('#near').getByRole('link').first()).toContainText('checkout');
  });

  test('goes to its lower case where that is a page', async ({ page }) => {
    await page.goto('/catalog/default/Component/Checkout/');
    await expect(page).toHaveURL(checkout);
  });
});
