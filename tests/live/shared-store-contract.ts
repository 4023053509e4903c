import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSharedStore, type OpenSharedStore } from '../../src/proxy/io/shared-store.ts';

/** A Redis, made up or real, that a test can be rude to. */
export type RudeRedis = {
  url: string;
  /** Writes what we would never write, under every key that is there. */
  spoil: (text: string) => Promise<void>;
  listKeys: () => Promise<string[]>;
  /** Makes it say nothing until it is thawed; its connections stay. */
  freeze: () => void;
  thaw: () => void;
  stop: () => Promise<void>;
  /** Starts it again where it was, empty. */
  restart: () => Promise<void>;
};

const entry = { value: { pods: ['ä €'], more: null }, readAt: 1_700_000_000_000, etag: '"1"' };

/** What is there before anything from outside can have come. */
async function atOnce<Value>(promise: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, fail) => setImmediate(() => fail(new Error('It was waited for.'))));
  return Promise.race([promise, late]);
}

/** What a shared store must be, over whatever speaks as Redis does. */
export function describeSharedStore(name: string, open: () => Promise<RudeRedis>): void {
  describe(`a shared store over ${name}`, () => {
    let redis: RudeRedis;
    const stores: OpenSharedStore[] = [];
    const stops: (() => Promise<void>)[] = [];
    const clock = { now: 0 };
    beforeEach(async () => {
      redis = await open();
      stops.push(redis.stop);
      clock.now = 1_700_000_000_000;
    });
    afterEach(async () => {
      for (const store of stores.splice(0)) store.close();
      await Promise.all(stops.splice(0).map((stop) => stop()));
    });

    /** Patient with a busy machine, but where being frozen is what is tested. */
    const create = (version = 'v', patience = 5_000) => {
      const store = createSharedStore(redis.url, { version, rest: 5_000, patience, now: () => clock.now });
      stores.push(store);
      return store;
    };
    /** Waits until it is connected: before that it is as if it were not there. */
    const createReady = async (version?: string, patience?: number) => {
      const store = create(version, patience);
      await recover(store);
      return store;
    };
    const recover = (store: OpenSharedStore) =>
      vi.waitFor(
        async () => {
          clock.now += 5_000;
          await store.keep('probe', entry, 60);
          expect(await store.find('probe')).toEqual(entry);
        },
        { timeout: 10_000, interval: 10 },
      );

    test('what one replica keeps another finds; what nobody kept is not there', async () => {
      const [one, two] = [await createReady(), await createReady()];
      await one.keep('a b', entry, 60);
      expect(await two.find('a b')).toEqual(entry);
      expect(await two.find('c')).toBeUndefined();
    });

    test('replicas of another version share nothing', async () => {
      const [one, two] = [await createReady('1'), await createReady('2')];
      await one.keep('a', entry, 60);
      expect(await two.find('a')).toBeUndefined();
      expect(await one.claim('a', 5_000)).toBe(true);
      expect(await two.claim('a', 5_000)).toBe(true);
    });

    test('a key has one claim, until it ends or the piece is kept', async () => {
      const [one, two] = [await createReady(), await createReady()];
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).claim('a', 5_000)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await two.claim('b', 5_000)).toBe(true);
      await one.keep('a', entry, 60);
      expect(await two.claim('a', 20)).toBe(true);
      await vi.waitFor(async () => expect(await one.claim('a', 5_000)).toBe(true), { interval: 5 });
    });

    test('its keys say nothing and all have one prefix', async () => {
      const store = await createReady();
      await store.keep('kubernetes/prod /api?selector=a', entry, 60);
      await store.claim('kubernetes/prod /x', 5_000);
      for (const key of await redis.listKeys()) expect(key).toMatch(/^portolan:1:v:(piece|claim):[\w-]{43}$/);
    });

    test.each([
      '',
      'nonsense',
      'null',
      '[]',
      '{}',
      '{"value":1}',
      '{"value":1,"readAt":"now"}',
      '{"value":1,"readAt":-1}',
      '{"value":1,"readAt":1e999}',
      '{"readAt":1}',
      '{"value":1,"readAt":1,"etag":5}',
      '{"value":1,"readAt":1,"more":1}',
    ])('%j is not an entry', async (text) => {
      const store = await createReady();
      await redis.spoil(text);
      expect(await store.find('probe')).toBeUndefined();
    });

    test('what is very large is neither kept nor read', async () => {
      const store = await createReady();
      await store.keep('large', { ...entry, value: 'x'.repeat(1_000_000) }, 60);
      expect(await store.find('large')).toBeUndefined();
      await redis.spoil(JSON.stringify({ ...entry, value: 'x'.repeat(1_000_000) }));
      expect(await store.find('probe')).toBeUndefined();
    });

    test('frozen it is waited for once; then it is as if it were not there, until it is back', async () => {
      const store = await createReady('v', 100);
      redis.freeze();
      const asked = [store.find('probe'), store.claim('probe', 5_000), store.find('probe')];
      expect(await Promise.all(asked)).toEqual([undefined, true, undefined]);
      expect(await atOnce(store.find('probe'))).toBeUndefined();
      expect(await atOnce(store.claim('probe', 5_000))).toBe(true);
      await atOnce(store.keep('probe', entry, 60));
      clock.now += 5_000;
      expect(await atOnce(store.find('probe'))).toBeUndefined();
      redis.thaw();
      await recover(store);
    });

    test('down it is as if it were not there, until it is back', async () => {
      const store = await createReady();
      await redis.stop();
      expect(await store.find('probe')).toBeUndefined();
      expect(await store.claim('probe', 5_000)).toBe(true);
      expect(await store.claim('probe', 5_000)).toBe(true);
      await redis.restart();
      await recover(store);
    });

    test('it may be down from the beginning', async () => {
      await redis.stop();
      const store = create();
      expect(await store.claim('probe', 5_000)).toBe(true);
      await store.keep('probe', entry, 60);
      await redis.restart();
      await recover(store);
    });
  });
}
