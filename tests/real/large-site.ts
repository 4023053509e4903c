import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPublishTools } from '../../scripts/io/publish-tools.ts';
import { type Outcome, publish, type Source } from '../../scripts/publish/publish.ts';
import { usualOptions } from '../../scripts/publish/site.fixture.ts';
import type { PublishedBucket } from './publishing.ts';
import { createS3Front } from './s3-front.ts';

const files = 30_000;
const changed = files / 100;

const toText = (at: number, version: string) => {
  const words = createHash('sha256').update(`${at} ${version}`).digest('hex');
  return `<!doctype html><title>Page ${at}</title>\n${`<p>${words} is what page ${at} says.</p>\n`.repeat(40)}`;
};

/** A site of pages that are made as they are asked for; the first of them have a version of their own. */
function toLargeSite(version: string): Source {
  const findText = (path: string) => {
    const at = Number(/\d+/.exec(path)?.[0]);
    return Buffer.from(toText(at, at < changed ? version : 'first'));
  };
  const paths = Array.from({ length: files }, (_, at) => `pages/${at}/index.html`);
  const entries = paths.map((path) => {
    const bytes = findText(path);
    return [path, { digest: createHash('sha256').update(bytes).digest('base64url'), bytes: bytes.length }] as const;
  });
  return { files: new Map(entries), entities: { shop: 10 }, read: async (path) => findText(path) };
}

const toPercent = (share: number) => `${Math.round(share * 100)} %`;

/** Publishes a large site for the first time, with a hundredth changed, and as it is; says what each took. */
export function measureLargeSite(name: string, bucket: PublishedBucket): void {
  test(`of ${files} files on ${name}, what changed and five requests are asked`, { timeout: 900_000 }, async () => {
    const prefix = randomUUID();
    const front = await createS3Front(bucket.url());
    const put = async (what: string, site: Source, url: string): Promise<Outcome> => {
      const tools = createPublishTools({ version: '1', tell: () => undefined, signal: new AbortController().signal });
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      const store = bucket.open(prefix, url);
      const outcome = await publish(store, async () => site, { ...usualOptions, parallel: 32 }, tools);
      store.close();
      const seconds = (performance.now() - started) / 1000;
      const { user, system } = process.cpuUsage(cpu);
      const rest = `${toPercent((user + system) / 1e6 / seconds)} of a processor, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`;
      console.log(`${what}: ${outcome.meter.requests} requests, ${seconds.toFixed(1)} s, ${rest}`);
      return outcome;
    };
    await put(`${files} files for the first time`, toLargeSite('first'), bucket.url());
    await put(`${files} files, ${changed} changed`, toLargeSite('second'), front.url);
    expect(front.passed.length).toBeLessThanOrEqual(changed + 5);
    front.passed.length = 0;
    await put(`${files} files, none changed`, toLargeSite('second'), front.url);
    expect(front.passed.length).toBeLessThanOrEqual(5);
    await front.stop();
  });
}
