import type { Repository } from '#model/catalog.ts';
import type { RepositoryIndex } from '#model/targets.ts';
import type { Forge } from '../ports.ts';

/** Opens the repository of an address that no source has; answers whether it can be read now. */
export type Visit = (address: string) => Promise<boolean>;

/** Visits what Locations lead to, and remembers it. */
export function createVisits(forge: Forge, index: RepositoryIndex): { visit: Visit; visited: Repository[] } {
  const visited: Repository[] = [];
  const visit = async (address: string) => {
    const repository = await forge.findRepository?.(address);
    if (repository === undefined) return false;
    if (!visited.some(({ id }) => id === repository.id)) visited.push(repository);
    index.add(repository);
    return true;
  };
  return { visit, visited };
}
