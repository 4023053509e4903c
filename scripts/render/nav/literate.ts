import { toFlag, toText } from '../core/options.ts';
import { findPlugin, type Site } from '../mkdocs.ts';
import { folderOf, joinPath } from '../tree.ts';
import type { NavContext, NavForm } from './define.ts';
import { type NavEntry, toLeaf, toNameTitle } from './entries.ts';
import { byIndexThenPath, type Folder, nameOf } from './folder.ts';
import { findMatches } from './matches.ts';
import { parseSummary, type SummaryRow } from './summary.ts';

/** Lists in `SUMMARY.md` are the navigation; folders and wildcards in it, and in `nav:`, stand for what is there. */
export const literateNav: NavForm = {
  isOn: (site) => findPlugin(site, 'literate-nav') !== undefined,
  arrange: (nav, context) => {
    const reading = createReading(context);
    return reading.readFile('') ?? (nav && reading.expand(nav.map(toRow), ''));
  },
};

/** The name of the files that hold lists, where the site has such. */
export const findSummaryName = (site: Site): string | undefined => {
  const plugin = findPlugin(site, 'literate-nav');
  return plugin && toText(plugin.options.nav_file, 'SUMMARY.md');
};

/** An entry of mkdocs.yml as a row of a list. */
function toRow({ title, path, href, children }: NavEntry): SummaryRow {
  const target = path ?? href;
  return {
    ...(title !== undefined && { title }),
    ...(target !== undefined && { target }),
    ...(children && { children: children.map(toRow) }),
  };
}

const deepest = 20;

function createReading({ site, folders, readText }: NavContext) {
  const summary = findSummaryName(site) ?? '';
  const hasIndex = toFlag(findPlugin(site, 'literate-nav')?.options.implicit_index, false);
  /** What is named somewhere, or stands somewhere already: a wildcard brings nothing twice. */
  const taken = new Set<string>();
  const open: string[] = [];

  function readFile(folder: string): NavEntry[] | undefined {
    const path = joinPath(folder, summary) ?? summary;
    const text = readText(path);
    if (text === undefined || open.includes(folder) || open.length > deepest) return undefined;
    const rows = parseSummary(text);
    open.push(folder);
    const entries = expand(rows, folder, path);
    open.pop();
    return hasIndex ? withIndex(entries, folder) : entries;
  }

  function withIndex(entries: NavEntry[], folder: string): NavEntry[] {
    const index = folders.byPath.get(folder)?.pages.find(({ isIndex }) => isIndex);
    if (!index || entries.some(({ path }) => path === index.path)) return entries;
    return [{ path: index.path }, ...entries];
  }

  function expand(rows: readonly SummaryRow[], folder: string, source?: string): NavEntry[] {
    take(rows, folder);
    return rows.flatMap((row) => expandRow(row, folder, source));
  }

  function take(rows: readonly SummaryRow[], folder: string): void {
    for (const { target, children } of rows) {
      if (target !== undefined && !target.includes('*')) taken.add(joinPath(folder, target) ?? target);
      if (children) take(children, folder);
    }
  }

  function expandRow({ title, target, children }: SummaryRow, folder: string, source?: string): NavEntry[] {
    if (children) {
      const first = target === undefined ? [] : expandRow({ target }, folder, source);
      return [
        { title: title ?? '', children: [...first, ...children.flatMap((row) => expandRow(row, folder, source))] },
      ];
    }
    if (target === undefined) return [];
    if (title === undefined && target.includes('*')) return expandWildcard(folder, target);
    const leaf = toLeaf(title, target);
    if (leaf.path === undefined) return [leaf];
    const path = joinPath(folder, leaf.path) ?? leaf.path;
    const inner = leaf.path.endsWith('/') ? folders.byPath.get(path) : undefined;
    if (inner) return [{ title: title ?? toNameTitle(inner.name), children: readFolder(inner) }];
    return [{ ...leaf, path: leaf.path.endsWith('/') ? `${path}/` : path, ...(source && { source }) }];
  }

  function readFolder(folder: Folder): NavEntry[] {
    return readFile(folder.path) ?? (open.includes(folder.path) ? [] : expandWildcard(folder.path, '*'));
  }

  function expandWildcard(from: string, glob: string): NavEntry[] {
    const { pages, folders: inner } = findMatches(folders.root, from, glob);
    const isNew = ({ path }: { path: string }) => !taken.has(path) && taken.add(path);
    const files = pages.toSorted(byFolderThenName).filter((page) => nameOf(page.path) !== summary && isNew(page));
    return [
      ...files.map(({ path }) => ({ path })),
      ...inner.filter(isNew).map((folder) => ({ title: toNameTitle(folder.name), children: readFolder(folder) })),
    ].filter(({ children }: NavEntry) => children === undefined || children.length > 0);
  }

  return { readFile, expand };
}

function byFolderThenName(one: Folder['pages'][number], other: Folder['pages'][number]): number {
  const [a, b] = [folderOf(one.path), folderOf(other.path)];
  return a === b ? byIndexThenPath(one, other) : a < b ? -1 : 1;
}
