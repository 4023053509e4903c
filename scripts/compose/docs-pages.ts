import type { Repository } from '#model/catalog.ts';
import { type Docs, type DocsEntry, type DocsTree, type DocsTreePage, findFirstAddress } from '#model/docs.ts';
import type { DocsIndex, DocsNavEntry, DocsPage, DocsTreeLine } from '#model/pages/docs-page.ts';
import type { EntityPage } from '#model/pages/entity-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { RefText } from '#model/ref.ts';
import { findSafeUrl, toDocsPath, toHref } from '#model/urls.ts';
import type { SiteFile } from './compose.ts';
import { listBelow } from './docs-sections.ts';
import type { Lookup } from './lookup.ts';
import { findFileUrls } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/** Every page of documentation, of each entity that it belongs to. */
export function* listDocsPages({ trees }: Docs, around: Surroundings): Generator<ComposedPage<DocsPage>> {
  for (const tree of trees) {
    const steps = toSteps(tree);
    const repository = around.repositories.get(tree.repository);
    for (const ref of tree.entities) {
      const shared = toShared(tree, ref, around.lookup);
      for (const page of tree.pages) {
        const { title, summary, body, headings, address } = page;
        const view = {
          ...{ title, summary, tree: shared, body, headings },
          navigation: toSlice(tree.navigation, address, ref),
          trail: toTrail(tree, address, ref),
          ...steps(address, ref),
          source: toSource(tree, page, repository),
        };
        yield { path: toDocsPath(ref, address), view };
      }
    }
  }
}

/** The pages before and after each one, in the order of the navigation; a page that it does not name has none. */
function toSteps(tree: DocsTree): (address: string, ref: RefText) => Pick<DocsPage, 'previous' | 'next'> {
  const byAddress = new Map(tree.pages.map((page) => [page.address, page]));
  const order = listOrder(tree.navigation).flatMap((address) => byAddress.get(address) ?? []);
  const positions = new Map(order.map(({ address }, position) => [address, position]));
  return (address, ref) => {
    const position = positions.get(address);
    if (position === undefined) return {};
    const [previous, next] = [order[position - 1], order[position + 1]];
    const toStep = ({ title, address: to }: DocsTreePage) => ({ title, path: toDocsPath(ref, to) });
    return { ...(previous && { previous: toStep(previous) }), ...(next && { next: toStep(next) }) };
  };
}

function toShared(tree: DocsTree, ref: RefText, lookup: Lookup): DocsPage['tree'] {
  const path = toDocsPath(ref, findFirstAddress(tree));
  return { title: tree.title, path, entity: lookup.toLink(ref), owners: lookup.listRelated(ref, 'ownedBy') };
}

/** The addresses of the pages in the order of the navigation, each once. */
function listOrder(entries: readonly DocsEntry[]): string[] {
  const list = (each: readonly DocsEntry[]): string[] =>
    each.flatMap(({ address, entries: inner = [] }) => (address === undefined ? list(inner) : [address]));
  return [...new Set(list(entries))];
}

const holds = (entry: DocsEntry, address: string): boolean =>
  entry.address === address || (entry.entries !== undefined && listBelow(entry).has(address));

/** The navigation as one page shows it: every level on the way to it; the rest is folded, each with a way in. */
export function toSlice(entries: readonly DocsEntry[], here: string, ref: RefText): DocsNavEntry[] {
  return entries.map((entry): DocsNavEntry => {
    const { title, address, url, entries: inner } = entry;
    if (url !== undefined) return { title, url };
    if (address !== undefined)
      return { title, path: toDocsPath(ref, address), ...(address === here && { isHere: true }) };
    if (holds(entry, here)) return { title, entries: toSlice(inner ?? [], here, ref) };
    const below = listBelow(entry);
    const [first] = below;
    return { title, ...(first !== undefined && { path: toDocsPath(ref, first) }), folded: below.size };
  });
}

function toTrail(tree: DocsTree, here: string, ref: RefText): DocsPage['trail'] {
  const first = findFirstAddress(tree);
  if (here === first) return [];
  const trail: DocsPage['trail'] = [{ title: tree.title, path: toDocsPath(ref, first) }];
  let level: readonly DocsEntry[] | undefined = tree.navigation;
  while (level) {
    const section: DocsEntry | undefined = level.find((entry) => entry.entries && holds(entry, here));
    if (section) trail.push({ title: section.title });
    level = section?.entries;
  }
  return trail;
}

function toSource(tree: DocsTree, page: DocsTreePage, repository: Repository | undefined): DocsPage['source'] {
  const { url, editUrl, issuesUrl } = findFileUrls(repository, page.path);
  const edit = editUrl ?? findEditUrl(tree, page);
  const commit = repository?.commit?.slice(0, 10);
  return {
    place: `${tree.repository}/${page.path}`,
    ...(url && { url }),
    ...(edit && { editUrl: edit }),
    ...(issuesUrl && { issueUrl: `${issuesUrl}?title=${encodeURIComponent(`Documentation: ${page.title}`)}` }),
    ...(commit && { commit }),
    ...(page.changedAt && { changedAt: page.changedAt }),
  };
}

function findEditUrl({ edit }: DocsTree, { path }: DocsTreePage): string | undefined {
  const start = edit && (edit.folder === '' ? '' : `${edit.folder}/`);
  if (!edit || start === undefined || !path.startsWith(start)) return undefined;
  return findSafeUrl(`${edit.url.replace(/\/*$/, '/')}${path.slice(start.length)}`);
}

/** The list of all docs, a line a tree and entity, by title. */
export function toDocsIndex({ trees }: Docs, { lookup }: Surroundings): DocsIndex {
  const lines = trees.flatMap((tree) => tree.entities.map((ref) => toLine(tree, ref, lookup)));
  return {
    trees: lines.toSorted((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : a.path < b.path ? -1 : 1)),
  };
}

function toLine(tree: DocsTree, ref: RefText, lookup: Lookup): DocsTreeLine {
  const { owner } = lookup.toLine(ref);
  const system = lookup.listRelated(ref, 'partOf').find(({ kind }) => kind === 'system');
  const changedAt = tree.pages
    .flatMap((page) => page.changedAt ?? [])
    .toSorted()
    .at(-1);
  return {
    title: tree.title,
    path: toDocsPath(ref, findFirstAddress(tree)),
    entity: lookup.toLink(ref),
    ...(owner && { owner }),
    ...(system && { system }),
    pages: tree.pages.length,
    problems: tree.problems,
    ...(changedAt && { changedAt }),
  };
}

/** How many sections of its docs an entity's page names. */
const shownSections = 12;

/** What an entity's page says of its docs: where they begin, and what stands on their first level. */
export function findEntityDocs(docs: Docs, ref: RefText): EntityPage['docs'] {
  const way = docs.ways.get(ref);
  if (!way) return undefined;
  const { tree, host, address } = way;
  const sections = toSlice(tree.navigation, '\0', host).flatMap(({ title, path }) => (path ? [{ title, path }] : []));
  return { path: toDocsPath(host, address), title: tree.title, sections: sections.slice(0, shownSections) };
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A tiny page at every address that a page of docs had before, which leads to where it is now. */
export function* listDocsRedirects({ trees }: Docs, base: string): Generator<SiteFile> {
  for (const tree of trees)
    for (const ref of tree.entities)
      for (const { from, address = '', anchor, url } of tree.redirects) {
        const target = url ?? `${toHref(base, encodeURI(toDocsPath(ref, address)))}${anchor ? `#${anchor}` : ''}`;
        const href = escapeHtml(target);
        const head = `<meta charset="utf-8"><title>Moved</title><link rel="canonical" href="${href}"><meta http-equiv="refresh" content="0; url=${href}">`;
        const text = `<!doctype html><html lang="en"><head>${head}</head><body><p>This page has moved: <a href="${href}">${href}</a></p></body></html>\n`;
        yield { path: `${toDocsPath(ref, from)}index.html`, text };
      }
}
