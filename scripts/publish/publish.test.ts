import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PortalError } from '../portal-error.ts';
import { claimKey, formatManifest, manifestKey, parseManifest } from './manifest.ts';
import { prune } from './prune.ts';
import { type PublishOptions, planOnly, publish } from './publish.ts';
import { PublishRefusal } from './refusal.ts';
import { createRollback } from './rollback.ts';
import {
  type Clock,
  createClock,
  createTestTools,
  listLacking,
  type Texts,
  toServed,
  toSource,
  usualOptions,
} from './site.fixture.ts';
import { createMemoryBucket, Killed, type MemoryBucket, type OpenOptions, toStoreFault } from './store.fixture.ts';
import type { PublishTools } from './tools.ts';

const hour = 3_600_000;
const day = 24 * hour;

type World = { bucket: MemoryBucket; clock: Clock };
const createWorld = (): World => ({ bucket: createMemoryBucket(), clock: createClock() });

type Rest = { options?: Partial<PublishOptions>; store?: OpenOptions; tools?: Partial<PublishTools> };

/** Publishes texts as one process would; answers what came of it, and what it asked of the store. */
async function put({ bucket, clock }: World, texts: Texts, { options, store, tools }: Rest = {}) {
  const opened = bucket.open(store);
  const outcome = await publish(
    opened,
    async () => toSource(texts),
    { ...usualOptions, ...options },
    createTestTools(clock, tools),
  );
  return { ...outcome, requests: opened.requests, total: opened.total() };
}

const goBack = ({ bucket, clock }: World, to?: string, store?: OpenOptions) => {
  const tools = createTestTools(clock);
  return publish(bucket.open(store), createRollback(to, tools), { ...usualOptions, adopts: true }, tools);
};

const readManifest = ({ bucket }: World) => {
  const text = new TextDecoder().decode(gunzipSync(bucket.files.get(manifestKey)?.bytes ?? new Uint8Array()));
  const parsed = parseManifest(text);
  if (parsed.fault !== undefined) throw new Error(parsed.fault);
  return parsed.value;
};

/** Ten pages with an asset each; `version` is what changes of those that are named. */
const toTexts = (version: string, changed: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]): Texts =>
  Object.fromEntries(
    Array.from({ length: 10 }, (_, at) => {
      const own = changed.includes(at) ? version : 'first';
      const asset = `_astro/page${at}.${own.padEnd(8, 'x').slice(0, 8)}.js`;
      return [
        [asset, `asset ${at} ${own}`],
        [`pages/${at}/index.html`, `page ${at} ${own}\nneeds ${asset}\n${'text '.repeat(300)}`],
      ] as const;
    }).flat(),
  );

test('a first publish puts everything there, with its headers, and gives the claim back', async () => {
  const world = createWorld();
  const { release, written, isNew } = await put(world, toTexts('first'));
  expect([release.number, written, isNew]).toEqual([1, 20, true]);
  expect(toServed(world.bucket)).toEqual(toTexts('first'));
  expect(world.bucket.files.has(claimKey)).toBe(false);
  expect(world.bucket.files.get('pages/0/index.html')).toMatchObject({
    type: 'text/html; charset=utf-8',
    cacheControl: 'public, max-age=60, must-revalidate',
    encoding: 'gzip',
  });
  expect(world.bucket.files.get('_astro/page0.firstxxx.js')).toMatchObject({
    type: 'text/javascript; charset=utf-8',
    cacheControl: 'public, max-age=31536000, immutable',
  });
});

test('of 30,000 files with 300 changed, 300 are written, and five requests are made beside them', async () => {
  const world = createWorld();
  const toMany = (version: string) =>
    Object.fromEntries(
      Array.from({ length: 30_000 }, (_, at) => [
        `catalog/default/component/c${at}/index.html`,
        `page ${at} ${at % 100 === 0 ? version : ''}`,
      ]),
    );
  await put(world, toMany('1'));
  const { requests, written, total } = await put(world, toMany('2'));
  expect(written).toBe(300);
  expect(requests).toEqual({ gets: 1, puts: 300 + 3, lists: 0, removals: 1 });
  expect(total).toBe(305);
  expect(world.bucket.files.get(manifestKey)?.bytes.length).toBeLessThan(4_000_000);
});

test('the same site again changes nothing, and is no new release', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const before = new Map(world.bucket.files);
  world.clock.move(day);
  const again = await put(world, toTexts('first'));
  expect([again.isNew, again.written, again.release.number, again.total]).toEqual([false, 0, 1, 3]);
  expect(world.bucket.files).toEqual(before);
});

test('files come before what refers to them, and changed pages last', async () => {
  const world = createWorld();
  await put(world, { ...toTexts('first'), 'api/rows.json': 'one' });
  const keys: string[] = [];
  const store = { meet: ({ what, key }: { what: string; key: string }) => void (what === 'put' && keys.push(key)) };
  const next = { ...toTexts('second', [3]), 'api/rows.json': 'two', 'pages/new/index.html': 'new' };
  await put(world, next, { store, options: { parallel: 1 } });
  expect(keys.map((key) => key.replace(/packs\/.*/, 'pack'))).toEqual([
    claimKey,
    '_astro/page3.secondxx.js',
    'pages/new/index.html',
    'api/rows.json',
    'pages/3/index.html',
    '_portolan/pack',
    manifestKey,
  ]);
});

test('what is gone stays for the grace time, and goes with the first publish after it', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const { gone } = await put(world, toTexts('second', [0]));
  expect(gone).toBe(1);
  expect(toServed(world.bucket)).toHaveProperty(['_astro/page0.firstxxx.js']);
  world.clock.move(day - 1);
  expect((await put(world, toTexts('second', [0]))).removed).toBe(0);
  world.clock.move(1);
  expect((await put(world, toTexts('second', [0]))).removed).toBe(1);
  expect(toServed(world.bucket)).toEqual(toTexts('second', [0]));
});

test('what comes back within the grace time is kept', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await put(world, toTexts('second', [0]));
  await put(world, toTexts('first'));
  world.clock.move(2 * day);
  await put(world, toTexts('first'));
  expect(toServed(world.bucket)).toEqual(toTexts('first'));
});

test.each([
  ['a file becomes a folder', { 'a/b': 'file' }, { 'a/b/c.html': 'page' }],
  ['a folder becomes a file', { 'a/b/c.html': 'page' }, { 'a/b': 'file' }],
])('%s: what is in the way goes at once', async (_case, before, after) => {
  const world = createWorld();
  await put(world, before);
  await put(world, after);
  expect(toServed(world.bucket)).toEqual(after);
});

test('killed at any write, the next publish goes on from there, and no page ever lacks what it refers to', async () => {
  const first = createWorld();
  await put(first, toTexts('first'));
  const writes = await put(first, toTexts('second')).then(({ requests }) => requests.puts + requests.removals);
  for (let at = 0; at <= writes; at++) {
    const world = createWorld();
    await put(world, toTexts('first'));
    const dying = { diesAfter: at, meet: () => expect(listLacking(world.bucket)).toEqual([]) };
    const killed = put(world, toTexts('second'), { store: dying });
    if (at < writes - 1) await expect(killed).rejects.toThrow(Killed);
    else await killed;
    const there = new Map(world.bucket.files);
    world.clock.move(11 * 60_000);
    const resumed = await put(world, toTexts('second'), {
      store: { meet: () => expect(listLacking(world.bucket)).toEqual([]) },
    });
    expect(resumed.isResumed).toBe(at > 0 && at < writes);
    const rewritten = Object.keys(toTexts('second')).filter(
      (path) =>
        there.get(path) !== world.bucket.files.get(path) && there.get(path)?.tag === world.bucket.files.get(path)?.tag,
    );
    expect(rewritten).toEqual([]);
    expect(toServed(world.bucket)).toMatchObject(toTexts('second'));
    expect(world.bucket.files.has(claimKey)).toBe(false);
    await goBack(world, '1');
    expect(toServed(world.bucket)).toMatchObject(toTexts('first'));
  }
});

test('a claim that somebody left holds until its time is over', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await expect(
    put(world, toTexts('second'), { store: { diesAfter: 5 }, tools: { holder: 'process 7 on ci-1' } }),
  ).rejects.toThrow(Killed);
  world.clock.move(9 * 60_000);
  await expect(put(world, toTexts('second'))).rejects.toThrow(PublishRefusal);
  await expect(put(world, toTexts('second'))).rejects.toThrow(
    /process 7 on ci-1 has been publishing to memory:\/\/bucket since 2026-03-01 00:00:00 UTC/,
  );
  world.clock.move(2 * 60_000);
  expect((await put(world, toTexts('second'))).isResumed).toBe(true);
});

test('a claim is renewed while work goes on', async () => {
  const world = createWorld();
  const store = { meet: ({ key }: { key: string }) => void (key !== claimKey && world.clock.move(2 * 60_000)) };
  await put(world, toTexts('first'), { store });
  expect(toServed(world.bucket)).toEqual(toTexts('first'));
});

test('whoever slept through its lease writes nothing more, and leaves the claim of the one who came after', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  let other: Promise<unknown> | undefined;
  const store: OpenOptions = {
    meet: async ({ what, at }) => {
      if (what !== 'put' || at !== 15 || other) return;
      world.clock.sleep(20 * 60_000);
      other = put(world, toTexts('third'));
      await other;
    },
  };
  await expect(put(world, toTexts('second'), { store, options: { parallel: 1 } })).rejects.toThrow(
    /could not be renewed in time/,
  );
  await other;
  expect(readManifest(world).releases.map(({ number }) => number)).toEqual([2, 1]);
  // Its last write arrived after the other's: the next publish looks, and puts that right.
  expect(isServed(world, toTexts('third'))).toBe(false);
  expect((await put(world, toTexts('third'))).isResumed).toBe(true);
  expect(isServed(world, toTexts('third'))).toBe(true);
});

test('twenty at once: one at a time, the others are refused, and the result is one of them', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const sites = Array.from({ length: 20 }, (_, at) => toTexts(`site${at}`));
  const settled = await Promise.allSettled(sites.map((texts) => put(world, texts)));
  const won = settled.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
  expect(won.length).toBeGreaterThanOrEqual(1);
  for (const each of settled) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(PublishRefusal);
  expect(readManifest(world).releases).toHaveLength(1 + won.length);
  expect(won.some((at) => isServed(world, sites[at] ?? {}))).toBe(true);
});

const isServed = ({ bucket }: World, texts: Texts) => {
  const served = toServed(bucket);
  return Object.entries(texts).every(([path, text]) => served[path] === text);
};

/** A store whose answers to conditional writes get lost, so that they are asked for again. */
function toLossy({ bucket }: World) {
  const store = bucket.open();
  return {
    ...store,
    putFile: async (...words: Parameters<typeof store.putFile>) => {
      if (words[1]) await store.putFile(...words);
      return store.putFile(...words);
    },
  };
}

test('an answer that got lost is no refusal: claim and manifest are known again', async () => {
  const world = createWorld();
  const putLossy = (texts: Texts) =>
    publish(toLossy(world), async () => toSource(texts), usualOptions, createTestTools(world.clock));
  await putLossy(toTexts('first'));
  expect(toServed(world.bucket)).toEqual(toTexts('first'));
  expect(world.bucket.files.has(claimKey)).toBe(false);
  await expect(put(world, toTexts('second'), { store: { diesAfter: 15 } })).rejects.toThrow(Killed);
  world.clock.move(11 * 60_000);
  expect((await putLossy(toTexts('first'))).isResumed).toBe(true);
  expect(isServed(world, toTexts('first'))).toBe(true);
});

test('twenty that try until they may: each finishes alone, and what it leaves is its own site', async () => {
  const world = createWorld();
  let turns = 0;
  const publishOnce = async (texts: Texts): Promise<void> => {
    const store: OpenOptions = {
      meet: ({ what, key }) => {
        if (what !== 'remove' || key !== claimKey) return;
        if (readManifest(world).releases[0]?.number === turns + 1 && isServed(world, texts)) turns += 1;
      },
    };
    await put(world, texts, { store }).catch(async (error: unknown) => {
      if (!(error instanceof PublishRefusal)) throw error;
      await new Promise((resume) => setImmediate(resume));
      await publishOnce(texts);
    });
  };
  await Promise.all(Array.from({ length: 20 }, (_, at) => publishOnce(toTexts(`site${at}`))));
  expect(turns).toBe(20);
  expect(listLacking(world.bucket)).toEqual([]);
});

test('a manifest that somebody else wrote in between is left as it is', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const store: OpenOptions = {
    meet: ({ what, key }) => {
      const manifest = world.bucket.files.get(manifestKey);
      if (what === 'put' && key === manifestKey && manifest) world.bucket.files.set(key, { ...manifest, tag: 'other' });
    },
  };
  const failed = put(world, toTexts('second'), { store });
  await expect(failed).rejects.toThrow(PublishRefusal);
  await expect(failed).rejects.toThrow(/Somebody else published/);
  expect(readManifest(world).releases).toHaveLength(1);
  expect((await put(world, toTexts('second'))).isResumed).toBe(true);
});

test('a store that fails in the middle: what is published is said, and the next publish goes on without waiting', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const fault = toStoreFault();
  const failed = put(world, toTexts('second'), {
    store: {
      meet: ({ key, at }) => {
        if (at >= 8 && key !== claimKey) throw fault;
      },
    },
  });
  await expect(failed).rejects.toThrow(/503[\s\S]*The release before is still what memory:\/\/bucket says it has/);
  const next = await put(world, toTexts('second'));
  expect(next.isResumed).toBe(true);
  expect(next.written).toBeLessThan(20);
  expect(toServed(world.bucket)).toMatchObject(toTexts('second'));
});

test('interrupted after some files, it leaves a claim that the next one takes over at once', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const ending = new AbortController();
  const store: OpenOptions = { meet: ({ at }) => void (at === 6 && ending.abort()) };
  await expect(put(world, toTexts('second'), { store, tools: { signal: ending.signal } })).rejects.toThrow(
    /interrupted/,
  );
  // The site that was wanted is not: what the manifest says would be believed, and be wrong.
  const back = await put(world, toTexts('first'));
  expect(back.isResumed).toBe(true);
  expect(toServed(world.bucket)).toMatchObject(toTexts('first'));
});

test('interrupted before anything was written, it leaves nothing', async () => {
  const world = createWorld();
  const ending = new AbortController();
  ending.abort();
  await expect(put(world, toTexts('first'), { tools: { signal: ending.signal } })).rejects.toThrow(/interrupted/);
  expect([...world.bucket.files.keys()]).toEqual([]);
});

test('a site that changes while it is published is not published', async () => {
  const world = createWorld();
  const source = { ...toSource(toTexts('first')), read: async () => new TextEncoder().encode('another') };
  const failed = publish(world.bucket.open(), async () => source, usualOptions, createTestTools(world.clock));
  await expect(failed).rejects.toThrow(/is not what it was when publishing began/);
  expect(world.bucket.files.has(manifestKey)).toBe(false);
});

test.each([
  ['something else', 'index.html', true],
  ['only a preview below it', 'previews/pr-1/_portolan/manifest.json', false],
])('a place that holds %s', async (_case, key, isRefused) => {
  const world = createWorld();
  await world.bucket.open().putFile({ key, bytes: new Uint8Array([1]), type: '', cacheControl: '' });
  const published = put(world, { 'index.html': 'home' });
  if (isRefused) {
    await expect(published).rejects.toThrow(/is not empty, and Portolan did not fill it: `index.html`/);
    expect([...world.bucket.files.keys()]).toEqual([key]);
    await put(world, { 'index.html': 'home' }, { options: { adopts: true } });
  } else await published;
  expect(toServed(world.bucket)).toMatchObject({ 'index.html': 'home' });
  expect(world.bucket.files.has(key)).toBe(true);
});

test('what somebody put beside the site stays, also after a publish was cut off', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const others = [
    'robots.txt',
    '.well-known/security.txt',
    'previews/pr-1/_portolan/manifest.json',
    'previews/pr-1/pages/x.html',
  ];
  for (const key of others)
    await world.bucket.open().putFile({ key, bytes: new Uint8Array([1]), type: '', cacheControl: '' });
  await expect(
    put(world, { ...toTexts('second'), 'pages/secret/index.html': 'x' }, { store: { diesAfter: 22 } }),
  ).rejects.toThrow(Killed);
  world.clock.move(11 * 60_000);
  await put(world, toTexts('third'), { options: { grace: 0 } });
  for (const key of others) expect(world.bucket.files.has(key)).toBe(true);
  const own = Object.keys(toServed(world.bucket)).filter((key) => !others.includes(key));
  expect(own).toEqual(Object.keys(toTexts('third')).toSorted());
});

test('verifying looks at what is there, and puts right what a manifest does not know', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  world.bucket.files.delete('pages/3/index.html');
  await world.bucket
    .open()
    .putFile({ key: 'pages/4/index.html', bytes: new Uint8Array([1]), type: '', cacheControl: '' });
  expect((await put(world, toTexts('first'))).written).toBe(0);
  const verified = await put(world, toTexts('first'), { options: { verifies: true } });
  expect([verified.written, verified.isNew]).toEqual([2, false]);
  expect(toServed(world.bucket)).toEqual(toTexts('first'));
});

test('a store that tells no MD5 is written anew in place of believed', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const verified = await put(world, toTexts('first'), { options: { verifies: true }, store: { hidesMd5: true } });
  expect(verified.written).toBe(20);
});

test.each([
  ['no JSON', 'x'],
  ['another version', '{"version":2}'],
  [
    'a key that leads out',
    '{"version":1,"entities":{},"headers":[],"packs":[],"files":{},"gone":{"../x":"2026-01-01T00:00:00.000Z"},"releases":[]}',
  ],
  [
    'a pack that is none',
    '{"version":1,"entities":{},"headers":[],"packs":["../../x"],"files":{},"gone":{},"releases":[]}',
  ],
])('a manifest with %s is said, and is put right when that is wanted', async (_case, text) => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const bytes = new TextEncoder().encode(text);
  await world.bucket.open().putFile({ key: manifestKey, bytes, type: '', cacheControl: '' });
  await expect(put(world, toTexts('second'))).rejects.toThrow(/cannot be understood/);
  await put(world, toTexts('second'), { options: { verifies: true } });
  expect(toServed(world.bucket)).toMatchObject(toTexts('second'));
});

test('a dry run asks and writes nothing', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const before = new Map(world.bucket.files);
  const store = world.bucket.open();
  const source = async () => toSource({ ...toTexts('second', [1, 2]), 'pages/new/index.html': 'new' });
  const { plan, isClaimed } = await planOnly(store, source, usualOptions, createTestTools(world.clock));
  expect(isClaimed).toBe(false);
  expect(plan.steps.map(({ name, files }) => [name, files.length])).toEqual([
    ['new files', 2],
    ['new pages', 1],
    ['changed files', 0],
    ['changed pages', 2],
  ]);
  expect(world.bucket.files).toEqual(before);
  expect([store.requests.puts, store.requests.removals]).toEqual([0, 0]);
});

test('rolling back puts an earlier release there as a new one, also when its files are long gone', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await put(world, toTexts('second'), { options: { grace: 0 } });
  await put(world, toTexts('third'), { options: { grace: 0 } });
  expect(toServed(world.bucket)).toEqual(toTexts('third'));
  const { release } = await goBack(world, '1');
  expect(release).toMatchObject({ number: 4, files: 20, changed: 20 });
  expect(toServed(world.bucket)).toMatchObject(toTexts('first'));
  expect(readManifest(world).releases.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  await goBack(world);
  expect(toServed(world.bucket)).toMatchObject(toTexts('third'));
});

test.each([
  [undefined, /keeps no earlier release/],
  ['7', /keeps no release `7`/],
])('rolling back to %s where there is none is said', async (to, message) => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await expect(goBack(world, to)).rejects.toThrow(message);
  expect(world.bucket.files.has(claimKey)).toBe(false);
});

test('rolling back where nothing is published is said', async () => {
  await expect(goBack(createWorld())).rejects.toThrow(/Nothing is published/);
});

test('a pack that is missing or cut stops a rollback, and what is published stays', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await put(world, toTexts('second'));
  const pack = [...world.bucket.files.keys()].find((key) => key.includes('packs/000001'));
  world.bucket.files.delete(pack ?? '');
  await expect(goBack(world, '1')).rejects.toThrow(/is not there, or not whole/);
  expect(toServed(world.bucket)).toMatchObject(toTexts('second'));
});

test.each([
  ['other bytes', (bytes: Uint8Array) => bytes.fill(7)],
  ['another file in their place', (bytes: Uint8Array) => bytes.set(gzipSync('evil'))],
])('a pack with %s stops a rollback with a sentence, and nothing of it is served', async (_case, spoil) => {
  const world = createWorld();
  await put(world, { 'index.html': 'good '.repeat(400), 'pages/a.html': 'a' });
  await put(world, { 'index.html': 'better '.repeat(400), 'pages/a.html': 'b' });
  const pack = [...world.bucket.files].find(([key]) => key.includes('packs/000001'))?.[1];
  // The list of files at its end stays as it is.
  spoil(pack?.bytes.subarray(0, 40) ?? new Uint8Array());
  const failed = goBack(world, '1');
  await expect(failed).rejects.toBeInstanceOf(PortalError);
  await expect(failed).rejects.toThrow(/is not what the release says/);
  expect(toServed(world.bucket)['index.html']).toBe('better '.repeat(400));
});

test('a manifest whose numbers are beyond all measure is no reason to break', async () => {
  const world = createWorld();
  await put(world, { 'index.html': 'x' });
  await put(world, { 'index.html': 'y' });
  const manifest = readManifest(world);
  const [first, second] = manifest.releases;
  if (!first || !second) throw new Error('There are two.');
  const list = { ...second.list, offset: Number.MAX_SAFE_INTEGER - 5, length: Number.MAX_SAFE_INTEGER };
  const bytes = gzipSync(formatManifest({ ...manifest, releases: [first, { ...second, list }] }));
  await world.bucket.open().putFile({ key: manifestKey, bytes, type: '', cacheControl: '' });
  await expect(goBack(world)).rejects.toThrow(/is not there, or not whole/);
});

const usualPrune = { keep: 10, grace: day, isDry: false };
const tidy = ({ bucket, clock }: World, options: Partial<typeof usualPrune> = {}, store?: OpenOptions) =>
  prune(bucket.open(store), { ...usualPrune, ...options }, createTestTools(clock));
const listPacks = ({ bucket }: World) => [...bucket.files.keys()].filter((key) => key.endsWith('.pack'));

test('pruning removes releases beyond those kept, their packs, and files whose grace is over', async () => {
  const world = createWorld();
  for (const version of ['first', 'second', 'third']) await put(world, toTexts(version));
  world.clock.move(2 * day);
  const planned = await tidy(world, { keep: 2, isDry: true });
  expect(listPacks(world)).toHaveLength(3);
  const pruned = await tidy(world, { keep: 2 });
  expect(pruned).toEqual(planned);
  expect(pruned).toMatchObject([{ releases: [1], isWhole: false }]);
  expect(pruned[0]?.files).toHaveLength(20);
  expect(listPacks(world)).toHaveLength(2);
  expect(toServed(world.bucket)).toEqual(toTexts('third'));
  expect(await tidy(world, { keep: 2 })).toEqual([]);
  await goBack(world);
  expect(toServed(world.bucket)).toMatchObject(toTexts('second'));
});

test('a pack stays as long as a release that is kept has something in it', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await put(world, toTexts('second', [0]));
  await put(world, toTexts('third', [0]));
  await tidy(world, { keep: 1 });
  expect(listPacks(world).map((key) => key.replace(/-.*/, ''))).toEqual([
    '_portolan/packs/000001',
    '_portolan/packs/000003',
  ]);
});

test('forgetting leaves this site alone: nothing that is gone can be read, in whatever pack it lay', async () => {
  const world = createWorld();
  const [open, hidden] = ['open '.repeat(400), 'hidden '.repeat(400)];
  await put(world, { 'index.html': open, 'pages/secret.html': hidden, 'api/all.json': hidden });
  await put(world, { 'index.html': open });
  await tidy(world, { keep: 1, grace: 0 });
  const read = () =>
    [...world.bucket.files].flatMap(([key, { bytes }]) => {
      const isPack = key.endsWith('.pack');
      const unpacked = isPack || bytes[0] !== 0x1f ? [] : [gunzipSync(bytes).toString()];
      return [key, ...unpacked, ...(isPack ? listZipped(bytes) : [])];
    });
  expect(read().join()).toContain('hidden');
  const outcome = await put(world, { 'index.html': open }, { options: { forgets: true } });
  expect(outcome).toMatchObject({ isNew: true, written: 0, release: { number: 3, files: 1 } });
  expect(read().join()).toContain('open');
  expect(read().join()).not.toMatch(/hidden|secret/);
  expect(listPacks(world)).toHaveLength(1);
  expect(readManifest(world).releases).toHaveLength(1);
  await put(world, { 'index.html': 'other' });
  await goBack(world);
  expect(toServed(world.bucket)).toEqual({ 'index.html': open });
});

/** What lies compressed in a pack, one after the other. */
function listZipped(pack: Uint8Array): string[] {
  const found: string[] = [];
  for (let at = 0; at < pack.length; at += 1) {
    if (pack[at] !== 0x1f || pack[at + 1] !== 0x8b) continue;
    for (let end = pack.length; end > at; end -= 1)
      try {
        found.push(gunzipSync(pack.subarray(at, end)).toString());
        break;
      } catch {
        // It ends before.
      }
  }
  return found;
}

test('forgetting that is cut off anywhere can be done again, and readers see the site meanwhile', async () => {
  for (let at = 1; at < 9; at++) {
    const world = createWorld();
    await put(world, { 'index.html': 'one', 'pages/secret.html': 'hidden' });
    const store = { diesAfter: at };
    const options = { forgets: true };
    await put(world, { 'index.html': 'one' }, { options, store }).catch((error: unknown) =>
      expect(error).toBeInstanceOf(Killed),
    );
    expect(toServed(world.bucket)).toMatchObject({ 'index.html': 'one' });
    world.clock.move(11 * 60_000);
    await put(world, { 'index.html': 'one' }, { options });
    expect([...world.bucket.files.values()].map(({ bytes }) => new TextDecoder().decode(bytes)).join()).not.toContain(
      'hidden',
    );
    expect(toServed(world.bucket)).toEqual({ 'index.html': 'one' });
  }
});

test('pruning leaves alone what somebody works at, or left unfinished', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  await put(world, toTexts('second'));
  await expect(put(world, toTexts('third'), { store: { diesAfter: 9 } })).rejects.toThrow(Killed);
  for (const wait of [0, 2 * day]) {
    world.clock.move(wait);
    const before = new Map(world.bucket.files);
    expect(await tidy(world, { keep: 1 })).toMatchObject([{ isHeld: true, files: [] }]);
    for (const [key, file] of before) if (key !== claimKey) expect(world.bucket.files.get(key)).toBe(file);
  }
  expect((await put(world, toTexts('third'))).isResumed).toBe(true);
});

test('previews below a place are removed when their time is over, and nothing else is', async () => {
  const world = createWorld();
  await put(world, toTexts('first'));
  const at = async (folder: string, expires?: number) => {
    const { toStoreBelow } = await import('./meter.ts');
    const options = { ...usualOptions, ...(expires !== undefined && { expires }) };
    await publish(
      toStoreBelow(world.bucket.open(), folder),
      async () => toSource(toTexts('first')),
      options,
      createTestTools(world.clock),
    );
  };
  const now = world.clock.now();
  await at('previews/pr-1/', now + day);
  await at('previews/pr-2/', now + 3 * day);
  await at('previews/team/pr-3/', now + day);
  await at('other/');
  expect(await tidy(world)).toEqual([]);
  world.clock.move(2 * day);
  const pruned = await tidy(world);
  expect(pruned.map(({ name, isWhole }) => [name, isWhole])).toEqual([
    ['memory://bucket/previews/pr-1', true],
    ['memory://bucket/previews/team/pr-3', true],
  ]);
  const folders = new Set([...world.bucket.files.keys()].map((key) => key.split('/').slice(0, 2).join('/')));
  expect([...folders].toSorted()).toEqual(
    ['_astro', 'other', 'pages', 'previews']
      .flatMap((top) =>
        [...folders].filter((folder) => folder.startsWith(top) && !folder.endsWith('pr-1') && !folder.endsWith('team')),
      )
      .concat([...folders].filter((folder) => folder.startsWith('_portolan')))
      .toSorted(),
  );
  expect([...world.bucket.files.keys()].filter((key) => /pr-1|pr-3/.test(key))).toEqual([]);
});

test('with a preview goes what is its own: no other portal below it, and nothing that others put there', async () => {
  const world = createWorld();
  const { toStoreBelow } = await import('./meter.ts');
  const at = (folder: string, expires: number) =>
    publish(
      toStoreBelow(world.bucket.open(), folder),
      async () => toSource({ 'index.html': 'x', 'docs/a.html': 'x' }),
      { ...usualOptions, adopts: true, expires: world.clock.now() + expires },
      createTestTools(world.clock),
    );
  const theirs = ['previews/robots.txt', 'previews/reports/2026.pdf'];
  for (const key of [...theirs, 'previews/docs/stray.html'])
    await world.bucket.open().putFile({ key, bytes: new Uint8Array(1), type: '', cacheControl: '' });
  await at('previews/', day);
  await at('previews/pr-2/', 9 * day);
  await at('previews/docs/pr-3/', 9 * day);
  world.clock.move(2 * day);
  expect(await tidy(world)).toMatchObject([{ name: 'memory://bucket/previews', isWhole: true }]);
  const keys = [...world.bucket.files.keys()].toSorted();
  expect(keys.filter((key) => !/^previews\/(pr-2|docs\/pr-3)\//.test(key))).toEqual(theirs.toSorted());
  expect(keys).toContain('previews/pr-2/docs/a.html');
  expect(keys).toContain('previews/docs/pr-3/index.html');
});

test('removing a preview that is cut off anywhere is finished by the next prune', async () => {
  const now = Date.parse('2026-03-01T00:00:00Z');
  for (let at = 0; at < 5; at++) {
    const world = createWorld();
    await put(world, toTexts('first'), { options: { expires: now + hour } });
    world.clock.move(2 * hour);
    await tidy(world, {}, { diesAfter: at }).catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
    world.clock.move(11 * 60_000);
    await tidy(world).catch((error: unknown) => expect(error).toBeInstanceOf(PortalError));
    expect([...world.bucket.files.keys()].filter((key) => key !== claimKey)).toEqual([]);
  }
});

/** What may happen to a place, one thing after the other. */
const siteOf = fc
  .uniqueArray(fc.tuple(fc.nat(4), fc.nat(2)), { selector: ([page]) => page, minLength: 1 })
  .map((pages) => {
    const texts = pages.flatMap(([page, version]) => {
      const asset = `_astro/a${version}.${String(version).repeat(8)}.js`;
      return [
        [`pages/${page}/index.html`, `page ${page} ${version}\nneeds ${asset}\nneeds shared.json`],
        [asset, `asset ${version}`],
      ] as const;
    });
    return { ...Object.fromEntries(texts), 'shared.json': JSON.stringify(pages) };
  });
const happening = fc.oneof(
  fc.record({
    what: fc.constant('publish' as const),
    site: siteOf,
    diesAfter: fc.option(fc.nat(14)),
    grace: fc.constantFrom(0, day),
  }),
  fc.record({ what: fc.constant('roll back' as const), diesAfter: fc.option(fc.nat(14)) }),
  fc.record({
    what: fc.constant('prune' as const),
    diesAfter: fc.option(fc.nat(5)),
    keep: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ what: fc.constant('wait' as const), hours: fc.nat(30) }),
);

test('whatever happens, no page lacks what it refers to, and what was published in the end is what a reader sees', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 14 }), siteOf, async (happenings, last) => {
      const world = createWorld();
      const meet = () => expect(listLacking(world.bucket)).toEqual([]);
      const releases = new Map<number, Texts>();
      for (const each of happenings) {
        world.clock.move(11 * 60_000);
        const store = { meet, ...('diesAfter' in each && each.diesAfter !== null && { diesAfter: each.diesAfter }) };
        try {
          if (each.what === 'wait') world.clock.move(each.hours * hour);
          if (each.what === 'prune') await tidy(world, { keep: each.keep }, store);
          if (each.what === 'publish') {
            const { release } = await put(world, each.site, { store, options: { grace: each.grace } });
            releases.set(release.number, each.site);
            expect(isServed(world, each.site)).toBe(true);
          }
          if (each.what === 'roll back') {
            const { release } = await goBack(world, undefined, store);
            expect(isServed(world, Object.fromEntries(Object.entries(toServed(world.bucket))))).toBe(true);
            const same = readManifest(world).releases.find(
              ({ id, number }) => id === release.id && number !== release.number,
            );
            const texts = releases.get(same?.number ?? -1);
            if (texts) expect(isServed(world, texts)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof Killed) && !(error instanceof PortalError)) throw error;
        }
        meet();
      }
      world.clock.move(2 * day);
      await put(world, last, { store: { meet } });
      expect(isServed(world, last)).toBe(true);
      world.clock.move(2 * day);
      await put(world, last, { store: { meet } });
      expect(toServed(world.bucket)).toEqual(Object.fromEntries(Object.entries(last).toSorted()));
    }),
    { numRuns: 100 },
  );
});
