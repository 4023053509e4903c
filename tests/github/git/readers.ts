import type { GitObject, ObjectHeader } from './objects.ts';
import { createObjectReader, type ObjectReader } from './reader.ts';

/** Reads objects of many repositories through a few processes. */
export type ObjectReaders = {
  find: (folder: string, name: string) => Promise<GitObject | undefined>;
  findHeader: (folder: string, name: string) => Promise<ObjectHeader | undefined>;
  /** Ends the process over a repository, as before its objects are taken away. */
  drop: (folder: string) => Promise<void>;
  close: () => Promise<void>;
};

/** Keeps at most about `limit` readers; the one that was asked longest ago goes first, never one that is at work. */
export function createObjectReaders(limit: number): ObjectReaders {
  const readers = new Map<string, ObjectReader>();
  const closing = new Set<Promise<void>>();
  const use = (folder: string) => {
    const reader = readers.get(folder) ?? createObjectReader(folder);
    readers.delete(folder);
    readers.set(folder, reader);
    for (const [idle, { isIdle }] of readers) {
      if (readers.size <= limit) break;
      if (isIdle && idle !== folder) void drop(idle);
    }
    return reader;
  };
  const drop = async (folder: string) => {
    const closed = readers.get(folder)?.close();
    readers.delete(folder);
    if (!closed) return;
    closing.add(closed);
    await closed;
    closing.delete(closed);
  };
  return {
    find: (folder, name) => use(folder).find(name),
    findHeader: (folder, name) => use(folder).findHeader(name),
    drop,
    close: async () => {
      await Promise.all([...[...readers.keys()].map(drop), ...closing]);
    },
  };
}
