import type { Forge } from '../ports.ts';
import type { DocsTree } from '../render/tree.ts';

/** A docs tree whose texts are fetched when they have been asked for: ask, `fetchMissing`, and ask again. */
export type FetchedTree = DocsTree & {
  /** Fetches what was asked for and is not there yet; answers whether there was anything. */
  fetchMissing: () => Promise<boolean>;
  fetch: (paths: readonly string[]) => Promise<void>;
  /** What identifies the content of each text that was asked for; empty where there is none. */
  listInputs: () => [string, string][];
};

/** The files of a repository below a folder, by their paths from that folder on. */
export function createFetchedTree(
  forge: Forge,
  repository: string,
  folder: string,
  paths: readonly string[],
): FetchedTree {
  const prefix = folder === '' ? '' : `${folder}/`;
  const own = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const present = new Set(own);
  const texts = new Map<string, { text: string | undefined; hash: string }>();
  const missing = new Set<string>();
  const fetch = async (wanted: readonly string[]) => {
    await Promise.all(
      wanted.map(async (path) => {
        const fetched = present.has(path) ? await forge.fetchText(repository, prefix + path) : undefined;
        const has = fetched !== undefined && fetched.fault === undefined;
        texts.set(path, has ? { text: fetched.text, hash: fetched.hash } : { text: undefined, hash: '' });
        missing.delete(path);
      }),
    );
  };
  const readText = (path: string) => {
    const known = texts.get(path);
    if (!known) missing.add(path);
    return known?.text;
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
    listInputs: () => [...texts].map(([path, { hash }]): [string, string] => [path, hash]).toSorted(byFirst),
  };
}

const byFirst = ([a]: [string, string], [b]: [string, string]) => (a < b ? -1 : 1);
