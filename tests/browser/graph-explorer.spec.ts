import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { toBigGraph } from './big-graph.ts';
import { expect, expectAccessible, test } from './portal.ts';

const checkout = '/catalog/default/component/checkout/graph/';
const payments = '/catalog/default/system/payments/graph/';

/** Opens a graph and waits until a script has taken it over. */
async function open(page: Page, address = checkout) {
  await page.goto(address);
  await expect(page.locator('.graph.live[aria-busy="false"] .node').first()).toBeVisible();
  return page.locator('.graph.live');
}

const node = (page: Page, name: string) => page.locator('.graph.live .node', { hasText: name });
const said = (page: Page) => page.locator('.said');

test('a click selects a node, and says whose it is and where its page is', async ({ page }) => {
  await open(page);
  await node(page, 'Inventory Service').click();
  await expect(page).toHaveURL(/checkout\/graph\/$/);
  const panel = page.getByRole('region', { name: 'Selected node' });
  await expect(panel).toContainText('Owner Supply team');
  await panel.getByRole('link', { name: 'Go to page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inventory Service');
});

test('with Ctrl a node is the link that it looks like', async ({ page, context }) => {
  await open(page);
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    node(page, 'Inventory Service').click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await expect(tab).toHaveURL(/\/component\/inventory\/$/);
});

test('a double click centres, the address says so, and one can go back and forward', async ({ page }) => {
  await open(page);
  await node(page, 'Inventory Service').dblclick();
  await expect(said(page)).toContainText('Centred on Inventory Service');
  await expect(page).toHaveURL(/centre=component%3Adefault%2Finventory/);
  await expect(page.getByRole('group', { name: 'Graph of Inventory Service' })).toBeVisible();
  await page.goBack();
  await expect(said(page)).toContainText('Centred on Checkout Service; 15 nodes');
  await page.goForward();
  await expect(said(page)).toContainText('Centred on Inventory Service');
  await page.getByRole('button', { name: 'Back to Checkout Service' }).click();
  await expect(said(page)).toContainText('Centred on Checkout Service');
});

test('what is chosen is in the address, and comes back with it', async ({ page }) => {
  await open(page);
  await page.getByLabel('Steps').selectOption('1');
  await expect(said(page)).toContainText('6 nodes, 9 more farther away');
  await page.getByLabel('Show', { exact: true }).selectOption('What it needs');
  await page.getByLabel('Colour by').selectOption('Owner');
  await page.locator('summary', { hasText: 'Everything' }).click();
  await page.getByLabel('Consumes an API').uncheck();
  await expect(page).toHaveURL(/depth=1&show=needs&without=consumesApi&colour=owner/);
  await page.reload();
  await expect(said(page)).toContainText('3 nodes');
  await expect(page.getByLabel('Colour by')).toHaveValue('owner');
  await expect(page.getByRole('list', { name: 'Owners' })).toContainText('Supply team');
  await expect(node(page, 'Mobile Gateway')).toHaveCount(0);
});

test('an address that means nothing shows the graph as it is', async ({ page }) => {
  await open(page, `${checkout}?depth=-1&centre=component:default/nothing&colour=<b>&to=javascript:alert(1)&open=%00`);
  await expect(said(page)).toContainText('Centred on Checkout Service; 15 nodes');
});

test('the shortest path to another entity is drawn and told; where there is none, that is said', async ({ page }) => {
  await open(page);
  await page.getByRole('combobox', { name: 'Path to' }).fill('aurora');
  await page
    .locator('.choices')
    .getByRole('option', { name: /Aurora cluster prod-us/ })
    .click();
  const words = page.locator('.way-words');
  await expect(words).toHaveText(
    'Checkout Service depends on Checkout database, which depends on Aurora cluster prod-us.',
  );
  await expect(page.locator('.edge.way')).toHaveCount(2);
  await expect(node(page, 'Mobile Gateway')).toHaveClass(/dim/);
  await expect(page).toHaveURL(/to=resource/);
  await page.getByRole('combobox', { name: 'Path to' }).fill('design');
  await page.locator('.choices [role=option]').first().click();
  await expect(words).toContainText('Nothing leads from Checkout Service to');
  await page.getByRole('button', { name: 'Clear the path' }).click();
  await expect(words).toBeHidden();
});

test('a node is found by its name, wherever it is in the organisation', async ({ page }) => {
  await open(page);
  const field = page.getByRole('combobox', { name: 'Find' });
  await field.fill('inventory serv');
  await field.press('Enter');
  await expect(node(page, 'Inventory Service')).toBeFocused();
  await field.fill('product search');
  await expect(page.locator('.choices [role=option]').first()).toContainText('not shown');
  await field.press('Enter');
  await expect(said(page)).toContainText(/Centred on Product search/i);
});

test('the keyboard is enough: along edges, centre, zoom, and out again', async ({ page }) => {
  await open(page);
  await page.locator('.tools summary').focus();
  await page.keyboard.press('Tab');
  await expect(node(page, 'Checkout Service').first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.graph.live .node:focus')).toContainText(/Inventory Service|Checkout database/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(node(page, 'Inventory Service')).toBeFocused();
  const before = (await node(page, 'Inventory Service').boundingBox())?.width ?? 0;
  await page.keyboard.press('+');
  await expect
    .poll(async () => (await node(page, 'Inventory Service').boundingBox())?.width ?? 0)
    .toBeGreaterThan(before);
  await page.keyboard.press('0');
  await page.keyboard.press('Enter');
  await expect(said(page)).toContainText('Centred on Inventory Service');
  await expect(node(page, 'Inventory Service')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Selected node' })).toContainText('Choose a node');
});

test('dragging moves the picture and presses nothing; Ctrl and the wheel zoom', async ({ page }) => {
  const stage = await open(page);
  const start = await node(page, 'Inventory Service').boundingBox();
  const box = await stage.boundingBox();
  if (!start || !box) throw new Error('Nothing is drawn.');
  await page.mouse.move(start.x + 20, start.y + 10);
  await page.mouse.down();
  await page.mouse.move(start.x - 60, start.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () => Math.abs(((await node(page, 'Inventory Service').boundingBox())?.x ?? 0) - start.x + 80))
    .toBeLessThan(2);
  await expect(page).toHaveURL(/checkout\/graph\/$/);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await expect
    .poll(async () => (await node(page, 'Inventory Service').boundingBox())?.width ?? 0)
    .toBeGreaterThan(start.width);
});

for (const [form, name, begins] of [
  ['SVG', 'checkout-graph.svg', '<svg '],
  ['PNG', 'checkout-graph.png', '\u{fffd}PNG'],
  ['Mermaid', 'checkout-graph.mmd', 'flowchart LR'],
  ['JSON', 'checkout-graph.json', '{"version":1'],
] as const)
  test(`what is shown can be taken away as ${form}`, async ({ page }) => {
    await open(page, `${checkout}?depth=1&colour=kind`);
    await page.locator('.tools summary').click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: `Download as ${form}` }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(name);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.startsWith(begins)).toBe(true);
    if (form === 'PNG') return;
    expect(text).toContain('Mobile Gateway');
    expect(text).not.toContain('Returns Service');
    if (form === 'SVG') expect(text).not.toMatch(/<use|class=|var\(/);
  });

test('a system is centred on all its parts', async ({ page }) => {
  await open(page, payments);
  await expect(said(page)).toContainText('Centred on Payments');
  expect(await page.locator('.graph.live .self').count()).toBeGreaterThan(5);
});

test('a thousand nodes are folded, open on demand, and can be moved', async ({ page }) => {
  const big = toBigGraph('component:default/checkout', 1000, 1800);
  await page.route(/graph\.json$/, (route) => route.fulfill({ json: big }));
  const stage = await open(page, `${checkout}?depth=all`);
  await expect(said(page)).toContainText(/nodes are folded into \d+ by system/);
  const folded = await page.locator('.graph.live .node').count();
  expect(folded).toBeLessThanOrEqual(150);
  await page.locator('.graph.live .fold').first().dispatchEvent('dblclick');
  await expect.poll(() => page.locator('.graph.live .node').count()).toBeGreaterThan(folded);
  await page.getByRole('button', { name: 'Open all folds' }).click();
  await expect(said(page)).toContainText(/9\d\d nodes|1,000 nodes/);
  await expect(stage).toHaveAttribute('aria-busy', 'false');
  const svg = stage.locator('svg');
  const before = await svg.evaluate((element) => element.style.transform);
  const box = await stage.boundingBox();
  if (!box) throw new Error('Nothing is drawn.');
  await page.mouse.move(box.x + 300, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 400, box.y + 240, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => svg.evaluate((element) => element.style.transform)).not.toBe(before);
  await page.getByRole('button', { name: 'Fit all of it' }).click();
  await expect(svg).toHaveClass(/far/);
});

test('names are text and nothing else', async ({ page }) => {
  const name = '<img src=x onerror=alert(1)>"\'';
  const ref = 'component:default/checkout';
  const nodes = [
    { ref, label: name, type: name },
    { ref: 'component:default/other', label: name },
  ];
  const file = { version: 1, nodes, types: ['dependsOn'], edges: [[0, 1, 0]], left: { dependents: 0, needs: 0 } };
  await page.route(/graph\.json$/, (route) => route.fulfill({ json: file }));
  await open(page);
  await page.locator('.graph.live .node').last().click();
  await expect(page.getByRole('region', { name: 'Selected node' })).toContainText(name);
  expect(await page.locator('.explorer img').count()).toBe(0);
});

test.describe('where the graph cannot be loaded', () => {
  test.use({ expectedComplaints: [/404/] });

  test('the picture that came with the page stays', async ({ page }) => {
    await page.route(/graph\.json$/, (route) => route.fulfill({ status: 404 }));
    await page.goto(checkout);
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.graph:not(.live) .self')).toBeVisible();
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('there are no controls and no room for any', async ({ page }) => {
    await page.goto(checkout);
    await expect(page.locator('[data-controls]')).toBeHidden();
    await expect(page.locator('.graph .self')).toBeVisible();
  });
});

test('nothing moves by itself where less motion is asked for', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  const durations = await page
    .locator('.graph.live .node')
    .evaluateAll((nodes) => nodes.map((each) => getComputedStyle(each).transitionDuration));
  expect(new Set(durations)).toEqual(new Set(['0s']));
});

test('on a phone everything has room, and the page does not scroll sideways', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page, `${checkout}?colour=owner`);
  await expect(node(page, 'Checkout Service').first()).toBeInViewport({ ratio: 0.9 });
  await page.getByRole('button', { name: 'Options' }).click();
  await page.locator('.tools summary').click();
  await expect(page.getByRole('button', { name: 'Download as SVG' })).toBeInViewport({ ratio: 1 });
  await page.getByRole('combobox', { name: 'Path to' }).fill('a');
  await expect(page.locator('.choices [role=option]').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('pages of entities load nothing of it', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('/catalog/default/component/checkout/');
  await page.waitForLoadState('networkidle');
  expect(loaded.filter((address) => /explore|layout\.worker|graph\.json|graph\.astro/.test(address))).toEqual([]);
});

for (const query of ['', '?colour=owner&to=component:default/inventory', '?centre=component:default/inventory&depth=2'])
  test(`a graph with ${query || 'nothing chosen'} is accessible`, async ({ page }) => {
    await open(page, `${checkout}${query}`);
    await node(page, 'Inventory Service').click();
    await page.locator('summary[aria-label^="Kinds"]').click();
    await expectAccessible(page);
  });
