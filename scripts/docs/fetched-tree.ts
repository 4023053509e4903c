import type { Forge } from '../ports.ts';
import type { DocsTree } from '../render/tree.ts';

/** A docs tree whose texts are fetched when they have been asked for: ask, `fetchMissing`, and ask again. */
export type FetchedTree = DocsTree & {
  /** Fetches what was asked for and is not there yet; answers whether there was anything. */
  fetchMissing: () => Promise<boolean>;
  /** Fetches those of the texts that are not there yet. */
  fetch: (paths: readonly string[]) => Promise<void>;
  hasFetched: (path: string) => boolean;
  /** What identifies the content of a text that was fetched; empty where there is none. */
  hashOf: (path: string) => string;
  /** The texts that are at hand. */
  listTexts: () => [string, string | undefined][];
  /** Lets go of texts that are no longer needed, but not of what identifies them. */
  release: (paths: readonly string[]) => void;
};

/** The files of a repository below a folder, by their paths from that folder on. */
export function createFetchedTree(
  forge: Forge,
  repository: string,
  folder: string,
  paths: readonly string[],
): FetchedTree {
  const prefix = folder === '' ? '' : `${folder}/`;
  const own = listBelow(paths, prefix).map((path) => path.slice(prefix.length));
  const present = new Set(own);
  const texts = new Map<string, string | undefined>();
  const hashes = new Map<string, string>();
  const missing = new Set<string>();
  const fetchOne = async (path: string) => {
    const fetched = present.has(path) ? await forge.fetchText(repository, prefix + path) : undefined;
    const has = fetched !== undefined && fetched.fault === undefined;
    texts.set(path, has ? fetched.text : undefined);
    hashes.set(path, has ? fetched.hash : '');
    missing.delete(path);
  };
  const fetch = async (wanted: readonly string[]) => {
    await Promise.all(wanted.filter((path) => !texts.has(path)).map(fetchOne));
  };
  const readText = (path: string) => {
    if (!texts.has(path)) missing.add(path);
    return texts.get(path);
  };
  return {
    listFiles: () => own,
    readText,
    readBytes: (path) => {
      const text = readText(path);
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    fetch,
    fetchMissing: async () => {
      const wanted = [...missing];
      await fetch(wanted);
      return wanted.length > 0;
    },
    hasFetched: (path) => texts.has(path),
    hashOf: (path) => hashes.get(path) ?? '',
    listTexts: () => [...texts],
    release: (paths) => {
      for (const path of paths) texts.delete(path);
    },
  };
}

const sortedLists = new WeakMap<readonly string[], boolean>();

/** The paths that begin with something; of a sorted list, of which thousands of trees may ask, found without reading all of it. */
function listBelow(paths: readonly string[], prefix: string): readonly string[] {
  if (prefix === '') return paths;
  const isSorted = sortedLists.get(paths) ?? paths.every((path, at) => at === 0 || (paths[at - 1] ?? '') <= path);
  sortedLists.set(paths, isSorted);
  if (!isSorted) return paths.filter((path) => path.startsWith(prefix));
  let [start, end] = [0, paths.length];
  while (start < end) {
    const middle = (start + end) >> 1;
    if ((paths[middle] ?? '') < prefix) start = middle + 1;
    else end = middle;
  }
  while (end < paths.length && paths[end]?.startsWith(prefix)) end += 1;
  return paths.slice(start, end);
}
