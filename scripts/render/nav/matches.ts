import type { DocsFile } from '../files.ts';
import { toGlobPattern } from '../glob.ts';
import { joinPath } from '../tree.ts';
import { type Folder, listPages, nameOf } from './folder.ts';

export type Matches = { pages: DocsFile[]; folders: Folder[] };

/**
 * The pages and folders that a glob means, written in a folder. Each folder is looked at once a part of the glob. A
 * glob that ends with a slash means folders alone, and `**` at its end every page below.
 */
export function findMatches(root: Folder, from: string, glob: string): Matches {
  const found = { pages: new Set<DocsFile>(), folders: new Set<Folder>() };
  const parts =
    joinPath(from, glob)
      ?.replace(/(?:\*\*\/)+/g, '**/')
      .split('/') ?? [];
  const wantsFolders = glob.endsWith('/');
  const seen = new Set<string>();
  const walk = (folder: Folder, at: number): void => {
    const key = `${at} ${folder.path}`;
    const part = parts[at];
    if (part === undefined || seen.has(key)) return;
    seen.add(key);
    const isLast = at === parts.length - 1;
    if (part === '**') {
      if (isLast && !wantsFolders) for (const page of listPages(folder)) found.pages.add(page);
      else if (isLast) for (const inner of folder.folders) found.folders.add(inner);
      else {
        walk(folder, at + 1);
        for (const inner of folder.folders) walk(inner, at);
      }
      return;
    }
    const pattern = toGlobPattern(part);
    const inner = folder.folders.filter(({ name }) => pattern.test(name));
    if (!isLast) for (const each of inner) walk(each, at + 1);
    else {
      for (const each of inner) found.folders.add(each);
      if (!wantsFolders) for (const page of folder.pages) if (pattern.test(nameOf(page.path))) found.pages.add(page);
    }
  };
  walk(root, 0);
  return { pages: [...found.pages], folders: [...found.folders] };
}
