import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './portal.ts';

const readAt = '2026-03-02T02:00:00Z';
const checkout = '/catalog/default/component/checkout/';
const banner = (page: Page) => page.getByRole('status').filter({ hasText: 'old' });

/** Sets the clock of the browser so many hours behind the time at which the site was read, but for one source that was read later. */
async function openLater(page: Page, hours: number, change: object = {}): Promise<{ asked: number }> {
  const counted = { asked: 0 };
  await page.route('**/api/build.json', async (route) => {
    counted.asked += 1;
    const file = await (await route.fetch()).json();
    const [first] = file.sources;
    const sources = [
      { ...first, readAt },
      { ...first, name: 'read later', readAt: '2026-03-03T22:00:00Z' },
    ];
    await route.fulfill({ json: { ...file, readAt, sources, ...change } });
  });
  await page.clock.install({ time: new Date(Date.parse(readAt) + hours * 3_600_000) });
  return counted;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.clock.runFor(5000);
}

test('the footer says how old the portal is, asked once for all pages of a tab, again after ten minutes', async ({
  page,
}) => {
  const counted = await openLater(page, 5);
  await open(page, '/');
  const link = page.getByRole('contentinfo').getByRole('link', { name: 'About this portal, read 5 hours ago' });
  await expect(link).toBeVisible();
  await expect(link.locator('time')).toHaveAttribute('datetime', readAt);
  await expect(link.locator('time')).toHaveAttribute('title', /2 Mar 2026/);
  await open(page, checkout);
  await expect(link).toBeVisible();
  expect(counted.asked).toBe(1);
  await page.clock.fastForward('11:00');
  await open(page, checkout);
  await expect.poll(() => counted.asked).toBe(2);
  await expect(banner(page)).toHaveCount(0);
  await link.click();
  await expect(page).toHaveURL('/about/');
});

test('what is older than it may be is said on every page without moving it, until it is hidden', async ({ page }) => {
  await openLater(page, 48);
  await open(page, checkout);
  await expect(banner(page)).toContainText('Some of what this portal shows is 2 days old (repositories)');
  await expect(banner(page)).toContainText('last read on 2 Mar 2026');
  expect((await page.locator('header.bar').boundingBox())?.y).toBe(0);
  await expect(banner(page)).toBeInViewport({ ratio: 1 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.goto('/problems/');
  await page.clock.runFor(100);
  await expect(banner(page)).toBeVisible();
  await banner(page).getByRole('button', { name: 'Hide' }).click();
  await expect(banner(page)).toHaveCount(0);
  await expect(page.locator('#content')).toBeFocused();
  await open(page, '/docs/');
  await expect(banner(page)).toHaveCount(0);
});

for (const [name, hours, change, words] of [
  ['all sources are old', 100, {}, 'What this portal shows is 4 days old:'],
  ['it may be older', 48, { staleAfter: 180_000 }, undefined],
  ['it is never too old', 10_000, { staleAfter: undefined }, undefined],
  ['the clock is behind', -50, {}, undefined],
  ['it does not say', 48, { readAt: 'yesterday' }, undefined],
] as const)
  test(`${name}: ${words ?? 'no banner'}`, async ({ page }) => {
    const counted = await openLater(page, hours, change);
    await open(page, '/');
    await expect.poll(() => counted.asked).toBe(1);
    await page.clock.runFor(1000);
    if (words) await expect(banner(page)).toContainText(words);
    else await expect(banner(page)).toHaveCount(0);
  });

test('the page about the portal lists every repository, finds one, and says how old each source is', async ({
  page,
}) => {
  await openLater(page, 30);
  await open(page, '/about/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('About this portal');
  await expect(page.getByText(/^Portolan \d+\.\d+\.\d+/)).toBeVisible();
  const sources = page.getByRole('table', { name: 'What the portal was read from' });
  await expect(sources.getByRole('row', { name: /^repositories/ })).toContainText('yesterday');
  await expectAccessible(page);
  const list = page.getByRole('table', { name: /repositories and their commits/ });
  await expect(list.getByRole('link', { name: 'payments-gateway' })).toHaveAttribute(
    'href',
    'https://github.com/acme/payments-gateway',
  );
  const before = await list.locator('tbody tr').filter({ hasText: 'payments-gateway' }).innerHTML();
  await page.getByRole('searchbox', { name: 'Repository, branch or commit' }).fill('payments');
  await expect(list.locator('tbody tr')).toHaveCount(1);
  expect(await list.locator('tbody tr').innerHTML()).toBe(before);
  await page.setViewportSize({ width: 360, height: 780 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test('build.json is the one file with the time of the build', async ({ request }) => {
  const file = await (await request.get('/api/build.json')).json();
  expect(file).toMatchObject({ version: 1, staleAfter: 129_600, repositories: 15, stale: 0 });
  expect(Date.parse(file.readAt)).toBeGreaterThan(Date.parse('2026-01-01'));
  const page = await (await request.get('/about/')).text();
  expect(page).not.toContain(file.readAt.slice(0, 10));
});
