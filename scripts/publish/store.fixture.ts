import { createHash } from 'node:crypto';
import { isStoreKey } from '#model/store-keys.ts';
import { PortalError } from '../portal-error.ts';
import type { ListedFile, Store, StoredFile } from '../ports.ts';

/** What was asked of a store; a listing counts once for each thousand files, and so does removing. */
export type Requests = { gets: number; puts: number; lists: number; removals: number };

/** One request, as a fault sees it. `at` counts requests that change something, from 1. */
export type Request = { what: 'get' | 'put' | 'list' | 'remove'; key: string; at: number };

type Kept = StoredFile & { tag: string };

export type MemoryBucket = {
  /** What is kept, by key. */
  files: Map<string, Kept>;
  /** Opens the bucket for one publisher; each has its own count, and its own way to fail. */
  open: (options?: OpenOptions) => Store & { requests: Requests; total: () => number };
};

export type OpenOptions = {
  /** After so many writes every request fails, as for a process that was killed: what is kept stays as it is. */
  diesAfter?: number;
  /** Looks at each request before it is answered; what it throws is what the request fails with. */
  meet?: (request: Request) => void | Promise<void>;
  /** Does not tell MD5, as stores that encrypt. */
  hidesMd5?: boolean;
};

const toMd5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest('hex');
const perPage = 1000;

/** A bucket in memory that keeps the rules of a real one: conditions are atomic, tags change with bytes, and it counts. */
export function createMemoryBucket(): MemoryBucket {
  const files = new Map<string, Kept>();
  return { files, open: (options = {}) => openMemoryStore(files, options) };
}

/** What a killed process throws in place of going on. */
export class Killed extends Error {}

function openMemoryStore(files: Map<string, Kept>, { diesAfter, meet, hidesMd5 }: OpenOptions) {
  const requests: Requests = { gets: 0, puts: 0, lists: 0, removals: 0 };
  let writes = 0;
  const ask = async (what: Request['what'], key: string) => {
    await Promise.resolve();
    if (diesAfter !== undefined && writes >= diesAfter) throw new Killed('The process was killed.');
    if (what === 'put' || what === 'remove') writes += 1;
    await meet?.({ what, key, at: writes });
  };
  const toListed = ([key, { tag, bytes }]: [string, Kept]): ListedFile => ({
    key,
    tag,
    bytes: bytes.length,
    ...(hidesMd5 ? {} : { md5: toMd5(bytes) }),
  });
  const store: Store = {
    name: 'memory://bucket',
    fetchFile: async (key, part) => {
      requests.gets += 1;
      await ask('get', key);
      const found = files.get(key);
      if (!found) return undefined;
      const bytes = part ? found.bytes.slice(part.from, part.from + part.bytes) : found.bytes.slice();
      return { bytes, tag: found.tag };
    },
    putFile: async (file, condition) => {
      if (!isStoreKey(file.key))
        throw new PortalError(`${JSON.stringify(file.key)} is no key.`, { hint: 'Rename the file.' });
      requests.puts += 1;
      await ask('put', file.key);
      const there = files.get(file.key);
      if (condition?.kind === 'absent' && there) return 'refused';
      if (condition?.kind === 'unchanged' && there?.tag !== condition.tag) return 'refused';
      const kept = { ...file, bytes: file.bytes.slice(), tag: toMd5(file.bytes) };
      files.set(file.key, kept);
      return { tag: kept.tag };
    },
    listFiles: async function* (prefix) {
      const found = [...files].filter(([key]) => key.startsWith(prefix)).map(toListed);
      for (let from = 0; from === 0 || from < found.length; from += perPage) {
        requests.lists += 1;
        await ask('list', prefix);
        yield* found.slice(from, from + perPage);
      }
    },
    listFolders: async (folder) => {
      requests.lists += 1;
      await ask('list', folder);
      const rests = [...files.keys()].filter((key) => key.startsWith(folder)).map((key) => key.slice(folder.length));
      return [...new Set(rests.filter((rest) => rest.includes('/')).map((rest) => rest.slice(0, rest.indexOf('/'))))];
    },
    removeFiles: async (keys) => {
      for (let from = 0; from < keys.length; from += perPage) {
        requests.removals += 1;
        await ask('remove', keys[from] ?? '');
        for (const key of keys.slice(from, from + perPage)) files.delete(key);
      }
    },
    close: () => {},
  };
  return { ...store, requests, total: () => Object.values(requests).reduce((sum, count) => sum + count, 0) };
}

/** What a store says that cannot answer: a fault for `meet`. */
export const toStoreFault = () =>
  new PortalError('memory://bucket answered 503 to each of 5 attempts.', { hint: 'Try again later.' });
