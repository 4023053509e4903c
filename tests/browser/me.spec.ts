import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './portal.ts';

const yuki = {
  ref: 'user:default/yuki.tanabe',
  title: 'Yuki Tanabe',
  groups: ['group:default/acme', 'group:default/customer-experience', 'group:default/merchandising-team'],
};
const team = '/catalog/default/group/merchandising-team/';
const mine = /\?owner=user:default\/yuki\.tanabe&owner=group:default\/acme&owner=.*merchandising-team$/;
const menu = (page: Page) => page.locator('header.bar .me details');

/** Says who reads, and counts how often a page asks. */
async function signIn(page: Page, user: object | null = yuki): Promise<{ asked: number }> {
  const counted = { asked: 0 };
  await page.route('**/api/me', (route) => {
    counted.asked += 1;
    return route.fulfill({ json: { user } });
  });
  return counted;
}

test('who is signed in is greeted with what is theirs, asked once for all pages of a tab', async ({ page }) => {
  const counted = await signIn(page);
  await page.goto('/');
  const section = page.getByRole('region', { name: 'Hello, Yuki' });
  await expect(section).toContainText('2 Components');
  await expect(section.getByRole('link', { name: 'Merchandising', exact: true })).toBeVisible();
  await expectAccessible(page);
  await section.getByRole('link', { name: '1 error' }).click();
  await expect(page).toHaveURL(/\/problems\/\?owner=.*&level=error$/);
  await expect(page.getByRole('status').first()).toContainText('1 of ');
  await page.goto('/');
  await expect(section.getByRole('link', { name: '2 Components' })).toHaveAttribute(
    'href',
    /^\/catalog\/components\/\?owner=/,
  );
  await section.getByRole('link', { name: '2 Components' }).click();
  await expect(page.getByRole('status').first()).toContainText('2 of 21');
  expect(counted.asked).toBe(1);
});

test('the menu leads to their page, things, inbox and teams; g m goes there by keyboard', async ({ page }) => {
  await signIn(page);
  await page.goto('/docs/');
  await menu(page).getByLabel('Yuki Tanabe').click();
  for (const name of ['My page', 'Owned by me', 'My inbox', 'Merchandising team'])
    await expect(menu(page).getByRole('link', { name, exact: true })).toBeVisible();
  await expect(menu(page).getByRole('button', { name: 'Sign out' })).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 360, height: 780 });
  const box = await menu(page).locator('.menu').boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
  const [home, button] = await Promise.all([
    page.locator('header.bar .home').boundingBox(),
    menu(page).locator('summary').boundingBox(),
  ]);
  expect(button?.y, 'all in one line').toBeLessThan((home?.y ?? 0) + (home?.height ?? 0));
  await page.keyboard.press('Escape');
  await expect(menu(page).locator('.menu')).toBeHidden();
  await expect(menu(page).locator('summary')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Go to My page');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL('/catalog/default/user/yuki.tanabe/');
  await expect(page.getByText('This is you')).toBeVisible();
});

test('a list is narrowed to what is theirs by owners, so that the address means the same to others', async ({
  page,
}) => {
  await signIn(page);
  await page.goto('/catalog/components/');
  const button = page.getByRole('button', { name: 'Owned by me' });
  await expect(page.getByText('I am', { exact: false }).first()).toBeHidden();
  await button.click();
  await expect(page).toHaveURL(mine);
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await button.click();
  await expect(page).toHaveURL('/catalog/components/');
  await page.goto('/catalog/components/?only=mine&type=service');
  await expect(page).toHaveURL(/\?type=service&owner=user:default\/yuki/);
  await expect(page.locator('tbody tr')).toHaveCount(2);
});

test('an address with owners shows the same to whoever is not signed in', async ({ page }) => {
  await page.goto('/catalog/components/?owner=user:default/yuki.tanabe&owner=group:default/merchandising-team');
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Owned by me' })).toHaveAttribute('aria-pressed', 'false');
  await expect(page.locator('details[data-me]')).toBeVisible();
});

test('a group says that its reader is in it, and pages of problems and owners lead to their inbox', async ({
  page,
}) => {
  await signIn(page);
  await page.goto(team);
  await expect(page.getByText('You are in this group')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/catalog/default/group/data-team/');
  await expect(page.locator('.me details')).toBeVisible();
  await expect(page.getByText('You are in this group')).toHaveCount(0);
  for (const path of ['/ownership/', '/health/', '/problems/default/group/data-team/']) {
    await page.goto(path);
    await expect(page.getByRole('link', { name: 'My inbox' }).last()).toHaveAttribute('href', /^\/problems\/\?owner=/);
  }
  await page.goto('/problems/');
  await page.getByRole('button', { name: 'Owned by me' }).click();
  await expect(page.getByRole('status').first()).toContainText('2 of ');
});

test('somebody whom the catalog does not know, or nobody, sees the portal as it is', async ({ page }) => {
  const counted = await signIn(page, null);
  await page.goto('/');
  await expect.poll(() => counted.asked).toBe(1);
  await expect(page.locator('[data-mine-section]')).toBeHidden();
  await expect(page.locator('.me details')).toHaveCount(0);
  await page.goto('/ownership/');
  await expect(page.getByRole('button', { name: 'Owned by me' })).toBeHidden();
  await expect(page.getByRole('link', { name: 'My inbox' })).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL('/ownership/');
  expect(counted.asked).toBe(1);
});

test.describe('when it cannot be told who reads', () => {
  test.use({ expectedComplaints: [/api\/me/] });

  for (const [name, status, body] of [
    ['the session is over', 401, '{"code":"sign-in"}'],
    ['there is no proxy', 404, 'no such page'],
    ['the proxy is down', 503, ''],
    ['the answer is of another kind', 200, '<html>Sign in</html>'],
  ] as const)
    test(`${name}: everything works without it`, async ({ page }) => {
      await page.route('**/api/me', (route) => route.fulfill({ status, body }));
      const answered = page.waitForResponse('**/api/me');
      await page.goto('/');
      await answered;
      await expect(page.locator('[data-mine-section]')).toBeHidden();
      await page.goto('/catalog/components/');
      await page.getByRole('button', { name: 'Owned by me' }).click();
      await expect(page.getByRole('searchbox', { name: 'Find yourself or your team' })).toBeVisible();
    });

  test('a proxy that never answers keeps nobody waiting', async ({ page }) => {
    await page.route('**/api/me', () => undefined);
    await page.goto('/catalog/components/');
    await page.getByRole('searchbox', { name: 'Filter by any word' }).fill('pricing');
    await expect(page.locator('tbody tr')).toHaveCount(1);
  });

  test('whoever was signed out is forgotten', async ({ page }) => {
    await page.clock.install();
    await signIn(page);
    await page.goto(team);
    await page.clock.runFor(5000);
    await expect(menu(page)).toBeVisible();
    await page.route('**/api/me', (route) => route.fulfill({ status: 401, body: '{}' }));
    await page.goto('/docs/');
    await expect(menu(page)).toBeVisible();
    await page.clock.fastForward('11:00');
    await page.goto('/docs/');
    await page.clock.runFor(5000);
    await expect(menu(page)).toHaveCount(0);
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('nothing is offered that only somebody known could use, and build.json is a link', async ({ page }) => {
    await page.goto('/ownership/');
    await expect(page.getByRole('link', { name: 'My inbox' })).toBeHidden();
    await expect(page.locator('[data-me-menu]')).toBeHidden();
    await page.getByRole('link', { name: 'About this portal' }).click();
    await expect(page.getByRole('table', { name: /repositories and their commits/ }).getByRole('row')).toHaveCount(16);
    await expect(page.getByRole('link', { name: 'build.json', exact: true })).toHaveAttribute(
      'href',
      '/api/build.json',
    );
  });
});
