import type { Repository, Version } from '#model/catalog.ts';
import type { Forge } from '../scripts/ports.ts';

/** A forge of plain objects: the files of each repository by path, and which of its facts are not the usual ones. */
export function createInMemoryForge(
  files: Readonly<Record<string, Readonly<Record<string, string>>>>,
  repositories: readonly Repository[] = Object.keys(files).map((id) => ({
    id,
    url: `https://github.com/acme/${id}`,
    branch: 'main',
  })),
  history: Readonly<Record<string, readonly (Version & { files?: Readonly<Record<string, string>> })[]>> = {},
): Forge {
  return {
    listVersions: async (id) => (history[id] ?? []).map(({ name, type, commit }) => ({ name, type, commit })),
    findState: async (id, at) => {
      const state = history[id]?.find(({ commit }) => commit === at);
      return state?.files && createInMemoryForge({ ...files, [id]: state.files }, repositories, history);
    },
    listRepositories: async () => ({ repositories: [...repositories], problems: [] }),
    listFiles: async (id) => Object.keys(files[id] ?? {}).toSorted(),
    fetchText: async (id, path) => {
      const text = files[id]?.[path];
      return text === undefined ? { fault: 'absent' } : { text, hash: `${id}/${path}/${text.length}` };
    },
    fetchBytes: async (id, path) => {
      const text = files[id]?.[path];
      return text === undefined
        ? { fault: 'absent' }
        : { bytes: new TextEncoder().encode(text), hash: `${id}/${path}/${text}` };
    },
    listChanges: async () => new Map(),
    listLocalFiles: async (target, folder) =>
      repositories.flatMap((repository) => {
        const path = `${folder === '' ? '' : `${folder}/`}${target.replace(/^\.\//, '')}`;
        return repository.id === 'local' && files.local?.[path] !== undefined ? [{ repository, path }] : [];
      }),
  };
}

/** The text of an entity that is right. */
export function toEntityText(kind: string, name: string, spec = '{}'): string {
  const apiVersion = kind === 'Template' ? 'scaffolder.backstage.io/v1beta3' : 'backstage.io/v1alpha1';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec: ${spec}\n`;
}
