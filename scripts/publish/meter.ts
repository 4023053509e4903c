import type { Store } from '../ports.ts';

/** What was asked of a store so far. */
export type Meter = { requests: number; writes: number; sentBytes: number };

/** A store that counts what is asked of it; `check` runs before each write, and what it throws stops the write. */
export function measureStore(store: Store, check: () => void = () => undefined): { store: Store; meter: Meter } {
  const meter: Meter = { requests: 0, writes: 0, sentBytes: 0 };
  const measured: Store = {
    ...store,
    fetchFile: (key, part) => {
      meter.requests += 1;
      return store.fetchFile(key, part);
    },
    putFile: async (file, condition) => {
      check();
      meter.requests += 1;
      meter.writes += 1;
      meter.sentBytes += file.bytes.length;
      return store.putFile(file, condition);
    },
    listFiles: (prefix) => {
      meter.requests += 1;
      return store.listFiles(prefix);
    },
    listFolders: (folder) => {
      meter.requests += 1;
      return store.listFolders(folder);
    },
    removeFiles: async (keys) => {
      if (keys.length === 0) return;
      check();
      meter.requests += Math.ceil(keys.length / 1000);
      meter.writes += 1;
      await store.removeFiles(keys);
    },
  };
  return { store: measured, meter };
}

/** The part of a store below a folder, as a store. */
export function toStoreBelow(store: Store, folder: string): Store {
  return {
    ...store,
    name: `${store.name.replace(/\/$/, '')}/${folder.replace(/\/$/, '')}`,
    fetchFile: (key, part) => store.fetchFile(`${folder}${key}`, part),
    putFile: (file, condition) => store.putFile({ ...file, key: `${folder}${file.key}` }, condition),
    listFiles: async function* (prefix) {
      for await (const file of store.listFiles(`${folder}${prefix}`))
        yield { ...file, key: file.key.slice(folder.length) };
    },
    listFolders: (below) => store.listFolders(`${folder}${below}`),
    removeFiles: (keys) => store.removeFiles(keys.map((key) => `${folder}${key}`)),
  };
}
