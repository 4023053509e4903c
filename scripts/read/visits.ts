import type { Repository } from '#model/catalog.ts';
import { findGitAddress } from '#model/git-url.ts';
import type { RepositoryIndex } from '#model/targets.ts';
import type { Forge } from '../ports.ts';

/** Opens the repository of an address that no source has; answers whether it can be read now. */
export type Visit = (address: string) => Promise<boolean>;

/** Visits what Locations lead to, and remembers what is not among the `known` repositories under another address. */
export function createVisits(
  forge: Forge,
  index: RepositoryIndex,
  known: readonly Repository[],
): { visit: Visit; visited: Repository[] } {
  const ids = new Set(known.map(({ id }) => id));
  const visited: Repository[] = [];
  const visit = async (address: string) => {
    const repository = await forge.findRepository?.(address);
    if (repository === undefined) return false;
    index.add(repository, findGitAddress(address)?.repository ?? address);
    if (!ids.has(repository.id)) visited.push(repository);
    ids.add(repository.id);
    return true;
  };
  return { visit, visited };
}
