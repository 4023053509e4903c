import { basename } from 'node:path';
import type { Version } from '#model/catalog.ts';

/** A version of a repository that is kept as a folder: `checkout@v1.2` beside `checkout`. */
export type KeptVersion = { name: string; folder: string };

/** Sorts folders of one place into repositories and their versions; a version without its repository is a repository. */
export function splitVersions(folders: readonly string[]): Map<string, KeptVersion[]> {
  const names = new Map(folders.map((folder) => [basename(folder), folder]));
  const versions = new Map<string, KeptVersion[]>();
  for (const folder of folders) {
    const [, name = '', version = ''] = /^([^@]+)@(.+)$/.exec(basename(folder)) ?? [];
    const repository = names.get(name);
    if (repository === undefined) versions.set(folder, versions.get(folder) ?? []);
    else versions.set(repository, [...(versions.get(repository) ?? []), { name: version, folder }]);
  }
  return versions;
}

const mark = 'folder:';

/** A kept version in the words of a forge; it has no commit, so its folder stands in for it. */
export const toVersion = ({ name }: KeptVersion): Version => ({ name, type: 'tag', commit: mark + name });

/** The folder of a version that `toVersion` named. */
export const findKeptFolder = (versions: readonly KeptVersion[], commit: string): string | undefined =>
  versions.find(({ name }) => mark + name === commit)?.folder;
