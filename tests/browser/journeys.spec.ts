import { expect, expectAccessible, test } from './portal.ts';

const checkout = '/catalog/default/component/checkout/';

test('a service is found by a typo, its owner read, the team visited, and all it owns seen', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  await page.getByRole('combobox').last().fill('chekout servce');
  await expect(page.getByRole('option').first()).toContainText('Checkout Service');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(checkout);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Checkout Service');
  const owner = page.getByRole('banner').or(page.locator('header.entity')).getByRole('link', { name: 'Checkout team' });
  await owner.click();
  await expect(page).toHaveURL('/catalog/default/group/checkout-team/');
  await expect(page.getByRole('heading', { name: /people/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Owns \d+ things/ })).toBeVisible();
  for (const name of ['Checkout API', 'Checkout outbox', 'Checkout database'])
    await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
});

test('a department owns what its teams own', async ({ page }) => {
  await page.goto('/catalog/default/group/commerce/');
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true }).last()).toBeVisible();
  await page.getByRole('link', { name: /Components$/ }).click();
  await expect(page).toHaveURL(/\/catalog\/components\/\?within=/);
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Product Search', exact: true })).toHaveCount(0);
});

test('filters are an address, and the back button takes them away one by one', async ({ page }) => {
  await page.goto('/catalog/components/?type=website');
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true })).toHaveCount(0);
  await page.goto('/catalog/components/?owner=group:default/checkout-team&tag=go');
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toBeVisible();
});

test('the addresses that Backstage gave to filters still work', async ({ page }) => {
  await page.goto('/catalog/?filters[kind]=component&filters[type]=website');
  await expect(page.getByRole('link', { name: 'Web Storefront', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true })).toHaveCount(0);
});

test('a star stays in the browser and can be filtered by', async ({ page }) => {
  await page.goto(checkout);
  await page.getByRole('button', { name: 'Star' }).click();
  await page.goto('/catalog/components/?only=starred');
  await expect(page.getByRole('link', { name: 'Checkout Service', exact: true })).toBeVisible();
  await expect(page.locator('tbody tr')).toHaveCount(1);
});

test('problems can be narrowed to a code, and an owner has an inbox', async ({ page }) => {
  await page.goto('/problems/?code=dangling-ref');
  await expect(page.getByText('merchandizing-team')).toBeVisible();
  await expect(page.getByText('cannot be a tag')).toHaveCount(0);
  await page.goto('/catalog/default/group/merchandising-team/');
  await page.getByRole('link', { name: /problems? in what this group owns/ }).click();
  await expect(page.getByText(/depedencyOf/).first()).toBeVisible();
});

const pageTypes = {
  home: '/',
  component: checkout,
  api: '/catalog/default/api/checkout-api/',
  system: '/catalog/default/system/payments/',
  resource: '/catalog/default/resource/postgres-checkout-prod/',
  group: '/catalog/default/group/commerce/',
  user: '/catalog/default/user/amara.okafor/',
  template: '/catalog/default/template/go-service/',
  location: '/catalog/default/location/platform-templates/',
  index: '/catalog/',
  'index of a kind': '/catalog/components/',
  'empty search': '/search/',
  organisation: '/organisation/',
  problems: '/problems/',
  inbox: '/problems/default/group/merchandising-team/',
  'problem codes': '/handbook/problems/',
  handbook: '/handbook/',
  'reference of settings': '/handbook/configuration/',
};

for (const [name, path] of Object.entries(pageTypes)) {
  test(`${name}: accessible in both schemes, no wider than a phone, one main heading`, async ({ page }) => {
    const answer = await page.goto(path);
    expect(answer?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
    await page.setViewportSize({ width: 360, height: 780 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a reader gets from the home page to the people who own a service', async ({ page }) => {
    await page.goto('/');
    await page
      .getByRole('navigation', { name: 'Kinds' })
      .getByRole('link', { name: /Components/ })
      .click();
    await page.getByRole('link', { name: 'Checkout Service', exact: true }).click();
    await expect(page.getByText('4 things in 3 teams depend on this')).toBeVisible();
    await page.locator('header.entity').getByRole('link', { name: 'Checkout team' }).click();
    await expect(page.getByRole('link', { name: 'amara.okafor@acme.io' })).toBeVisible();
  });

  test('nothing is offered that only a script could do', async ({ page }) => {
    for (const path of [checkout, '/catalog/components/', '/problems/']) {
      await page.goto(path);
      for (const button of await page.getByRole('button').all()) expect(await button.isVisible()).toBe(false);
    }
  });
});

test('an entity page costs a browser little, beside its questions about now, and two that are asked once a tab', async ({
  page,
  context,
}) => {
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const [files, questions] = [new Map<string, string>(), new Map<string, string>()];
  const bytes = { all: 0, me: 0 };
  const counted = new Set<string>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    (request.url.includes('/api/') ? questions : files).set(requestId, request.url);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const url = files.get(requestId);
    // A picture that is drawn again may be asked for again, to hear that nothing changed; how often is chance.
    if (!url || counted.has(url)) return;
    counted.add(url);
    bytes[url.includes('/me.client') ? 'me' : 'all'] += encodedDataLength;
  });
  await page.goto(checkout, { waitUntil: 'networkidle' });
  // All five widgets are on it: without them it is 8 requests and 40 kB at most. Knowing who reads is one more.
  expect(new Set(files.values()).size).toBeLessThanOrEqual(10);
  expect(bytes.all).toBeLessThan(45_500);
  expect(bytes.me).toBeLessThan(4000);
  const once = [...questions.values()].filter((url) => !url.includes('/api/live/')).map((url) => new URL(url).pathname);
  expect(once.toSorted()).toEqual(['/api/build.json', '/api/me']);
});
