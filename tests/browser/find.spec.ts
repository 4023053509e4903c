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

test.describe('docs', () => {
  const docs = '/docs/default/component/checkout/';
  const field = (page: Page) => page.getByRole('combobox', { name: 'Search these docs' });

  test('are found section by section, each with an address of its own', async ({ page }) => {
    await page.goto('/search/?q=retry&kind=Documentation');
    await expect(page.getByRole('heading', { name: /^Documentation/ })).toBeVisible();
    const section = page.locator('.sections').getByRole('link', { name: 'Consequences' });
    await expect(section).toHaveAttribute('href', /\/docs\/default\/component\/checkout\/.+\/#consequences$/);
    await expect(page.locator('.sections mark').first()).toHaveText(/retr/);
    await expectAccessible(page);
    await section.click();
    await expect(page.locator('#consequences')).toBeInViewport();
  });

  for (const words of ['CHECKOUT_INVENTORY_TIMEOUT', 'guest-checkout', 'inventory:9000', '"payment intent"'])
    test(`are found by ${words}`, async ({ page }) => {
      await page.goto(`/search/?${new URLSearchParams({ q: words, kind: 'Documentation' })}`);
      await expect(page.locator('.answer mark').first()).toBeVisible();
    });

  test('of one entity are searched alone, until that is given up', async ({ page }) => {
    await page.goto('/search/?q=payment&tree=component:default/checkout');
    await expect(status(page)).toHaveText(/with “payment” in these docs$/);
    const paths = await page
      .locator('[data-result]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    expect(paths.filter((path) => !path?.startsWith(docs))).toEqual([]);
    await expectAccessible(page);
    await page.getByRole('link', { name: /^Checkout Service ?, search everything$/ }).click();
    await expect(page).toHaveURL(/\/search\/\?q=payment$/);
    await expect(status(page)).toHaveText(/with “payment”$/);
  });

  test('that hold nothing lead to everything', async ({ page }) => {
    await page.goto('/search/?q=sepia&tree=component:default/checkout');
    await expect(page.getByText('Nothing in these docs.')).toBeVisible();
    await page.getByRole('link', { name: 'Search everything', exact: true }).click();
    await expect(page).toHaveURL(/\/search\/\?q=sepia$/);
  });

  test('suggest their sections while one reads them, by keyboard', async ({ page }) => {
    await page.goto(docs);
    await page.keyboard.press('s');
    await expect(field(page)).toBeFocused();
    await page.keyboard.type('retry');
    await expect(page.getByRole('option').first()).toContainText(/Consequences/);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/#consequences$/);
  });

  test('without a suggestion chosen, Enter answers on the search page', async ({ page }) => {
    await page.goto(docs);
    await field(page)
      .or(page.getByRole('searchbox', { name: 'Search these docs' }))
      .fill('zzzz');
    await expect(page.getByRole('option')).toContainText(['Nothing in these docs. Search everything for “zzzz”']);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/search\/\?tree=component%3Adefault%2Fcheckout&q=zzzz$/);
    await expect(page.getByText('Nothing in these docs.')).toBeVisible();
  });

  test('load nothing for searching before somebody searches', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(docs, { waitUntil: 'networkidle' });
    expect(asked.filter((url) => /pagefind|suggestions|docs-rows/.test(url))).toEqual([]);
    await page.keyboard.press('s');
    await expect.poll(() => asked.some((url) => url.includes('/pagefind/'))).toBe(true);
  });

  test('are searched from a narrow window, whose list stays inside it', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(docs);
    await page.keyboard.press('s');
    await page.keyboard.type('retry');
    await expect(page.getByRole('option').first()).toBeVisible();
    const box = await page.getByRole('listbox').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the field of a docs tree asks the search page for this tree', async ({ page }) => {
    await page.goto('/docs/default/component/checkout/');
    await page.getByRole('searchbox', { name: 'Search these docs' }).fill('retry');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/search\/\?tree=component%3Adefault%2Fcheckout&q=retry$/);
  });

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
