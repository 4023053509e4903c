import type { DocsEntry, DocsTreePage } from '#model/docs.ts';
import { findSafeUrl } from '#model/urls.ts';
import type { NavEntry } from '../render/nav.ts';

/** The files that a navigation names and that are not there. */
export function listMissing(nav: readonly NavEntry[], files: ReadonlyMap<string, unknown>): string[] {
  return nav.flatMap(({ path, children = [] }) => [
    ...(path !== undefined && !files.has(path) ? [path] : []),
    ...listMissing(children, files),
  ]);
}

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
    if (children) {
      const entries = toNavigation(children, pageOf);
      return entries.length > 0 ? [{ title: title ?? '', entries }] : [];
    }
    const page = path === undefined ? undefined : pageOf(path);
    if (page) return [{ title: page.title, address: page.address }];
    const url = href === undefined ? undefined : findSafeUrl(href);
    return url === undefined ? [] : [{ title: title ?? url, url }];
  });
}
