import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Route } from '@playwright/test';
import type { LiveAnswer } from '#model/live/answer.ts';
import { type WidgetId, widgetIds, widgets } from '#model/live/widgets.ts';
import { demoSite } from '../suite/steps.ts';
import { ago, findAsked, listAsked, states, subjectPage, toAnswer, toStatusList } from './live-answers.ts';
import { expect, expectAccessible, test } from './portal.ts';

type Told = (widget: WidgetId, now: number) => Partial<LiveAnswer>;

/** Answers every question as told; the questions that came in are counted. */
async function answer(page: Page, told: Told = () => ({})): Promise<string[]> {
  const asked: string[] = [];
  await page.route('**/api/live/**', async (route) => {
    const address = route.request().url();
    asked.push(address);
    const widget = findAsked(address);
    const now = await page.evaluate(() => Date.now());
    await route.fulfill({ json: widget ? toAnswer(widget, now, told(widget, now)) : toStatusList(listAsked(address)) });
  });
  return asked;
}

const answerWith = (page: Page, reply: (route: Route) => Promise<void>) => page.route('**/api/live/**', reply);

const of = (page: Page, widget: WidgetId) => page.locator(`[data-live="${widget}"]`);

/** Reads through the whole page, so that every widget comes into view. */
async function readThrough(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Details' }).scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, 0));
}

/** Collects how far the page has shifted; called before it loads. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if ('value' in entry && !('hadRecentInput' in entry && entry.hadRecentInput)) shifts.push(Number(entry.value));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return () =>
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const sum = () => ('shifts' in window && Array.isArray(window.shifts) ? window.shifts : [-1]);
          // A shift is told after the frame that it happened in.
          requestAnimationFrame(() =>
            requestAnimationFrame(() => resolve(sum().reduce((all: number, each: number) => all + each, 0))),
          );
        }),
    );
}

/** What every widget says in each state of its answer, besides its own words. */
const sayings: Record<string, RegExp[]> = {
  ok: [/read \d+ s ago/],
  demo: [/read \d+ s ago/],
  empty: [/nothing found/],
  partial: [/Partly read: prod-eu did not answer in time/],
  stale: [/As it was 14 min ago: prod-eu did not answer in time/, /read 14 min ago/],
  failed: [/prod-eu did not answer in time\. Try again in a minute/, /operators\.\s*Try again/],
  'not-configured': [/not configured/, /No cluster is configured\. The platform team adds one/],
};

/** What only one widget says when there is something to see. */
const contents: Record<WidgetId, RegExp[]> = {
  kubernetes: [
    /checkout-worker Deployment/,
    /CrashLoopBackOff/,
    /1 of 2 ready/,
    /14 restarts/,
    /Canary, step 2 of 5, paused/,
    /25 % on/,
  ],
  argocd: [/checkout-prod-us/, /out of sync, progressing/, /4f2a9c1/, /synced 12 min ago automatically/, /by ada/],
  github: [/Build and test/, /failed/, /took 5 min/, /#412/, /changes asked for · grace/, /draft · ada/],
  prometheus: [
    /CheckoutBudgetBurnsFast fires/,
    /99\.93 % · goal 99\.9 % in 30 d/,
    /31 % of budget left/,
    /1 h 6\.2×, 6 h 2\.1×, 3 d 0\.8×/,
  ],
  pagerduty: [/Primary\s*Ada Okafor/, /ends in 4 h|ends in 5 h/, /#1841/, /triggered, high urgency/],
};

for (const [state, told] of Object.entries(states)) {
  test(`each widget in the state ${state} says so, moves nothing and is accessible`, async ({ page }) => {
    const sumShifts = await watchShifts(page);
    await answer(page, (_widget, now) => told(now));
    await page.goto(subjectPage);
    for (const widget of widgetIds)
      for (const saying of sayings[state] ?? []) await expect(of(page, widget)).toContainText(saying);
    await expect(page.getByText('Demo data')).toBeVisible({ visible: state === 'demo' });
    await readThrough(page);
    expect(await sumShifts()).toBe(0);
    await expectAccessible(page);
  });
}

test('each widget shows what it is for', async ({ page }) => {
  await answer(page);
  await page.goto(subjectPage);
  for (const widget of widgetIds)
    for (const content of contents[widget]) await expect(of(page, widget)).toContainText(content);
  await expect(of(page, 'prometheus').getByRole('img', { name: /^Now 99\.\d+ %, lowest/ })).toBeVisible();
});

for (const width of [360, 768])
  test(`nothing shifts or overflows in a window of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const sumShifts = await watchShifts(page);
    await answer(page);
    await page.goto(subjectPage);
    await expect(of(page, 'pagerduty')).toContainText('Ada Okafor');
    await readThrough(page);
    expect(await sumShifts()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

test('the header says in one line how it is, whom to call, and leads to each widget', async ({ page }) => {
  const asked = await answer(page);
  await page.goto(subjectPage);
  const line = page.locator('[data-overview]');
  await expect(line).toContainText(/Broken\s*4 of 5 pods ready\s*out of sync\s*main failing/);
  await expect(page.locator('.facts')).toContainText('On call Ada Okafor · primary');
  await line.getByRole('link', { name: /4 of 5 pods/ }).click();
  await expect(page).toHaveURL(/#live-kubernetes$/);
  // The line and the widget share their question.
  expect(asked.filter((address) => address.includes('/kubernetes/'))).toHaveLength(1);
});

test('a list that is cut opens whole, by the keyboard, and what is open stays open', async ({ page }) => {
  await page.clock.install();
  await answer(page);
  await page.goto(subjectPage);
  const github = of(page, 'github');
  const all = github.getByRole('button', { name: 'Show all 4 workflows' });
  await expect(github).not.toContainText('Publish the docs');
  await all.focus();
  await page.keyboard.press('Enter');
  await expect(github).toContainText('Publish the docs');
  await expect(github.getByRole('button', { name: 'Show fewer' })).toBeFocused();
  const workload = of(page, 'kubernetes').locator('summary', { hasText: 'checkout-worker Deployment' });
  await workload.focus();
  await page.keyboard.press('Enter');
  const pods = of(page, 'kubernetes').getByRole('table', { name: 'Pods of checkout-worker' });
  await expect(pods).toContainText('checkout-worker-5b8c-crash');
  const again = page.waitForResponse('**/api/live/kubernetes/**');
  await page.clock.fastForward(40_000);
  await again;
  await expect(pods).toBeVisible();
  await expect(workload).toBeFocused();
});

test('a finding says what causes it and what mends it', async ({ page }) => {
  await answer(page);
  await page.goto(subjectPage);
  await of(page, 'kubernetes').locator('summary', { hasText: 'keeps crashing' }).click();
  await expect(of(page, 'kubernetes')).toContainText(/Probably\s*It exits with code 1.*To mend it\s*Read its log/s);
});

test('the end of the logs of a pod is read, followed and closed', async ({ page }) => {
  const asked = await answer(page);
  await page.route('**/api/live/log/**', async (route) => {
    const isFollowed = route.request().url().includes('follow=1');
    if (isFollowed)
      await route.fulfill({
        contentType: 'text/event-stream',
        body: 'event: lines\ndata: {"lines":["<b>third</b>"]}\n\nevent: end\ndata: {"why":"over"}\n\n',
      });
    else await route.fulfill({ json: { lines: ['first', 'second'] } });
  });
  await page.goto(subjectPage);
  const widget = of(page, 'kubernetes');
  await widget.locator('summary', { hasText: 'checkout-worker Deployment' }).click();
  const button = widget.getByRole('button', { name: 'Logs of checkout-worker-5b8c-crash' });
  await button.click();
  const logs = widget.getByRole('region', { name: 'Logs of checkout-worker-5b8c-crash' });
  await expect(logs.locator('pre')).toHaveText('first\nsecond');
  await expect(logs.locator('pre')).toHaveAttribute('aria-live', 'off');
  await logs.getByRole('button', { name: 'Follow' }).click();
  await expect(logs.locator('pre')).toContainText('second\n<b>third</b>');
  await expect(logs).toContainText('The container has written its last line');
  await expectAccessible(page);
  await logs.getByRole('button', { name: 'Close' }).click();
  await expect(button).toBeFocused();
  expect(asked.every((address) => !address.includes('/log/'))).toBe(true);
});

test('what an upstream names is text, never markup', async ({ page }) => {
  const hostile = '<img src=x onerror=alert(1)>';
  await answer(page, (widget, now) => {
    if (widget !== 'github') return {};
    const { data } = toAnswer('github', now);
    const told = JSON.parse(JSON.stringify(data).replaceAll('Build and test', hostile));
    return { data: told, status: { level: 'broken', words: hostile } };
  });
  await page.goto(subjectPage);
  await expect(of(page, 'github')).toContainText(hostile);
  await expect(of(page, 'github').locator('img')).toHaveCount(0);
});

test('an address that is no web address is no link', async ({ page }) => {
  await answer(page, (widget, now) => {
    if (widget !== 'github') return {};
    const { data } = toAnswer('github', now);
    return { data: JSON.parse(JSON.stringify(data).replaceAll(/https:[^"]*runs\/812/g, 'javascript:alert(1)')) };
  });
  await page.goto(subjectPage);
  await expect(of(page, 'github')).toContainText('Build and test');
  await expect(of(page, 'github').getByRole('link', { name: 'Build and test' })).toHaveCount(0);
});

test('a slow answer is waited for in words, and moves nothing when it comes', async ({ page }) => {
  await page.clock.install();
  const sumShifts = await watchShifts(page);
  const waiting: Route[] = [];
  await answerWith(page, async (route) => void waiting.push(route));
  await page.goto(subjectPage);
  await expect(of(page, 'argocd')).toContainText('Asking Argo CD');
  await page.clock.fastForward(6000);
  await expect(of(page, 'argocd')).toContainText('Still waiting for Argo CD');
  const now = await page.evaluate(() => Date.now());
  for (const route of waiting) {
    const widget = findAsked(route.request().url());
    await route.fulfill({ json: widget ? toAnswer(widget, now) : toStatusList(listAsked(route.request().url())) });
  }
  await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
  expect(await sumShifts()).toBe(0);
});

test('ages keep true while nothing is asked', async ({ page }) => {
  await page.clock.install();
  await answer(page, (_widget, now) => ({ readAt: ago(now, 310), again: 3600 }));
  await page.goto(subjectPage);
  await expect(of(page, 'argocd')).toContainText('read 5 min ago');
  await page.clock.fastForward(120_000);
  await expect(of(page, 'argocd')).toContainText('read 7 min ago');
});

test('a widget is asked again only while the page is seen', async ({ page }) => {
  await page.clock.install();
  const asked = await answer(page);
  await page.goto(subjectPage);
  await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
  const count = () => asked.filter((address) => address.includes('/argocd/')).length;
  const again = page.waitForResponse('**/api/live/argocd/**');
  await page.clock.fastForward(35_000);
  await again;
  expect(count()).toBe(2);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.clock.fastForward(600_000);
  await page.clock.runFor(60_000);
  expect(count()).toBe(2);
  const awake = page.waitForResponse('**/api/live/argocd/**');
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await awake;
  expect(count()).toBe(3);
});

test('an answer that has not changed is not sent again', async ({ page }) => {
  await page.clock.install();
  const tags: (string | undefined)[] = [];
  await answerWith(page, async (route) => {
    const address = route.request().url();
    const widget = findAsked(address);
    if (widget === 'argocd') tags.push(route.request().headers()['if-none-match']);
    const now = await page.evaluate(() => Date.now());
    if (widget && tags.at(-1) === '"a1"' && widget === 'argocd') await route.fulfill({ status: 304 });
    else if (widget) await route.fulfill({ headers: { etag: '"a1"' }, json: toAnswer(widget, now) });
    else await route.fulfill({ json: toStatusList(listAsked(address)) });
  });
  await page.goto(subjectPage);
  await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
  const again = page.waitForResponse('**/api/live/argocd/**');
  await page.clock.fastForward(40_000);
  await again;
  expect(tags).toEqual([undefined, '"a1"']);
  await expect(of(page, 'argocd')).toContainText(/read (\d\d s|1 min) ago/);
  await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
});

test.describe('when the proxy does not answer', () => {
  test.use({ expectedComplaints: [/\/api\/live\/|icons\.svg/] });

  test('trying again asks again, and says what came of it', async ({ page }) => {
    let isDown = true;
    await answerWith(page, async (route) => {
      const address = route.request().url();
      const widget = findAsked(address);
      const refusal = { error: { code: 'busy', what: 'The proxy is busy', mend: 'Try again in a moment.' } };
      if (isDown) await route.fulfill({ status: 503, json: refusal });
      else await route.fulfill({ json: widget ? toAnswer(widget, Date.now()) : toStatusList(listAsked(address)) });
    });
    await page.goto(subjectPage);
    await expect(of(page, 'argocd')).toContainText('The proxy is busy. Try again in a moment.');
    await expect(page.locator('[data-overview]')).toContainText('Deployments: no answer');
    isDown = false;
    await of(page, 'argocd').getByRole('button', { name: 'Try again' }).press('Enter');
    await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
    await expect(of(page, 'argocd').getByRole('status')).toHaveText('Deployments: out of sync');
  });

  test('failures are asked about less and less often', async ({ page }) => {
    await page.clock.install();
    let count = 0;
    await answerWith(page, async (route) => {
      if (findAsked(route.request().url()) === 'argocd') count += 1;
      await route.abort();
    });
    await page.goto(subjectPage);
    await expect(of(page, 'argocd')).toContainText('The portal’s live proxy cannot be reached');
    for (let second = 0; second < 60; second += 1) await page.clock.runFor(1000);
    expect(count).toBeLessThanOrEqual(4);
  });

  test('whoever is signed out is told to sign in again', async ({ page }) => {
    await answerWith(page, (route) =>
      route.fulfill({ status: 401, json: { error: { code: 'unauthorised', what: 'Who are you?', mend: 'Sign in.' } } }),
    );
    await page.goto(subjectPage);
    for (const widget of widgetIds)
      await expect(of(page, widget).getByRole('link', { name: 'Sign in again' })).toBeVisible();
    await expectAccessible(page);
  });

  for (const [served, status] of [
    ['a page that is not found', 404],
    ['a page in place of an answer', 200],
  ] as const)
    test(`a site without a proxy that serves ${served} says it in one quiet line`, async ({ page }) => {
      const sumShifts = await watchShifts(page);
      await answerWith(page, (route) => route.fulfill({ status, contentType: 'text/html', body: '<p>A page' }));
      await page.goto(subjectPage);
      for (const widget of widgetIds) {
        await expect(of(page, widget)).toContainText('This copy of the portal has no live data.');
        await expect(of(page, widget).getByRole('button')).toHaveCount(0);
      }
      await expect(page.locator('[data-overview]')).toContainText('No live data');
      expect(await sumShifts()).toBe(0);
      await expectAccessible(page);
    });

  test('whoever is offline keeps what was read, with its age', async ({ page, context }) => {
    await answer(page);
    await page.goto(subjectPage);
    await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
    await context.setOffline(true);
    await expect(of(page, 'argocd')).toContainText(/You are offline: as it was \d+ s ago/);
    await expect(of(page, 'argocd')).toContainText('checkout-prod-us');
    await context.setOffline(false);
    await expect(of(page, 'argocd')).not.toContainText('You are offline');
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('each widget leads to the system that owns it, and no skeleton waits', async ({ page }) => {
    await page.goto(subjectPage);
    for (const { id, system } of widgets) {
      await expect(of(page, id).getByRole('link').first()).toBeVisible();
      await expect(of(page, id)).toContainText(system);
      await expect(of(page, id).locator('.skeleton')).toBeHidden();
    }
    await expect(page.locator('[data-overview]')).toBeHidden();
  });
});

test.describe('lists', () => {
  test('the catalog says how each row in view is, in one question, and moves nothing', async ({ page }) => {
    const sumShifts = await watchShifts(page);
    const asked = await answer(page);
    await page.goto('/catalog/');
    const row = page.getByRole('row', { name: /Checkout Service/ });
    await expect(row.getByRole('img')).toHaveAccessibleName(/^(Healthy|Needs attention|Broken|Unknown): /);
    expect(asked).toHaveLength(1);
    const refs = listAsked(asked[0] ?? '');
    expect(refs).toContain('component:default/checkout');
    expect(refs.length).toBeLessThan(20);
    expect(await sumShifts()).toBe(0);
    await expectAccessible(page);
  });

  test('rows that a filter draws are asked for too', async ({ page }) => {
    const asked = await answer(page);
    await page.goto('/catalog/?q=storefront');
    const row = page.getByRole('row', { name: /Web Storefront/ });
    await expect(row.locator('live-status').getByRole('img')).toBeVisible();
    expect(asked.flatMap(listAsked)).toContain('component:default/web-storefront');
  });

  test('a group says who is on call for each of its services', async ({ page }) => {
    await answer(page);
    await page.goto('/catalog/default/group/checkout-team/');
    const table = page.getByRole('table', { name: 'Who is on call for what this group owns' });
    await table.scrollIntoViewIfNeeded();
    await expect(table.getByRole('row', { name: /Checkout Service/ })).toContainText(/Ada Okafor\s*6 of 6 pods ready/);
    await expectAccessible(page);
  });

  test('what is hit says whom to call', async ({ page }) => {
    await answer(page);
    await page.goto(subjectPage);
    const table = page.getByRole('table', { name: 'What depends on this' });
    await expect(table.getByRole('columnheader', { name: 'On call' })).toBeVisible();
    await expect(table.getByRole('row', { name: /Mobile Gateway/ })).toContainText('Ada Okafor');
  });
});

/** Every script that a page moves by itself, with what those import. */
function listScripts(page: string): Set<string> {
  const html = readFileSync(join(demoSite, page, 'index.html'), 'utf8');
  const found = new Set([...html.matchAll(/src="\/(_astro\/[^"]+\.js)"/g)].map(([, file]) => file ?? ''));
  for (const file of found)
    for (const [, near] of readFileSync(join(demoSite, file), 'utf8').matchAll(/(?:from|import)\s*"(\.\/[^"]+)"/g))
      found.add(join(dirname(file), near ?? ''));
  return found;
}

test('a page with all five widgets moves less than 25 kB of script, compressed', () => {
  const scripts = [...listScripts(subjectPage)];
  expect(scripts.some((file) => file.includes('NowSection'))).toBe(true);
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(join(demoSite, file))).length, 0);
  expect(bytes).toBeLessThan(25_000);
});
