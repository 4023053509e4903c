import { isRecord } from './core/options.ts';
import type { DocsFile } from './files.ts';
import { folderOf } from './tree.ts';

/** An entry of the navigation: a page, a link elsewhere, or a section with entries of its own. */
export type NavEntry = { title?: string; path?: string; href?: string; children?: NavEntry[] };

const maxEntries = 20_000;

/** Reads `nav:` as written: paths, `Title: path`, `Title: address` and `Title: [entries]`. */
export function readNav(value: unknown, depth = 0): NavEntry[] {
  if (depth > 20) return [];
  const rows = Array.isArray(value) ? value.slice(0, maxEntries) : isRecord(value) ? [value] : [];
  return rows.flatMap((row): NavEntry[] => {
    if (typeof row === 'string') return [toLeaf(undefined, row)];
    if (!isRecord(row)) return [];
    return Object.entries(row).map(([title, target]) => {
      if (typeof target === 'string') return toLeaf(title, target);
      return target === null ? toLeaf(undefined, title) : { title, children: readNav(target, depth + 1) };
    });
  });
}

function toLeaf(title: string | undefined, target: string): NavEntry {
  const isLink = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(target) || target.startsWith('/');
  const where = isLink ? { href: target } : { path: target.replace(/^\.\//, '') };
  return title === undefined ? where : { title, ...where };
}

/** A title made of a file or folder name. */
export function toNameTitle(name: string): string {
  const title = name.replace(/[-_]/g, ' ');
  return title.toLowerCase() === title ? title.charAt(0).toUpperCase() + title.slice(1) : title;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const isIndex = (path: string): boolean => /^(?:index|README)\.[a-z]+$/.test(nameOf(path));

/** The navigation of a tree that has none: its folders and files in order of their names, indexes first. */
export function toFolderNav(pages: readonly DocsFile[], folder = ''): NavEntry[] {
  const prefix = folder ? `${folder}/` : '';
  const inside = pages.filter(({ path }) => path.startsWith(prefix));
  const own = inside.filter(({ path }) => folderOf(path) === folder).toSorted(byIndexThenName);
  const folders = [
    ...new Set(
      inside
        .map(({ path }) => path.slice(prefix.length))
        .filter((rest) => rest.includes('/'))
        .map((rest) => rest.slice(0, rest.indexOf('/'))),
    ),
  ];
  return [
    ...own.map(({ path }) => ({ path })),
    ...folders.toSorted().map((name) => ({ title: toNameTitle(name), children: toFolderNav(inside, prefix + name) })),
  ];
}

function byIndexThenName(one: DocsFile, other: DocsFile): number {
  const order = Number(isIndex(other.path)) - Number(isIndex(one.path));
  return order !== 0 ? order : one.path < other.path ? -1 : 1;
}

/** The titles that the navigation gives to pages; where it names a page twice, the last one counts. */
export function titlesOf(nav: readonly NavEntry[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { title, path, children } of nav) {
    if (path !== undefined && title !== undefined) titles.set(path, title);
    if (children) for (const [inner, name] of titlesOf(children)) titles.set(inner, name);
  }
  return titles;
}
