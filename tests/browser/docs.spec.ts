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

  test('gives the last heading its turn, and leaves the one that was chosen', async ({ page }) => {
    await page.goto(`${docs}deploying/`);
    const last = contents(page).getByRole('link').last();
    await page.keyboard.press('End');
    await expect(last).toHaveAttribute('aria-current', 'location');
    await page.keyboard.press('Home');
    await expect(last).not.toHaveAttribute('aria-current', 'location');
  });

  test('moves nothing while it loads, with a tab that was chosen before', async ({ page }) => {
    await page.goto(`${docs}deploying/`);
    await page.locator('.tabbed-labels').getByText('Git', { exact: true }).click();
    for (const name of ['deploying', 'load-tests', 'configuration']) {
      await page.goto(`${docs}${name}/`);
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            const observer = new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += 'value' in entry ? Number(entry.value) : 0;
            });
            observer.observe({ type: 'layout-shift', buffered: true });
            scrollTo({ top: document.body.scrollHeight, behavior: 'instant' });
            requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum))));
          }),
      );
      expect([name, shift]).toEqual([name, 0]);
    }
  });

  test('enlarges a picture by keyboard, and gives the focus back', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(`${docs}load-tests/`);
    const picture = page.getByRole('button', { name: /^Enlarge: Response time/ });
    await picture.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(picture).toBeFocused();
  });

  test('lets the keyboard skip a long navigation', async ({ page }) => {
    await page.goto(docs);
    await page.getByRole('link', { name: 'Skip to the text' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.text') !== null)).toBe(true);
  });

  test('is a text of its own on paper', async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    await page.goto(`${docs}deploying/`);
    await expect(tree(page)).toBeHidden();
    await expect(contents(page)).toBeHidden();
    await expect(page.getByText('Revert the merge commit')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Edit' })).toBeHidden();
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

  test('all tabs stand there with their titles, and navigation and contents open', async ({ page }) => {
    await page.goto(`${docs}deploying/`);
    await expect(tree(page).getByRole('link', { name: 'Runbook' })).toBeVisible();
    await expect(page.getByText('Revert the merge commit')).toBeVisible();
    const titles = await page.$$eval('.tabbed-block', (blocks) =>
      blocks.map((block) => getComputedStyle(block, '::before').content),
    );
    expect(titles).toEqual(['"Argo Rollouts"', '"Git"']);
    await page.setViewportSize({ width: 360, height: 800 });
    await expect(contents(page)).toBeHidden();
    await page.locator('summary', { hasText: 'On this page' }).click();
    await expect(contents(page).getByRole('link', { name: 'Roll back' })).toBeVisible();
  });
});

test.describe('the list of all docs', () => {
  test('filters, sorts, keeps its address, and leads to a tree', async ({ page }) => {
    await page.goto('/docs/');
    await expectAccessible(page);
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('checkout');
    await expect(page).toHaveURL(/\?q=checkout$/);
    await expect(page.getByRole('status')).toContainText(/\d of \d+ trees/);
    await page.getByRole('button', { name: 'Pages' }).click();
    await expect(page.getByRole('columnheader', { name: 'Pages' })).toHaveAttribute('aria-sort', 'descending');
    await page.reload();
    await expect(page.getByRole('searchbox', { name: 'Filter by any word' })).toHaveValue('checkout');
    await page
      .getByRole('row', { name: /Checkout/ })
      .getByRole('link')
      .first()
      .click();
    await expect(page).toHaveURL(docs);
  });

  test('counts the trees of each owner, and shows those of one', async ({ page }) => {
    await page.goto('/docs/');
    await page.locator('summary', { hasText: 'Owner' }).click();
    await page.getByRole('checkbox', { name: /Payments team/ }).check();
    await expect(page).toHaveURL(/owner=group:default\/payments-team/);
    await expect(page.getByRole('status')).toContainText('2 of');
    await expect(page.locator('tbody tr')).toHaveCount(2);
  });
});

test.describe('the health of the docs', () => {
  for (const width of [1440, 360])
    test(`is accessible and no wider than a window of ${width} px`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto('/docs/health/');
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });

  test('puts what is wrong first, and each number leads to its list', async ({ page }) => {
    await page.goto('/docs/');
    await page.getByRole('link', { name: 'Health of the docs' }).click();
    const worst = page.getByRole('row').nth(1);
    await expect(worst).toContainText('Data platform handbook');
    await worst.locator('td.files a').click();
    await expect(page.getByRole('status')).toContainText('1 of');
    await expect(page.getByText('datasets.md')).toBeVisible();
  });

  test('leads from a sum to the trees that it counts', async ({ page }) => {
    await page.goto('/docs/health/');
    await page
      .getByRole('link', { name: /^1 of \d+ trees/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\?fault=/);
    await expect(page.locator('filtered-list tbody tr')).toHaveCount(1);
  });

  test('leads to the components of an owner that have no docs', async ({ page }) => {
    await page.goto('/docs/health/');
    await page
      .getByRole('row', { name: /^Data team 2 of/ })
      .getByRole('link', { name: /^2 of/ })
      .click();
    await expect(page).toHaveURL(/\/catalog\/components\/\?docs=&owner=group:default\/data-team$/);
    await expect(page.locator('tbody tr')).toHaveCount(2);
  });
});
