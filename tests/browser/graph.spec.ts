import { readFile } from 'node:fs/promises';
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
    await expect(section.getByText('All that depends on this as')).toBeHidden();
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

for (const [name, ending, text] of [
  ['CSV', 'csv', 'component:default/storefront-bff'],
  ['JSON', 'json', '"total":4'],
  ['Markdown', 'md', '## If Checkout Service is down'],
] as const)
  for (const address of [graph, entity])
    test(`${address} gives all that depends on it as ${name}, made when it is asked for`, async ({ page }) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await page.goto(address);
      const button = page.getByRole('button', { name, exact: true });
      await expect(button).toBeVisible();
      // Where graphs are walked through, the graph of everything is there already.
      const late = address === entity ? ['/api/graph.json', 'save-blast'] : ['save-blast'];
      expect(asked.filter((path) => late.some((each) => path.includes(each)))).toEqual([]);
      const waiting = page.waitForEvent('download');
      await button.click();
      const download = await waiting;
      expect(download.suggestedFilename()).toBe(`checkout-blast-radius.${ending}`);
      expect(await readFile(await download.path(), 'utf8')).toContain(text);
    });

test.describe('where the graph cannot be had', () => {
  test.use({ expectedComplaints: [/graph\.json/] });

  test('a page says so', async ({ page }) => {
    await page.route('**/api/graph.json', (route) => route.fulfill({ status: 503 }));
    await page.goto(graph);
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    await expect(page.getByText('The graph could not be loaded.')).toBeVisible();
  });
});

test('beside a graph is its text for Mermaid', async ({ page, request }) => {
  await page.goto(graph);
  const address = await page.getByRole('link', { name: 'Mermaid', exact: true }).getAttribute('href');
  const answer = await request.get(address ?? '');
  expect(answer.headers()['content-type']).toContain('text/plain');
  expect(await answer.text()).toMatch(/^flowchart LR/);
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
