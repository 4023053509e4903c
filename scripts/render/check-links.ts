import { type Problem, toProblem } from '#model/problems.ts';
import type { WrittenLink } from './render-page.ts';

/** What one page says of itself to whoever checks the links of a tree. */
export type PageFindings = { path: string; source: string; links: readonly WrittenLink[]; ids: readonly string[] };

const fileLike = /\.[a-z0-9]{1,5}(?:[?#]|$)/i;

/** Finds links to files and headings that are not there. */
export function checkLinks(pages: readonly PageFindings[], repository: string): Problem[] {
  const wanted = new Set(pages.flatMap(({ links }) => links.flatMap(({ target = [] }) => target)));
  const targets = pages.filter(({ path }) => wanted.has(path));
  const ids = new Map(targets.map((page) => [page.path, new Set(page.ids)]));
  return pages.flatMap(({ source: path, links }) =>
    links.flatMap((link) => checkLink(link, ids, { repository, path, line: link.line, column: link.column })),
  );
}

function checkLink(
  { href, isBroken, target, anchor }: WrittenLink,
  ids: ReadonlyMap<string, ReadonlySet<string>>,
  place: { repository: string; path: string; line: number; column: number },
): Problem[] {
  if (isBroken) return fileLike.test(href) ? [toProblem('docs-broken-link', { href }, { place })] : [];
  const known = target !== undefined && anchor ? ids.get(target) : undefined;
  if (!anchor || !known || known.has(anchor) || known.has(decode(anchor)) || anchor === 'top') return [];
  return [toProblem('docs-broken-anchor', { href, anchor }, { place })];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
