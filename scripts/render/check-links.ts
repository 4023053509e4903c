import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { ResolvedLink } from './links.ts';

/** A link of a page: as written, and where it leads. */
export type WrittenLink = { place: Place; href: string; resolved: ResolvedLink };

const fileLike = /\.[a-z0-9]{1,5}(?:[?#]|$)/i;

/** Finds links to files and headings that are not there. Ids are known by the path of their page. */
export function checkLinks(links: readonly WrittenLink[], ids: ReadonlyMap<string, ReadonlySet<string>>): Problem[] {
  return links.flatMap(({ place, href, resolved }) => {
    if (resolved.problem) return fileLike.test(href) ? [toProblem('docs-broken-link', { href }, { place })] : [];
    const { target, anchor } = resolved;
    const known = target && anchor ? ids.get(target.path) : undefined;
    if (!anchor || !known || known.has(anchor) || known.has(decode(anchor)) || anchor === 'top') return [];
    return [toProblem('docs-broken-anchor', { href, anchor }, { place })];
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
