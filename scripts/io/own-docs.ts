import { join } from 'node:path';
import type { Forge } from '../ports.ts';
import { listTree, readBytesBelow, readTextBelow } from './disk.ts';

/** What no repository of anybody can be called. */
const id = 'portolan:handbook';

/** A forge that holds the portal's own handbook, as it lies in the package, and nothing else. */
export function createHandbookForge(packageFolder: string): Forge {
  const folder = join(packageFolder, 'src', 'content');
  const readOwn = <Read>(repository: string, read: () => Read) =>
    repository === id ? read() : { fault: 'absent' as const };
  return {
    listRepositories: async () => ({ repositories: [{ id }], problems: [] }),
    listFiles: async () => (await listTree(folder)).paths,
    fetchText: async (repository, path) => readOwn(repository, () => readTextBelow(folder, path)),
    fetchBytes: async (repository, path) => readOwn(repository, () => readBytesBelow(folder, path)),
    listChanges: async () => new Map(),
    listVersions: async () => [],
    findState: async () => undefined,
    listLocalFiles: async () => [],
  };
}
