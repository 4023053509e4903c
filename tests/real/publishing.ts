import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Store } from '../../scripts/ports.ts';
import { claimKey } from '../../scripts/publish/manifest.ts';
import { type FindSource, publish } from '../../scripts/publish/publish.ts';
import { PublishRefusal } from '../../scripts/publish/refusal.ts';
import { createRollback } from '../../scripts/publish/rollback.ts';
import {
  createClock,
  createTestTools,
  type Texts,
  toSource,
  usualOptions,
} from '../../scripts/publish/site.fixture.ts';
import { toFile } from '../stores/store-contract.ts';
import { createS3Front, type Mishap, type S3Front } from './s3-front.ts';

/** The bucket that is published to: how to open a place in it, how a reader reads of it, and where it answers. */
export type PublishedBucket = {
  url: () => string;
  open: (prefix: string, url?: string) => Store;
  /** A file as anybody is served it; undefined where there is none. */
  read: (prefix: string, key: string) => Promise<string | undefined>;
};

const pages = 12;

/** A site of pages that need a file each, whose name changes with the release; all of them say which one it is. */
const toTexts = (release: string): Texts =>
  Object.fromEntries(
    Array.from({ length: pages }, (_, at) => {
      const asset = `_astro/page${at}.${release}.js`;
      return [
        [asset, `// ${release}`],
        [`pages/${at}/index.html`, `release ${release}\nneeds ${asset}\n${'text '.repeat(300)}`],
      ] as const;
    }).flat(),
  );

/** What a page of these needs. */
const listNeeds = (text: string) => [...text.matchAll(/^needs (.+)$/gm)].map(([, path = '']) => path);

const toRelease = (at: number) => at.toString(36).padStart(8, '0');

/** What publishing asks of a machine whose clock is ahead by so much. */
const createTools = (ahead = 0) =>
  createTestTools({ ...createClock(), now: () => Date.now() + ahead }, { token: randomUUID() });
const afterTheLease = 11 * 60_000;

const put = (store: Store, texts: Texts, ahead = 0, findSource: FindSource = async () => toSource(texts)) =>
  publish(store, findSource, usualOptions, createTools(ahead));

/** Publishes again and again while somebody else has the claim. */
async function putInTurn(store: Store, texts: Texts): Promise<void> {
  for (;;) {
    const refusal = await put(store, texts).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refusal === undefined) return;
    if (!(refusal instanceof PublishRefusal)) throw refusal;
    await setTimeout(20 + Math.random() * 60);
  }
}

/** Holds publishing to what it promises, on a real store. */
export function describePublishing(name: string, bucket: PublishedBucket): void {
  /** What a reader finds: the releases of all pages, and the files that they need and that are not there. */
  const look = async (prefix: string) => {
    const found = new Set<string>();
    const lacking: string[] = [];
    for (let at = 0; at < pages; at += 1) {
      const page = await bucket.read(prefix, `pages/${at}/index.html`);
      if (page === undefined) continue;
      found.add(/^release (.+)$/m.exec(page)?.[1] ?? '');
      for (const need of listNeeds(page)) if ((await bucket.read(prefix, need)) === undefined) lacking.push(need);
    }
    return { releases: [...found], lacking };
  };

  describe(`publishing to ${name}`, () => {
    let front: S3Front;
    beforeAll(async () => {
      front = await createS3Front(bucket.url());
    });
    afterAll(() => front?.stop());

    test('of twenty that publish at once, one does, in each round', async () => {
      const prefix = randomUUID();
      for (let round = 0; round < 4; round += 1) {
        // In the last round somebody was killed before, and all of them may take what is left.
        const ahead = round === 3 ? afterTheLease : 0;
        if (round === 3) await leaveClaim(bucket.open(prefix));
        const { winners, refused } = await race(bucket, prefix, round, ahead);
        expect([winners.length, refused]).toEqual([1, 19]);
        expect(await look(prefix)).toEqual({ releases: winners, lacking: [] });
      }
    });

    test('twenty that take turns do not mix, and no reader lacks a file', async () => {
      const prefix = randomUUID();
      await put(bucket.open(prefix), toTexts(toRelease(0)));
      let isOver = false;
      const reading = (async () => {
        const lacking: string[] = [];
        while (!isOver) lacking.push(...(await look(prefix)).lacking);
        return lacking;
      })();
      const turns = Array.from({ length: 20 }, (_, at) => putInTurn(bucket.open(prefix), toTexts(toRelease(at + 1))));
      await Promise.all(turns).finally(() => {
        isOver = true;
      });
      expect(await reading).toEqual([]);
      const { releases, lacking } = await look(prefix);
      expect([releases.length, lacking]).toEqual([1, []]);
    });

    test('an earlier release is put back from what the bucket keeps', async () => {
      const prefix = randomUUID();
      const store = bucket.open(prefix);
      for (const at of [1, 2]) await put(store, toTexts(toRelease(at)));
      const tools = createTools();
      const { release } = await publish(store, createRollback(undefined, tools), usualOptions, tools);
      expect(release.number).toBe(3);
      expect(await look(prefix)).toEqual({ releases: [toRelease(1)], lacking: [] });
    });

    test('what did not change is not asked about', async () => {
      const prefix = randomUUID();
      await put(bucket.open(prefix), toTexts(toRelease(1)));
      const changed = { ...toTexts(toRelease(1)), 'pages/3/index.html': `release ${toRelease(1)}\nanother text` };
      front.choose(() => undefined);
      front.passed.length = 0;
      await put(bucket.open(prefix, front.url), changed);
      expect(front.passed.filter(({ method, path }) => isOfSite(method, path))).toHaveLength(1);
      expect(front.passed.length).toBeLessThanOrEqual(1 + 5);
    });

    test.each<[Mishap, number]>([
      [503, 1],
      [503, 9],
      ['cut', 3],
      ['cut', 20],
      ['cut after', 1],
      ['cut after', 9],
      ['cut after', 26],
      ['cut after', 27],
    ])('%s at request %i does not stop it', async (mishap, place) => {
      const prefix = randomUUID();
      front.passed.length = 0;
      front.choose((_, at) => (at === place ? mishap : undefined));
      await put(bucket.open(prefix, front.url), toTexts(toRelease(1)));
      expect(await look(prefix)).toEqual({ releases: [toRelease(1)], lacking: [] });
    });

    test.each<[Mishap, number, string]>([
      [403, 1, 'does not allow'],
      [403, 10, 'does not allow to write'],
      [404, 12, 'does not answer as S3 does'],
      [503, 11, '503 (SlowDown) to each of'],
      ['cut', 12, 'did not answer in time'],
      ['cut after', 24, 'did not answer in time'],
    ])('after %s from request %i on, readers lack nothing, and the next one goes on from there', async (...row) => {
      const [mishap, place, words] = row;
      const prefix = randomUUID();
      await put(bucket.open(prefix), toTexts(toRelease(1)));
      front.passed.length = 0;
      front.choose((_, at) => (at >= place ? mishap : undefined));
      const failed = await put(bucket.open(prefix, front.url), toTexts(toRelease(2))).catch((error: unknown) => error);
      expect(failed).toHaveProperty('hint');
      expect(String(failed)).toContain(words);
      expect((await look(prefix)).lacking).toEqual([]);
      const written = front.passed.filter(({ method, path }, at) => at + 1 < place && isOfSite(method, path)).length;
      front.passed.length = 0;
      front.choose(() => undefined);
      await put(bucket.open(prefix, front.url), toTexts(toRelease(2)), afterTheLease);
      expect(await look(prefix)).toEqual({ releases: [toRelease(2)], lacking: [] });
      const again = front.passed.filter(({ method, path }) => isOfSite(method, path)).length;
      expect(again).toBeLessThanOrEqual(2 * pages - written);
    });
  });
}

const isOfSite = (method: string, path: string) => method === 'PUT' && !path.includes('_portolan/');

/** A claim whose time is over, of somebody who was killed. */
const leaveClaim = (store: Store) => {
  const past = new Date(Date.now() - 60_000).toISOString();
  return store.putFile(
    toFile(claimKey, JSON.stringify({ version: 1, token: randomUUID(), by: 'somebody', since: past, until: past })),
  );
};

/** Twenty publish a release of their own; who has the claim waits until all others know. */
async function race(bucket: PublishedBucket, prefix: string, round: number, ahead: number) {
  const winners: string[] = [];
  let refused = 0;
  const publishers = Array.from({ length: 20 }, async (_, at) => {
    const release = toRelease(round * 100 + at);
    const findSource: FindSource = async () => {
      while (refused < 19) await setTimeout(10);
      return toSource(toTexts(release));
    };
    try {
      await put(bucket.open(prefix), {}, ahead, findSource);
      winners.push(release);
    } catch (error) {
      if (!(error instanceof PublishRefusal)) throw error;
      refused += 1;
    }
  });
  await Promise.all(publishers);
  return { winners, refused };
}
