import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumWords, createMachine, installChromium } from '../../scripts/io/chromium.ts';
import { claimKey } from '../../scripts/publish/manifest.ts';
import { answerQuietly } from '../browser/live-answers.ts';
import { toFile } from '../stores/store-contract.ts';
import type { PublishedBucket } from './publishing.ts';
import { type Ran, runPortolan } from './run-portolan.ts';
import { createS3Front, type S3Front } from './s3-front.ts';

/** A bucket that the command publishes to, and that serves what is published as a web site. */
export type WebBucket = PublishedBucket & {
  name: string;
  /** What the environment of somebody has who may publish. */
  environment: () => Record<string, string>;
  /** Where the bucket is as a web site, without a slash at its end. */
  website: () => string;
};

const base = 'portal';
const root = 'examples/acme';

/** Opens a page, and collects what goes wrong in it: exceptions, console errors, files that are not there. */
async function openPage(browser: Browser): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('pageerror', ({ message }) => complaints.push(`exception: ${message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('response', (answer) => {
    if (answer.status() >= 400) complaints.push(`${answer.status()}: ${answer.url()}`);
  });
  // No proxy stands beside this site.
  await page.route('**/api/live/**', answerQuietly);
  await page.route('**/api/me', (route) => route.fulfill({ json: { user: null } }));
  return { page, complaints };
}

/** Publishes the built demo with the command, and reads it in a browser. */
export function describePublishedDemo(name: string, bucket: WebBucket): void {
  describe(`the demo on ${name}`, () => {
    let folder: string;
    let site: string;
    let browser: Browser;
    let front: S3Front;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'portolan-published-'));
      site = join(folder, 'site');
      front = await createS3Front(bucket.url());
      const below = join(folder, 'below.yaml');
      writeFileSync(below, JSON.stringify({ portal: { base: `/${base}/` } }));
      const places = ['--snapshot', join(folder, 'snapshot'), '--out', site];
      const { code, said } = await runPortolan([
        ...['build', '--root', root, '--config', 'app-config.yaml', '--config', below],
        ...places,
      ]);
      if (code !== 0) throw new Error(said);
      browser = await chromium.launch({
        executablePath: installChromium(createMachine(chromium.executablePath())),
        chromiumSandbox: false,
        // A bucket is a web site by its name, which no server of names knows.
        args: [...chromiumWords, '--host-resolver-rules=MAP *.localhost 127.0.0.1'],
      });
    }, 300_000);
    afterAll(async () => {
      await browser?.close();
      await front?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Runs a command at a place in the bucket; `meet` is told of its process. */
    const run = (command: string, prefix: string, words: string[] = [], meet?: Parameters<typeof runPortolan>[2]) =>
      runPortolan([command, `s3://${bucket.name}/${prefix}`, ...words], bucket.environment(), meet);
    const publish = (prefix: string, words: string[] = [], meet?: Parameters<typeof runPortolan>[2]): Promise<Ran> =>
      run('publish', prefix, ['--root', root, '--out', site, '--endpoint', front.url, ...words], meet);
    const isOfSite = ({ method, path }: { method: string; path: string }) =>
      method === 'PUT' && !path.includes('_portolan/');
    const countSite = () => readdirSync(site, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());

    test('a publisher that is killed is gone on from, and what is there is not written again', async () => {
      const prefix = randomUUID();
      front.passed.length = 0;
      const killed = await publish(prefix, ['--parallel', '4'], (child) =>
        front.choose((request) => {
          if (front.passed.filter(isOfSite).length === 200 && isOfSite(request)) child.kill('SIGKILL');
          return undefined;
        }),
      );
      front.choose(() => undefined);
      expect(killed.code).toBeNull();
      const before = front.passed.filter(isOfSite).length;
      const refused = await publish(prefix);
      expect([refused.code, refused.said]).toEqual([1, expect.stringContaining('its claim is over at')]);

      await endClaim(bucket, prefix);
      front.passed.length = 0;
      const { code, said } = await publish(prefix);
      expect([code, said]).toEqual([0, expect.any(String)]);
      const all = countSite().length;
      const again = front.passed.filter(isOfSite).length;
      console.log(`Killed after ${before} of ${all} files; ${again} were written by the next one.`);
      // Those that were under way may have arrived or not.
      expect(again).toBeLessThanOrEqual(all - before + 4);
      front.passed.length = 0;
      expect((await publish(prefix)).code).toBe(0);
      expect(front.passed.length).toBeLessThanOrEqual(5);
    });

    test('is published with the headers that browsers need', async () => {
      expect(await publish(base)).toMatchObject({ code: 0 });
      const ask = async (key: string) => {
        const { status, headers } = await fetch(`${bucket.url()}/${bucket.name}/${base}/${key}`);
        return [status, ...['content-type', 'cache-control', 'content-encoding'].map((each) => headers.get(each))];
      };
      const [style = ''] = readdirSync(join(site, '_astro')).filter((file) => file.endsWith('.css'));
      const shortly = 'public, max-age=60, must-revalidate';
      expect(await ask('index.html')).toEqual([200, 'text/html; charset=utf-8', shortly, 'gzip']);
      expect(await ask(`_astro/${style}`)).toEqual([
        ...[200, 'text/css; charset=utf-8', 'public, max-age=31536000, immutable', 'gzip'],
      ]);
      expect(await ask('_portolan/manifest.json')).toEqual([403, 'application/xml', null, null]);
    });

    test('is read from the bucket: an entity, docs, search, and what is not there', async () => {
      const { page, complaints } = await openPage(browser);
      const home = `${bucket.website()}/${base}/`;
      await page.goto(home);
      await page.waitForLoadState('networkidle');
      await page.goto(`${home}catalog/default/component/checkout/`);
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Checkout Service');
      await page.waitForLoadState('networkidle');
      await page.goto(`${home}docs/default/component/checkout/`);
      expect(await page.getByRole('heading', { level: 1 }).first().isVisible()).toBe(true);
      await page.waitForLoadState('networkidle');
      await page.goto(`${home}search/?q=checkout`);
      await page.locator('mark').first().waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.getByRole('heading', { name: 'Names' }).isVisible()).toBe(true);
      await page.keyboard.press('Control+k');
      await page.keyboard.type('pay-gw');
      await page.getByRole('option').first().filter({ hasText: 'payments-gateway' }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/component/payments-gateway/');
      await page.waitForLoadState('networkidle');
      expect(complaints).toEqual([]);
      // Whoever may not list a bucket is not told that something is not there, but that it may not be read.
      const missing = await page.goto(`${home}catalog/default/component/nobody/`);
      expect([missing?.status(), await page.title()]).toEqual([403, 'There is no such page · Acme developer portal']);
      await page.close();
    });

    test('is put back by the command', async () => {
      const prefix = randomUUID();
      await publish(prefix);
      const first = await bucket.read(prefix, 'index.html');
      writeFileSync(join(site, 'index.html'), `${first} `);
      const words = ['--root', root, '--endpoint', front.url];
      expect(await publish(prefix)).toMatchObject({ code: 0 });
      expect(await bucket.read(prefix, 'index.html')).toBe(`${first} `);
      expect(await run('rollback', prefix, words)).toMatchObject({ code: 0 });
      expect(await bucket.read(prefix, 'index.html')).toBe(first);
      writeFileSync(join(site, 'index.html'), first ?? '');
    });
  });
}

/** Makes the claim of somebody who was killed one whose time is over. */
async function endClaim(bucket: PublishedBucket, prefix: string): Promise<void> {
  const store = bucket.open(prefix);
  const found = await store.fetchFile(claimKey);
  const claim = JSON.parse(new TextDecoder().decode(found?.bytes));
  await store.putFile(toFile(claimKey, JSON.stringify({ ...claim, until: new Date(0).toISOString() })));
  store.close();
}
