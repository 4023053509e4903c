import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { PublishOptions, Source } from './publish.ts';
import type { MemoryBucket } from './store.fixture.ts';
import type { PublishTools } from './tools.ts';

const toSha = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('base64url');

/** A clock that stands still until it is moved; what should run again and again runs as it moves. */
export function createClock(start = Date.parse('2026-03-01T00:00:00Z')) {
  const running = new Set<{ every: number; next: number; run: () => void }>();
  let time = start;
  return {
    now: () => time,
    every: (milliseconds: number, run: () => void) => {
      const row = { every: milliseconds, next: time + milliseconds, run };
      running.add(row);
      return () => void running.delete(row);
    },
    move: (milliseconds: number) => {
      time += milliseconds;
      for (const row of running)
        if (row.next <= time) {
          row.next = time + row.every;
          row.run();
        }
    },
    /** Moves the time while everything that should run stands still, as on a machine that sleeps. */
    sleep: (milliseconds: number) => {
      time += milliseconds;
    },
  };
}
export type Clock = ReturnType<typeof createClock>;

let tokens = 0;

/** What publishing asks of a machine, in a test: real digests, and a clock of its own. */
export function createTestTools(clock: Clock, rest: Partial<PublishTools> = {}): PublishTools {
  tokens += 1;
  return {
    now: clock.now,
    every: clock.every,
    zip: async (bytes) => gzipSync(bytes, { level: 1 }),
    unzip: async (bytes, limit) => gunzipSync(bytes, { maxOutputLength: Math.max(1, limit) }),
    digest: toSha,
    md5: (bytes) => createHash('md5').update(bytes).digest('hex'),
    token: `token${String(tokens).padStart(8, '0')}`,
    holder: `publisher ${tokens}`,
    version: '1.0.0',
    tell: () => undefined,
    signal: new AbortController().signal,
    ...rest,
  };
}

export const usualOptions: PublishOptions = {
  grace: 24 * 3_600_000,
  keep: 10,
  parallel: 4,
  adopts: false,
  verifies: false,
};

/** A site of texts by path. */
export type Texts = Readonly<Record<string, string>>;

/** Texts as what is to be published. */
export function toSource(texts: Texts, entities: Record<string, number> = { shop: 10 }): Source {
  const encode = (text: string) => new TextEncoder().encode(text);
  const files = Object.entries(texts).map(
    ([path, text]) => [path, { digest: toSha(text), bytes: encode(text).length }] as const,
  );
  return { files: new Map(files), entities, read: async (path) => encode(texts[path] ?? '') };
}

/** What a reader is served: the texts of everything but what publishing keeps for itself. */
export function toServed({ files }: Pick<MemoryBucket, 'files'>): Record<string, string> {
  const served = [...files]
    .filter(([key]) => !key.includes('_portolan/'))
    .map(([key, { bytes, encoding }]) => {
      return [key, new TextDecoder().decode(encoding ? gunzipSync(bytes) : bytes)] as const;
    });
  return Object.fromEntries(served.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** The files that a page of these tests refers to: a line each that begins with `needs `. */
function listNeeds(text: string): string[] {
  return [...text.matchAll(/^needs (.+)$/gm)].map(([, path = '']) => path);
}

/** What pages refer to and a reader would not find. */
export function listLacking(bucket: Pick<MemoryBucket, 'files'>): string[] {
  const served = toServed(bucket);
  return Object.entries(served)
    .filter(([path]) => path.endsWith('.html'))
    .flatMap(([path, text]) =>
      listNeeds(text)
        .filter((need) => !(need in served))
        .map((need) => `${path}: ${need}`),
    );
}
