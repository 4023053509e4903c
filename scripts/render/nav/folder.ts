import type { DocsFile } from '../files.ts';
import { folderOf } from '../tree.ts';
import { type NavEntry, toNameTitle } from './entries.ts';

/** A folder of pages: what stands in it, indexes first, then by name. */
export type Folder = { path: string; name: string; pages: DocsFile[]; folders: Folder[] };

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Folders by their paths, and the one that holds all others. */
export type Folders = { root: Folder; byPath: ReadonlyMap<string, Folder> };

/** Sorts pages into their folders, in one go over all of them. */
export function toFolders(pages: readonly DocsFile[]): Folders {
  const root: Folder = { path: '', name: '', pages: [], folders: [] };
  const known = new Map([['', root]]);
  const open = (path: string): Folder => {
    const before = known.get(path);
    if (before) return before;
    const folder: Folder = { path, name: nameOf(path), pages: [], folders: [] };
    known.set(path, folder);
    open(folderOf(path)).folders.push(folder);
    return folder;
  };
  for (const page of pages) open(folderOf(page.path)).pages.push(page);
  for (const folder of known.values()) {
    folder.pages.sort(byIndexThenPath);
    folder.folders.sort((one, other) => (one.name < other.name ? -1 : 1));
  }
  return { root, byPath: known };
}

/** The order that MkDocs gives to the pages of a folder. */
export function byIndexThenPath(one: DocsFile, other: DocsFile): number {
  const order = Number(other.isIndex) - Number(one.isIndex);
  return order !== 0 ? order : one.path < other.path ? -1 : 1;
}

/** Every page in a folder and below it. */
export function* listPages({ pages, folders }: Folder): Generator<DocsFile> {
  yield* pages;
  for (const folder of folders) yield* listPages(folder);
}

/** The navigation of a tree that has none: its folders and files in order of their names, indexes first. */
export function toFolderNav({ pages, folders }: Folder): NavEntry[] {
  return [
    ...pages.map(({ path }) => ({ path })),
    ...folders.map((folder) => ({ title: toNameTitle(folder.name), children: toFolderNav(folder) })),
  ];
}
