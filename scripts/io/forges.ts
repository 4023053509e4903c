import type { Repository } from '#model/catalog.ts';
import { toRepositoryKey } from '#model/git-url.ts';
import type { Forge, ListedRepositories } from '../ports.ts';

/**
 * Several forges as one. A repository that two of them have, by its address, is the first one's: a checkout in a folder
 * stands in for what is on GitHub, and is seen by whom that is seen by.
 */
export function createForges(forges: readonly Forge[]): Forge {
  const owners = new Map<string, Forge>();
  const own = (forge: Forge, repository: Repository) => {
    if (!owners.has(repository.id)) owners.set(repository.id, forge);
  };
  const findOwner = (id: string) => owners.get(id);
  let listed: Promise<ListedRepositories> | undefined;
  const list = async (): Promise<ListedRepositories> => {
    const lists = await Promise.all(forges.map((forge) => forge.listRepositories()));
    const known = new Map<string, Repository>();
    const repositories: Repository[] = [];
    for (const [at, forge] of forges.entries()) {
      const { people = [], repositories: found = [] } = lists[at] ?? {};
      for (const { repository } of people) own(forge, repository);
      for (const { url, visibility } of found) {
        const standIn = url && known.get(toRepositoryKey(url));
        if (standIn && visibility) standIn.visibility ??= visibility;
      }
      const fresh = found.filter(({ id, url }) => !owners.has(id) && !(url && known.has(toRepositoryKey(url))));
      for (const repository of fresh) {
        own(forge, repository);
        if (repository.url) known.set(toRepositoryKey(repository.url), repository);
      }
      repositories.push(...fresh);
    }
    return {
      repositories: repositories.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
      people: lists.flatMap(({ people = [] }) => people),
      sources: lists.flatMap(({ sources = [] }) => sources),
      problems: lists.flatMap(({ problems }) => problems),
    };
  };
  return {
    listRepositories: () => {
      listed ??= list();
      return listed;
    },
    findRepository: async (address) => {
      for (const forge of forges) {
        const repository = await forge.findRepository?.(address);
        if (repository === undefined) continue;
        own(forge, repository);
        return repository;
      }
      return undefined;
    },
    listFiles: async (id) => findOwner(id)?.listFiles(id) ?? [],
    fetchText: async (id, path) => findOwner(id)?.fetchText(id, path) ?? { fault: 'absent' },
    fetchBytes: async (id, path) => findOwner(id)?.fetchBytes(id, path) ?? { fault: 'absent' },
    listChanges: async (id, paths) => findOwner(id)?.listChanges(id, paths) ?? new Map(),
    listVersions: async (id) => findOwner(id)?.listVersions(id) ?? [],
    findState: async (id, commit) => findOwner(id)?.findState(id, commit),
    listLocalFiles: async (target, folder) => {
      for (const forge of forges) {
        const files = await forge.listLocalFiles(target, folder);
        for (const { repository } of files) own(forge, repository);
        if (files.length > 0) return files;
      }
      return [];
    },
  };
}
