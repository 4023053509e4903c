import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Repository } from '#model/catalog.ts';
import type { FileAddress, Forge } from '../ports.ts';
import { isPresent, listTree, readBytesBelow, readTextBelow } from './disk.ts';
import { createGit } from './git.ts';
import { isOwnedName, toPlainRepository } from './plain-repository.ts';

/** Files that were named one by one, as files of the repositories that they lie in. */
export type OpenedFiles = {
  forge: Forge;
  repositories: Repository[];
  files: (FileAddress & {
    /** The path as it was named. */
    given: string;
  })[];
};

/**
 * Finds the repository of each file: the nearest folder above it that is a checkout, else the nearest one named
 * `owner__name`, else the folder that all files without either have in common.
 */
export async function openFiles(given: readonly string[], workingFolder: string): Promise<OpenedFiles> {
  const paths = [...new Set(given)].map((path) => ({ given: path, real: toReal(resolve(workingFolder, path)) }));
  const findFolder = createFolderFinder();
  const homes = await Promise.all(paths.map(({ real }) => findFolder(dirname(real))));
  const common = findCommonFolder(paths.flatMap(({ real }, position) => (homes[position] ? [] : [dirname(real)])));
  const register = await openFolders([...new Set(homes.map((folder) => folder ?? common))]);
  const files = paths.map(({ given: path, real }, position) => {
    const folder = homes[position] ?? common;
    const repository = register.find(({ folder: own }) => own === folder)?.repository.id ?? '';
    return { given: path, repository, path: relative(folder, real).split(sep).join('/') };
  });
  return { files, repositories: register.map(({ repository }) => repository), forge: createFilesForge(register) };
}

/** Which of the words name folders; everything else is taken for a file, so that one that is missing is said to be. */
export async function listFoldersAndFiles(words: readonly string[], workingFolder: string) {
  const kinds = await Promise.all(
    words.map((word) =>
      stat(resolve(workingFolder, word)).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    ),
  );
  return {
    folders: words.filter((_word, position) => kinds[position]),
    files: words.filter((_word, position) => !kinds[position]),
  };
}

type Registered = { folder: string; repository: Repository };

/** The folder is freed of links, the file's own name is not: a link instead of a file stays one. */
function toReal(path: string): string {
  try {
    return resolve(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function createFolderFinder(): (folder: string) => Promise<string | undefined> {
  const checkouts = new Map<string, Promise<string | undefined>>();
  const findCheckout = (folder: string): Promise<string | undefined> => {
    const known = checkouts.get(folder) ?? lookForCheckout(folder);
    checkouts.set(folder, known);
    return known;
  };
  const lookForCheckout = async (folder: string): Promise<string | undefined> => {
    if (await isPresent(resolve(folder, '.git'))) return folder;
    return folder === dirname(folder) ? undefined : findCheckout(dirname(folder));
  };
  return async (folder) => (await findCheckout(folder)) ?? findOwned(folder);
}

function findOwned(folder: string): string | undefined {
  if (isOwnedName(basename(folder))) return folder;
  return folder === dirname(folder) ? undefined : findOwned(dirname(folder));
}

function findCommonFolder(folders: readonly string[]): string {
  const [first = sep, ...others] = folders;
  return others.reduce((common, folder) => {
    let shared = common;
    while (folder !== shared && !folder.startsWith(shared === sep ? sep : `${shared}${sep}`)) shared = dirname(shared);
    return shared;
  }, first);
}

async function openFolders(folders: readonly string[]): Promise<Registered[]> {
  const git = createGit();
  const names = folders.map((folder) => basename(folder));
  return Promise.all(
    folders.toSorted().map(async (folder) => {
      const name = basename(folder);
      const id = names.filter((other) => other === name).length > 1 ? folder : name;
      const facts = (await git.findFacts(folder)) ?? toPlainRepository(name, undefined);
      return { folder, repository: { id, ...facts } };
    }),
  );
}

function createFilesForge(register: readonly Registered[]): Forge {
  const folders = new Map(register.map(({ folder, repository }) => [repository.id, folder]));
  return {
    listRepositories: async () => ({ repositories: register.map(({ repository }) => repository), problems: [] }),
    listFiles: async (id) => (await listTree(folders.get(id) ?? '')).paths,
    fetchText: async (id, path) => {
      const folder = folders.get(id);
      return folder === undefined ? { fault: 'absent' } : readTextBelow(folder, path);
    },
    fetchBytes: async (id, path) => {
      const folder = folders.get(id);
      return folder === undefined ? { fault: 'absent' } : readBytesBelow(folder, path);
    },
    listChanges: async () => new Map(),
    listVersions: async () => [],
    findState: async () => undefined,
    listLocalFiles: async () => [],
  };
}
