import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { listen } from '../../scripts/io/listen.ts';
import { createStaticServer } from '../../scripts/io/static-server.ts';
import { demoSite } from '../suite/steps.ts';
import { answerQuietly } from './live-answers.ts';

type Options = {
  /** Complaints of the browser that a test provokes on purpose. */
  expectedComplaints: RegExp[];
};
type Automatic = { complaints: string[]; quiet: undefined };
type PerWorker = { address: string };

/** Collects what goes wrong in a page: exceptions, console errors, policy violations, answers that are no success. */
function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request: ${request.url()} ${reason}`);
  });
  return complaints;
}

/**
 * A Playwright test on the built demo: the address `/` is its home page, and a page that complains fails the test. Questions about
 * now are answered with nothing, and nobody is signed in, unless a test routes them elsewhere.
 */
export const test = base.extend<Options & Automatic, PerWorker>({
  expectedComplaints: [[], { option: true }],
  address: [
    async ({ playwright: _ }, use) => {
      if (!existsSync(demoSite)) throw new Error(`${demoSite} is missing: \`npm test\` builds it before these tests.`);
      const server = createStaticServer({ folder: demoSite });
      await use(`http://127.0.0.1:${await listen(server, 0)}`);
      server.closeAllConnections();
      server.close();
    },
    { scope: 'worker' },
  ],
  quiet: [
    async ({ page }, use) => {
      await page.route('**/api/live/**', answerQuietly);
      await page.route('**/api/me', (route) => route.fulfill({ json: { user: null } }));
      await use(undefined);
    },
    { auto: true },
  ],
  baseURL: ({ address }, use) => use(address),
  complaints: [
    async ({ page, expectedComplaints }, use) => {
      const complaints = collectComplaints(page);
      await use(complaints);
      expect(complaints.filter((line) => !expectedComplaints.some((expected) => expected.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Expects that the page, as it stands, is accessible in the light and in the dark colour scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${colorScheme}: ${id} (${help}) at ${node.target.join(' ')}`),
    );
    expect(found).toEqual([]);
  }
}

export { expect };
