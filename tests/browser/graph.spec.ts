import { expect, expectAccessible, test } from './portal.ts';

const entity = '/catalog/default/component/checkout/';
const graph = `${entity}graph/`;
const aurora = '/catalog/default/resource/aurora-prod-us/graph/';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a graph is drawn, its nodes lead to their pages, and a table says the same', async ({ page }) => {
    await page.goto(graph);
    const picture = page.getByRole('group', { name: 'Graph of Checkout Service' });
    await expect(picture.locator('.self')).toContainText('Checkout Service');
    await expect(page.getByRole('table', { name: /What depends on it/ }).getByRole('row')).toHaveCount(8);
    await expect(page.getByRole('table', { name: /What it needs/ })).toContainText('Inventory Service');
    await picture.getByRole('link', { name: /Inventory Service/ }).click();
    await expect(page).toHaveURL(/\/component\/inventory\/$/);
  });

  test('an entity says who is hit when it is down, whom to tell, and by which way', async ({ page }) => {
    await page.goto(entity);
    const section = page.getByRole('region', { name: 'If this is down' });
    await expect(section).toContainText('4 things in 3 teams depend on this');
    await expect(section.getByRole('row', { name: /Storefront backend/ })).toContainText('through Checkout API');
    await expect(section.getByRole('link', { name: 'storefront@acme.io' })).toHaveAttribute('href', /^mailto:/);
    await page.getByRole('link', { name: 'The whole graph' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Graph of Checkout Service');
  });
});

test('what is missing is drawn as missing, and is no link', async ({ page }) => {
  await page.goto('/catalog/default/component/design-system/graph/');
  const missing = page.locator('.graph .absent').first();
  await expect(missing).toContainText('not in the catalog');
  await expect(missing).not.toHaveAttribute('href', /./);
});

test('a graph that is wider than its box brings its subject into sight, and the page does not scroll sideways', async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(aurora);
  await expect(page.locator('.graph .self')).toBeInViewport({ ratio: 0.9 });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test('the blast radius is there as files', async ({ page, request }) => {
  await page.goto(graph);
  for (const [name, type] of [
    ['CSV', 'text/csv'],
    ['Markdown', 'text/markdown'],
    ['Mermaid', 'text/plain'],
  ]) {
    const address = await page.getByRole('link', { name, exact: true }).getAttribute('href');
    const answer = await request.get(address ?? '');
    expect(answer.headers()['content-type']).toContain(type);
  }
});

test('the landscape leads to domains and systems', async ({ page }) => {
  await page.goto('/catalog/systems/');
  await page.getByRole('link', { name: 'See them as a landscape' }).click();
  const picture = page.getByRole('group', { name: 'Domains and systems' });
  await expect(picture.getByRole('link', { name: 'Commerce' })).toBeVisible();
  await picture.getByRole('link', { name: /Payments/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Payments');
});

for (const address of [graph, '/catalog/default/system/payments/', '/landscape/', entity])
  test(`${address} is accessible`, async ({ page }) => {
    await page.goto(address);
    await expectAccessible(page);
  });
