import type { Repository } from './catalog.ts';
import { findGitAddress, isGitHost, toRepositoryKey } from './git-url.ts';
import { findPath, toFolder } from './paths.ts';

/** A file of a repository that was discovered. */
export type FilePoint = { repository: Repository; path: string };

/** Where a target leads: to a file, to a branch that was not read, or why it leads nowhere here. */
export type Destination =
  | (FilePoint & { otherBranch?: string; fault?: undefined })
  /** `leaves` the tree, is of a git repository that is `outside`, is anything else on the web (`remote`). */
  | { fault: 'leaves' | 'outside' | 'remote' | 'invalid' };

export type RepositoryIndex = {
  /** Adds a repository that was found later, by an address that may be an old one. */
  add: (repository: Repository, address: string) => void;
  find: (address: string) => Repository | undefined;
  isGitHost: (address: string) => boolean;
};

/** An index of repositories by their address; one without an address is found by its name. */
export function createRepositoryIndex(repositories: readonly Repository[], hosts: readonly string[]): RepositoryIndex {
  const byKey = new Map<string, Repository>();
  const byName = new Map<string, Repository>();
  for (const repository of repositories) {
    if (repository.url === undefined) byName.set(repository.id.toLowerCase(), repository);
    else byKey.set(toRepositoryKey(repository.url), repository);
  }
  return {
    add: (repository, address) => {
      for (const url of [repository.url ?? '', address]) byKey.set(toRepositoryKey(url), repository);
    },
    find: (address) => {
      const key = toRepositoryKey(address);
      return byKey.get(key) ?? byName.get(key.slice(key.lastIndexOf('/') + 1));
    },
    isGitHost: (address) => isGitHost(address, hosts),
  };
}

/** Finds out where a target leads that is written in a file: a relative path, `/` for the repository's top, or a URL. */
export function toDestination(target: string, from: FilePoint | undefined, index: RepositoryIndex): Destination {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(target)) return toUrlDestination(target, index);
  if (from === undefined || target.trim() === '' || target.includes('\n')) return { fault: 'invalid' };
  const path = findPath(toFolder(from.path), target);
  return path === undefined ? { fault: 'leaves' } : { repository: from.repository, path };
}

function toUrlDestination(target: string, index: RepositoryIndex): Destination {
  const address = findGitAddress(target);
  const repository = address && index.find(address.repository);
  if (address === undefined || repository === undefined) {
    return { fault: index.isGitHost(target) ? 'outside' : 'remote' };
  }
  const { reference, path } = findGitAddress(target, repository.branch) ?? address;
  const inside = path === undefined ? undefined : findPath('', path);
  if (inside === undefined) return { fault: 'invalid' };
  const isRead = reference === undefined || reference === repository.branch || reference === repository.commit;
  return { repository, path: inside, ...(isRead ? {} : { otherBranch: reference }) };
}
