import { createHash } from 'node:crypto';
import { Redis } from 'iovalkey';
import { z } from 'zod';
import type { SharedEntry, SharedStore } from '../keeping/shared.ts';
import { createFailOpen } from './fail-open.ts';

export type SharedStoreOptions = {
  /** What the values are shaped by: replicas of another version share nothing with us. */
  version: string;
  now?: () => number;
  /** For how many milliseconds it is left alone after it failed. */
  rest?: number;
  /** For how many milliseconds an answer is waited for. */
  patience?: number;
};

export type OpenSharedStore = SharedStore & { close: () => void };

/** In characters: what is larger is not shared, and not read. */
const largest = 1_000_000;

const entrySchema = z.strictObject({
  value: z.unknown(),
  readAt: z.number().positive(),
  etag: z.string().max(256).optional(),
});

/** Reads what is kept under a key; nothing where it is not what we write. */
function parseEntry(text: string | null): SharedEntry | undefined {
  if (text === null || text.length > largest) return undefined;
  try {
    const { data } = entrySchema.safeParse(JSON.parse(text));
    return data && data.value !== undefined ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Waits for nothing: what cannot be said at once is an error, and what is not answered soon is one too. */
function connect(url: string, patience: number): Redis {
  const client = new Redis(url.replace(/^valkey(?=s?:)/, 'redis'), {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patience,
    connectTimeout: 300,
    retryStrategy: (times) => Math.min(100 * 2 ** Math.min(times, 6), 5_000),
  });
  // Whoever calls is told; that it is down is no reason to end.
  client.on('error', () => {});
  return client;
}

/** Tries whether it answers. A connection that is there and says nothing may be dead: it is opened anew. */
async function probe(client: Redis): Promise<void> {
  try {
    await client.ping();
  } catch (error) {
    if (client.status === 'ready') client.disconnect(true);
    throw error;
  }
}

/**
 * Opens what replicas share, a Redis or Valkey. It is never in the way: down or frozen it costs 150 milliseconds once, and
 * what others wrote there is judged when it is read. Keys are hashes, under a prefix that names the version.
 */
export function createSharedStore(url: string, options: SharedStoreOptions): OpenSharedStore {
  const { version, now = Date.now, rest = 5_000, patience = 150 } = options;
  const client = connect(url, patience);
  const { attempt } = createFailOpen(() => probe(client), rest, now);
  const toKey = (kind: 'piece' | 'claim', key: string) =>
    `portolan:1:${version}:${kind}:${createHash('sha256').update(key).digest('base64url')}`;
  return {
    find: async (key) => parseEntry(await attempt(() => client.get(toKey('piece', key)), null)),
    keep: async (key, entry, seconds) => {
      const text = JSON.stringify(entry);
      if (text.length > largest) return;
      const save = () => client.set(toKey('piece', key), text, 'EX', Math.ceil(seconds));
      const saved = await attempt(save, null);
      if (saved !== null) await attempt(() => client.del(toKey('claim', key)), 0);
    },
    claim: async (key, milliseconds) => {
      const set = () => client.set(toKey('claim', key), '1', 'PX', milliseconds, 'NX');
      return (await attempt<'OK' | null>(set, 'OK')) === 'OK';
    },
    close: () => client.disconnect(),
  };
}
