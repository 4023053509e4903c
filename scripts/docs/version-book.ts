import type { Repository, Version } from '#model/catalog.ts';
import type { Forge } from '../ports.ts';

/** The versions of repositories, fetched when they have been asked for: ask, `fetchMissing`, and ask again. */
export type VersionBook = {
  /** Splits what an address says after `/tree/` into a version of the repository and a path. */
  find: (repository: Repository, written: string) => { version: Version; path: string } | undefined;
  list: (repository: string) => Promise<readonly Version[]>;
  /** Fetches what was asked for and is not there yet; answers whether there was anything. */
  fetchMissing: () => Promise<boolean>;
};

/** A book that asks a forge, once for each repository. */
export function createVersionBook(forge: Forge): VersionBook {
  const known = new Map<string, readonly Version[]>();
  const asked = new Map<string, Promise<readonly Version[]>>();
  const missing = new Set<string>();
  const ask = async (repository: string) => {
    const versions = await forge.listVersions(repository);
    known.set(repository, versions);
    return versions;
  };
  const list = (repository: string) => {
    const versions = asked.get(repository) ?? ask(repository);
    asked.set(repository, versions);
    return versions;
  };
  return {
    list,
    find: ({ id }, written) => {
      const versions = known.get(id);
      if (!versions) missing.add(id);
      return findIn(versions ?? [], written.replace(/^refs\/(?:heads|tags)\//, ''));
    },
    fetchMissing: async () => {
      const wanted = [...missing].toSorted();
      missing.clear();
      await Promise.all(wanted.map(list));
      return wanted.length > 0;
    },
  };
}

/** A name may have slashes, so the longest one that fits is meant; of a branch and a tag the branch, as on the web. */
function findIn(versions: readonly Version[], written: string) {
  const [version] = versions
    .filter(({ name }) => `${written}/`.startsWith(`${name}/`))
    .toSorted((a, b) => b.name.length - a.name.length || (a.type < b.type ? -1 : 1));
  if (version) return { version, path: written.slice(version.name.length + 1) };
  const [, commit, path = ''] = /^([0-9a-f]{40})(?:\/(.*))?$/.exec(written) ?? [];
  return commit === undefined
    ? undefined
    : { version: { name: commit.slice(0, 10), type: 'commit' as const, commit }, path };
}
