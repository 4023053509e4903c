import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './portal.ts';

const docs = '/docs/default/component/checkout/';
const tree = (page: Page) => page.getByRole('navigation', { name: /^Pages of/ });
const contents = (page: Page) => page.getByRole('navigation', { name: 'On this page' });

test.describe('a page of documentation', () => {
  test('shows its tree, leads on and back, and to what it is about', async ({ page }) => {
    await page.goto(docs);
    await expect(page).toHaveTitle(/Checkout/);
    await tree(page).getByRole('link', { name: 'Operating it' }).click();
    await tree(page).getByRole('link', { name: 'Configuration' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Configuration');
    await expect(tree(page).locator('[aria-current="page"]')).toHaveText('Configuration');
    await page.keyboard.press('n');
    await expect(page).toHaveURL(`${docs}load-tests/`);
    await page
      .getByRole('navigation', { name: 'Neighbouring pages' })
      .getByRole('link', { name: /^Previous/ })
      .click();
    await expect(page).toHaveURL(`${docs}configuration/`);
    await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Checkout' }).first().click();
    await expect(page).toHaveURL(/\/catalog\/default\/component\/checkout\/$/);
  });

  for (const width of [1440, 360])
    test(`is accessible and no wider than a window of ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      for (const name of ['configuration', 'deploying']) {
        await page.goto(`${docs}${name}/`);
        await expectAccessible(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    });

  test('marks in the contents what is being read', async ({ page }) => {
    await page.goto(`${docs}deploying/`);
    await contents(page).getByRole('link', { name: 'Roll back' }).click();
    await expect(contents(page).locator('[aria-current="location"]')).toHaveText('Roll back');
  });

  test('copies code', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(`${docs}configuration/`);
    await page.getByRole('button', { name: 'Copy this code' }).first().click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('guest-checkout: on\n');
  });

  test('remembers the tab that was chosen', async ({ page }) => {
    await page.goto(`${docs}deploying/`);
    await page.locator('.tabbed-labels').getByText('Git', { exact: true }).click();
    await page.reload();
    await expect(page.getByText('Revert the merge commit')).toBeVisible();
  });
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('tabs change, and navigation and contents open', async ({ page }) => {
    await page.goto(`${docs}deploying/`);
    await expect(tree(page).getByRole('link', { name: 'Runbook' })).toBeVisible();
    await expect(page.getByText('Revert the merge commit')).toBeHidden();
    await page.locator('.tabbed-labels').getByText('Git', { exact: true }).click();
    await expect(page.getByText('Revert the merge commit')).toBeVisible();
    await page.setViewportSize({ width: 360, height: 800 });
    await expect(contents(page)).toBeHidden();
    await page.locator('summary', { hasText: 'On this page' }).click();
    await expect(contents(page).getByRole('link', { name: 'Roll back' })).toBeVisible();
  });
});

test('the list of all docs filters, keeps its address, and leads to a tree', async ({ page }) => {
  await page.goto('/docs/');
  await expectAccessible(page);
  await page.getByRole('searchbox').fill('checkout');
  await expect(page).toHaveURL(/\?q=checkout$/);
  await expect(page.getByRole('status')).toContainText(/of|tree/);
  await page.getByRole('button', { name: 'Owner' }).click();
  await expect(page.getByRole('columnheader', { name: 'Owner' })).toHaveAttribute('aria-sort', 'ascending');
  await page
    .getByRole('row', { name: /Checkout/ })
    .getByRole('link')
    .first()
    .click();
  await expect(page).toHaveURL(docs);
});
