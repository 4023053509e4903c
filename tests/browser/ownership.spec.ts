import { expect, expectAccessible, test } from './portal.ts';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('an entity says whom to ask, by name, and the others are one step away', async ({ page }) => {
    await page.goto('/catalog/default/component/checkout/');
    const facts = page.locator('header.entity dl');
    await expect(facts.getByRole('link', { name: 'Amara Okafor' })).toBeVisible();
    await expect(facts.getByRole('link', { name: 'checkout@acme.io' })).toHaveAttribute('href', /^mailto:/);
    await facts.getByRole('link', { name: '3 more' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checkout team');
  });

  test('several owners are all there, each with people who can be written to', async ({ page }) => {
    await page.goto('/catalog/default/component/design-system/');
    const facts = page.locator('header.entity dl');
    await expect(facts).toContainText(/Owner\s*Storefront team/);
    await expect(facts).toContainText(/and\s*Mobile team/);
    await expect(facts.getByRole('link', { name: /^Ben Whitlock: / })).toHaveAttribute('href', /^mailto:/);
    await expect(page.getByRole('region', { name: 'Problems' })).toContainText('Backstage ignores');
  });

  test('an owner who is nowhere is marked, and who can be asked instead is named', async ({ page }) => {
    await page.goto('/catalog/default/component/search-indexer/');
    const facts = page.locator('header.entity dl');
    await expect(facts.locator('.nobody')).toContainText('not in the catalog');
    await expect(facts).toContainText(/Ask instead\s*Merchandising team/);
  });

  test('CODEOWNERS that say otherwise are a problem of the component, at their line', async ({ page }) => {
    await page.goto('/catalog/default/component/returns/');
    const problems = page.getByRole('region', { name: 'Problems' });
    await expect(problems).toContainText('CODEOWNERS gives this to');
    await expect(problems.getByRole('link', { name: /CODEOWNERS:2/ })).toHaveAttribute('href', /\/CODEOWNERS#L2$/);
  });

  test('every key is in a table, kind by kind, with its owner', async ({ page }) => {
    await page.goto('/ownership/');
    await page
      .getByRole('navigation', { name: 'Kinds of keys' })
      .getByRole('link', { name: /PagerDuty/ })
      .click();
    await expect(page.locator('#pagerdutyService')).toBeInViewport();
    await expect(page.getByRole('row', { name: /^PPAY8K2/ })).toContainText('Payments team');
  });

  test('the health of the catalog begins with what has nobody to ask', async ({ page }) => {
    await page.goto('/health/');
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('Nobody to ask');
    await expect(page.getByRole('region', { name: 'Nobody to ask' })).toContainText('merchandizing-team');
    const owners = page.getByRole('table', { name: /by owner/ }).getByRole('row');
    await expect(owners.nth(1)).toContainText('merchandizing-team');
  });
});

test('a key is looked up by its beginning, by the keyboard alone, and the address says so', async ({ page }) => {
  await page.goto('/ownership/');
  await page.getByRole('searchbox', { name: /Repository, alert/ }).focus();
  await page.keyboard.type('payments-g');
  const rows = page.getByRole('table').locator('tbody tr');
  await expect(rows.first()).toContainText('payments-gateway');
  await expect(page).toHaveURL(/q=payments-g/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('https://github.com/acme/returns');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('acme/returns');
});

test('a kind of key narrows the table in place', async ({ page }) => {
  await page.goto('/ownership/');
  await page
    .getByRole('navigation', { name: 'Kinds of keys' })
    .getByRole('link', { name: /Prometheus alert/ })
    .click();
  await expect(page.getByRole('table').locator('tbody tr')).toHaveCount(4);
  await expect(page).toHaveURL(/key=prometheusAlert/);
});

test('the numbers of the health page lead to lists with as many things', async ({ page }) => {
  await page.goto('/health/');
  const row = page.getByRole('table', { name: /Share of each kind/ }).getByRole('row', { name: /^Component/ });
  await row.getByRole('link', { name: '2 without' }).click();
  await expect(page.getByRole('status').first()).toContainText('2 of 21');
  await page.goto('/health/');
  await page.getByRole('region', { name: 'Nobody to ask' }).getByRole('link', { name: '1 entity' }).first().click();
  await expect(page.getByRole('status').first()).toHaveText(/^\s*1 of \d+ entities/);
  await expect(page.getByRole('table').locator('tbody tr')).toContainText('Search indexer');
  await page.goto('/health/');
  const owner = page.getByRole('table', { name: /by owner/ }).getByRole('row', { name: /^Payments team/ });
  const words = await owner.getByRole('link', { name: / of / }).last().textContent();
  await owner.getByRole('link', { name: / of / }).last().click();
  await expect(page.getByRole('status').first()).toContainText(`${words?.split(' ')[0]} of `);
});

test('programs get the same as JSON', async ({ request }) => {
  const { version, keys, entities, owners } = await (await request.get('/api/ownership.json')).json();
  expect(version).toBe(1);
  const [ref] = keys.pagerdutyService.PPAY8K2;
  const [owner] = entities[ref].owners;
  expect(owners[owner].contacts[0]).toEqual({ url: 'mailto:payments@acme.io', title: 'payments@acme.io' });
});

for (const path of ['/ownership/', '/health/', '/catalog/default/component/design-system/']) {
  test(`${path} fits a phone and is accessible`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expectAccessible(page);
  });
}
