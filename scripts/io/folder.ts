import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import type { Repository } from '#model/catalog.ts';
import { hasKind, isCatalogFile, isRootIndex } from '#model/catalog-files.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Forge, SourceReading } from '../ports.ts';
import { isPresent, listFolder, listTree, readBytesBelow, readTextBelow } from './disk.ts';
import { createGit, type Git } from './git.ts';
import { listVersions } from './history.ts';
import { findKeptFolder, type KeptVersion, splitVersions, toVersion } from './kept-versions.ts';
import { type Home, toPlainRepository } from './plain-repository.ts';
import { createCommitFinder, toFolderFiles, toState } from './states.ts';

/** What a folder forge needs of the settings. */
export type FolderSettings = {
  sources: readonly { folder: string; place?: Place }[];
  /** The organisation that plain folders are taken to be clones of. */
  home?: Home;
};

export type FolderForge = Forge & {
  /** The folder of a repository, relative to the root. */
  toFolder: (id: string) => string;
};

/**
 * A forge whose repositories are folders: the sub-directories of each source, git checkouts or not. A source that is a
 * checkout itself, or has a catalog file at its top, is one repository. A checkout says its own address, branch and
 * commit. A plain folder is known by its name: `owner__name` is `https://github.com/owner/name`, any other is a
 * repository of the one organisation that the configuration discovers, if it is one. A folder `name@version` beside `name`
 * is that repository in another version. Links are never followed.
 */
export function createFolderForge(settings: FolderSettings, root: string): FolderForge {
  const git = createGit();
  const register = createRegister(git, settings.home);
  let sources: ReturnType<Forge['listRepositories']> | undefined;
  const listRepositories = () => {
    sources ??= openSources(settings, root, register);
    return sources;
  };
  const trees = new Map<string, ReturnType<typeof listTree>>();
  const listTreeOnce = (folder: string) => {
    const tree = trees.get(folder) ?? listTree(folder);
    trees.set(folder, tree);
    return tree;
  };
  const findCommitFiles = createCommitFinder(git);
  const forge: FolderForge = {
    listRepositories,
    toFolder: (id) =>
      relative(resolve(root), register.findFolder(id) ?? root)
        .split(sep)
        .join('/') || '.',
    listFiles: async (id) => (await listTreeOnce(register.findFolder(id) ?? '')).paths,
    fetchText: async (id, path) => {
      const folder = register.findFolder(id);
      return folder === undefined ? { fault: 'absent' } : readTextBelow(folder, path);
    },
    fetchBytes: async (id, path) => {
      const folder = register.findFolder(id);
      return folder === undefined ? { fault: 'absent' } : readBytesBelow(folder, path);
    },
    listChanges: async (id, paths) => {
      const folder = register.findFolder(id);
      return folder === undefined ? new Map() : git.listChanges(folder, paths);
    },
    listVersions: async (id) => {
      const folder = register.findFolder(id);
      if (folder === undefined) return [];
      const kept = register.listKept(folder).map(toVersion);
      return (await isPresent(join(folder, '.git'))) ? [...kept, ...(await listVersions(folder))] : kept;
    },
    findState: async (id, at) => {
      const folder = register.findFolder(id);
      if (folder === undefined) return undefined;
      const kept = findKeptFolder(register.listKept(folder), at);
      const files = kept === undefined ? await findCommitFiles(folder, at) : toFolderFiles(kept);
      return files && toState(forge, id, files);
    },
    listLocalFiles: async (target, folder) => {
      await listRepositories();
      const home = resolve(root, folder);
      for (const place of [resolve(home, target), resolve(home, 'packages/backend', target)]) {
        const files = await listLocal(place, home, register, listTreeOnce);
        if (files.length > 0) return files;
      }
      return [];
    },
  };
  return forge;
}

/** The folders that are repositories, each under an id of its own. */
type Register = {
  add: (folder: string, kept?: KeptVersion[]) => Promise<Repository>;
  /** The versions that are kept beside a repository's folder. */
  listKept: (folder: string) => readonly KeptVersion[];
  findFolder: (id: string) => string | undefined;
  /** The repository that a path lies in, if it lies in one that is registered. */
  findAround: (path: string) => { repository: Repository; folder: string } | undefined;
};

function createRegister(git: Git, home: Home | undefined): Register {
  const folders = new Map<string, string>();
  const repositories = new Map<string, Repository>();
  const versions = new Map<string, KeptVersion[]>();
  const toId = (folder: string) => {
    const names = [basename(folder), `${basename(dirname(folder))}/${basename(folder)}`];
    for (let count = 2; ; count += 1) {
      const free = names.find((name) => !folders.has(name));
      if (free !== undefined) return free;
      names.push(`${basename(folder)}~${count}`);
    }
  };
  return {
    listKept: (folder) => versions.get(folder) ?? [],
    add: async (folder, kept = []) => {
      if (kept.length > 0) versions.set(folder, kept);
      const known = repositories.get(folder);
      if (known) return known;
      const id = toId(folder);
      folders.set(id, folder);
      const facts = (await git.findFacts(folder)) ?? toPlainRepository(basename(folder), home);
      const repository = { id, ...facts };
      repositories.set(folder, repository);
      return repository;
    },
    findFolder: (id) => folders.get(id),
    findAround: (path) => {
      for (let folder = path; ; folder = dirname(folder)) {
        const repository = repositories.get(folder);
        if (repository) return { repository, folder };
        if (folder === dirname(folder)) return undefined;
      }
    },
  };
}

async function openSources({ sources }: FolderSettings, root: string, register: Register) {
  const problems: Problem[] = [];
  const opened: Promise<Repository>[] = [];
  const readings: Promise<SourceReading>[] = [];
  for (const { folder, place } of sources) {
    const real = await findRealFolder(resolve(root, folder));
    if (real === undefined) problems.push(toProblem('source-missing', { folder }, place ? { place } : {}));
    else {
      const added = splitVersions(await listRepositoryFolders(real));
      const own = [...added].map(([repository, kept]) => register.add(repository, kept));
      opened.push(...own);
      readings.push(toReading(basename(real), own));
    }
  }
  const byId = new Map((await Promise.all(opened)).map((repository) => [repository.id, repository]));
  const repositories = [...byId.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1));
  return { repositories, problems, sources: await Promise.all(readings) };
}

const toReading = async (name: string, own: readonly Promise<Repository>[]): Promise<SourceReading> => ({
  name,
  type: 'folder',
  repositories: (await Promise.all(own)).map(({ id }) => id),
});

async function findRealFolder(path: string): Promise<string | undefined> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

async function listRepositoryFolders(source: string): Promise<string[]> {
  if (await isRepository(source)) return [source];
  const entries = await listFolder(source);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => join(source, name));
}

async function isRepository(folder: string): Promise<boolean> {
  const names = (await listFolder(folder)).map(({ name }) => name);
  if (names.some((name) => name === '.git' || isCatalogFile(name))) return true;
  const index = names.find(isRootIndex);
  const fetched = index === undefined ? undefined : readTextBelow(folder, index);
  return fetched?.fault === undefined && fetched !== undefined && hasKind(fetched.text, ['Location']);
}

const globStart = /[*?{[]/;

async function listLocal(place: string, home: string, register: Register, list: typeof listTree) {
  const at = place.search(globStart);
  const literal = at < 0 ? place : dirname(`${place.slice(0, at)}x`);
  const real = await realpath(literal).catch(() => undefined);
  if (real === undefined) return [];
  const around = register.findAround(real) ?? (await openAround(real, home, register));
  const path = relative(around.folder, real).split(sep).join('/');
  if (at < 0) return (await stat(real)).isFile() ? [{ repository: around.repository, path }] : [];
  const pattern = `${path === '' ? '' : `${path}/`}${place.slice(literal.length + 1)}`;
  const matches = picomatch(pattern, { noextglob: true });
  const { paths } = await list(around.folder);
  return paths.filter((found) => matches(found)).map((found) => ({ repository: around.repository, path: found }));
}

/** A file that no source holds lives in the checkout around it, else in the folder of the configuration, else in its own. */
async function openAround(path: string, home: string, register: Register) {
  const checkout = await findCheckout(dirname(path));
  const realHome = await findRealFolder(home);
  const isHome = realHome !== undefined && path.startsWith(`${realHome}${sep}`);
  const folder = checkout ?? (isHome ? realHome : dirname(path));
  return { repository: await register.add(folder), folder };
}

/** The nearest folder around a path that is a checkout's top. */
async function findCheckout(folder: string): Promise<string | undefined> {
  for (let around = folder; ; around = dirname(around)) {
    if (await isPresent(join(around, '.git'))) return around;
    if (around === dirname(around)) return undefined;
  }
}
