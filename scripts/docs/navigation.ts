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
