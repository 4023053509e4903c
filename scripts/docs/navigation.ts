import type { DocsEntry, DocsTreePage } from '#model/docs.ts';
import { findSafeUrl } from '#model/urls.ts';
import type { NavEntry } from '../render/nav/entries.ts';

/** More entries on one level than anybody looks through, and how many stand together then. */
const longLevel = 150;
const runLength = 50;

/** Folds levels that are too long into runs, named after their first and last entries; every page shows its own run. */
export function foldLongLevels(entries: readonly DocsEntry[]): DocsEntry[] {
  const folded = entries.map((entry) => (entry.entries ? { ...entry, entries: foldLongLevels(entry.entries) } : entry));
  if (folded.length <= longLevel) return folded;
  const runs = Array.from({ length: Math.ceil(folded.length / runLength) }, (_, at) =>
    folded.slice(at * runLength, (at + 1) * runLength),
  );
  return foldLongLevels(
    runs.map((run) => ({ title: `${run[0]?.title ?? ''} … ${run.at(-1)?.title ?? ''}`, entries: run })),
  );
}

/** The navigation of a tree with titles and addresses; entries that lead nowhere are left out. */
export function toNavigation(
  nav: readonly NavEntry[],
  pageOf: (path: string) => DocsTreePage | undefined,
): DocsEntry[] {
  return nav.flatMap(({ title, path, href, children }): DocsEntry[] => {
    const page = path === undefined ? undefined : pageOf(path);
    const entries = toNavigation(children ?? [], pageOf);
    const below = entries.length > 0 ? { entries } : {};
    if (page) return [{ title: children ? (title ?? page.title) : page.title, address: page.address, ...below }];
    if (children) return entries.length > 0 ? [{ title: title ?? '', ...below }] : [];
    const url = href === undefined ? undefined : findSafeUrl(href);
    return url === undefined ? [] : [{ title: title ?? url, url }];
  });
}
