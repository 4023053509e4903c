import { isRecord } from '../core/options.ts';

/** An entry of the navigation: a page, a link elsewhere, or a section with entries of its own, which may be a page too. */
export type NavEntry = {
  title?: string;
  path?: string;
  href?: string;
  children?: NavEntry[];
  /** What the page of a section is called, where the navigation says so. */
  pageTitle?: string;
  /** The file in the docs that says so, where it is not mkdocs.yml. */
  source?: string;
};

const maxEntries = 20_000;
const deepest = 20;

/** Reads `nav:` as written: paths, `Title: path`, `Title: address` and `Title: [entries]`. */
export function readNav(value: unknown, depth = 0): NavEntry[] {
  if (depth > deepest) return [];
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

/** An entry for what is written as the target of a navigation: an address elsewhere, or a path in the docs. */
export function toLeaf(title: string | undefined, target: string): NavEntry {
  const isLink = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(target) || target.startsWith('/');
  const where = isLink ? { href: target } : { path: target.replace(/^\.\//, '') };
  return title === undefined ? where : { title, ...where };
}

/** A title made of a file or folder name. */
export function toNameTitle(name: string): string {
  const title = name.replace(/[-_]/g, ' ');
  return title.toLowerCase() === title ? title.charAt(0).toUpperCase() + title.slice(1) : title;
}

/** Every entry of a navigation in reading order, those inside of sections too. */
export function* listEntries(nav: readonly NavEntry[]): Generator<NavEntry> {
  for (const entry of nav) {
    yield entry;
    if (entry.children) yield* listEntries(entry.children);
  }
}

/** The titles that the navigation gives to pages; where it names a page twice, the last one counts. */
export function titlesOf(nav: readonly NavEntry[]): Map<string, string> {
  const titles = new Map<string, string>();
  for (const { title, path, children, pageTitle } of listEntries(nav)) {
    const name = children ? pageTitle : title;
    if (path !== undefined && name !== undefined) titles.set(path, name);
  }
  return titles;
}

/** The paths that a navigation names. */
export function pathsOf(nav: readonly NavEntry[]): Set<string> {
  return new Set([...listEntries(nav)].flatMap(({ path }) => (path === undefined ? [] : [path])));
}
