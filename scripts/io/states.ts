import type { Forge } from '../ports.ts';
import { listTree, readBytesBelow, readTextBelow } from './disk.ts';
import type { Git } from './git.ts';
import { fetchTextOf, findCommit } from './history.ts';

/** The files of one repository, without saying which one it is. */
export type Files = {
  listFiles: () => ReturnType<Forge['listFiles']>;
  fetchText: (path: string) => ReturnType<Forge['fetchText']>;
  fetchBytes: (path: string) => ReturnType<Forge['fetchBytes']>;
  listChanges: (paths: readonly string[]) => ReturnType<Forge['listChanges']>;
};

/** A forge in which one repository has other files. */
export function toState(forge: Forge, id: string, files: Files): Forge {
  return {
    ...forge,
    listFiles: (other) => (other === id ? files.listFiles() : forge.listFiles(other)),
    fetchText: (other, path) => (other === id ? files.fetchText(path) : forge.fetchText(other, path)),
    fetchBytes: (other, path) => (other === id ? files.fetchBytes(path) : forge.fetchBytes(other, path)),
    listChanges: (other, paths) => (other === id ? files.listChanges(paths) : forge.listChanges(other, paths)),
  };
}

/** The files of a folder. */
export const toFolderFiles = (folder: string): Files => ({
  listFiles: async () => (await listTree(folder)).paths,
  fetchText: async (path) => readTextBelow(folder, path),
  fetchBytes: async (path) => readBytesBelow(folder, path),
  listChanges: async () => new Map(),
});

/** Finds the files of commits. Those of the checkout that was asked last are kept: several docs trees may lie in it. */
export function createCommitFinder(git: Git): (folder: string, at: string) => Promise<Files | undefined> {
  let shelf: { folder: string; commits: Map<string, Promise<Files | undefined>> } | undefined;
  const find = async (folder: string, at: string): Promise<Files | undefined> => {
    const commit = await findCommit(folder, at);
    return (
      commit && {
        listFiles: async () => commit.paths,
        fetchText: (path) => fetchTextOf(commit, path),
        fetchBytes: (path) => commit.fetchBytes(path),
        listChanges: (paths) => git.listChanges(folder, paths, at),
      }
    );
  };
  return (folder, at) => {
    if (shelf?.folder !== folder) shelf = { folder, commits: new Map() };
    const files = shelf.commits.get(at) ?? find(folder, at);
    shelf.commits.set(at, files);
    return files;
  };
}
