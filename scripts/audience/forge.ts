import type { Forge } from '../ports.ts';

/** A forge that has no other repositories than the ones that are shown. */
export function toNarrowForge(forge: Forge, shown: ReadonlySet<string>): Forge {
  return {
    listRepositories: async () => {
      const { repositories, people = [], problems } = await forge.listRepositories();
      return {
        repositories: repositories.filter(({ id }) => shown.has(id)),
        people: people.filter(({ repository }) => shown.has(repository.id)),
        problems: problems.filter(({ place }) => place === undefined || shown.has(place.repository)),
      };
    },
    findRepository: async (address) => {
      const found = await forge.findRepository?.(address);
      return found && shown.has(found.id) ? found : undefined;
    },
    listFiles: async (id) => (shown.has(id) ? forge.listFiles(id) : []),
    fetchText: async (id, path) => (shown.has(id) ? forge.fetchText(id, path) : { fault: 'absent' }),
    fetchBytes: async (id, path) => (shown.has(id) ? forge.fetchBytes(id, path) : { fault: 'absent' }),
    listChanges: async (id, paths) => (shown.has(id) ? forge.listChanges(id, paths) : new Map()),
    listVersions: async (id) => (shown.has(id) ? forge.listVersions(id) : []),
    findState: async (id, commit) => {
      const state = shown.has(id) ? await forge.findState(id, commit) : undefined;
      return state && toNarrowForge(state, shown);
    },
    listLocalFiles: async (target, folder) =>
      (await forge.listLocalFiles(target, folder)).filter(({ repository }) => shown.has(repository.id)),
  };
}
