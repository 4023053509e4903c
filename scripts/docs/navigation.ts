import type { DocsEntry, DocsTreePage } from '#model/docs.ts';
import { findSafeUrl } from '#model/urls.ts';
import type { NavEntry } from '../render/nav/entries.ts';

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
