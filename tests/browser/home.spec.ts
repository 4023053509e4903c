import { expect, expectAccessible, test } from './portal.ts';

test('the home page has one heading, is in a language, and is accessible', async ({ page }) => {
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  await expect(page.locator('html')).toHaveAttribute('lang', /^[a-z]{2}/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expectAccessible(page);
});

test.describe('an address that leads nowhere', () => {
  test.use({ expectedComplaints: [/status of 404/] });

  test('says so and leads home', async ({ page }) => {
    const answer = await page.goto('/there/is/no/such/page/');
    expect(answer?.status()).toBe(404);
    await expect(page.locator('a[href="/"]').first()).toBeVisible();
    await expectAccessible(page);
  });
});
