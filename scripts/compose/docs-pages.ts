import { isCommit, type Repository, type Version } from '#model/catalog.ts';
import { type Docs, type DocsEntry, type DocsTree, type DocsTreePage, findFirstAddress } from '#model/docs.ts';
import type { DocsIndex, DocsNavEntry, DocsPage, DocsText, DocsTreeLine } from '#model/pages/docs-page.ts';
import type { EntityPage } from '#model/pages/entity-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { RefText } from '#model/ref.ts';
import { findSafeUrl, toDocsPath, toHref } from '#model/urls.ts';
import type { SiteFile } from './compose.ts';
import { listBelow } from './docs-sections.ts';
import { createVersionFinder } from './docs-versions.ts';
import type { Lookup } from './lookup.ts';
import { findFileUrls, findIssueUrl } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/** A docs tree as one entity shows it in one version, and how its pages are addressed. */
type Shown = { tree: DocsTree; ref: RefText; toPath: ToPath };
type ToPath = (address: string) => string;

/** A tree in all its versions under each of its entities. */
function* listShown(current: DocsTree): Generator<Shown & { current: DocsTree }> {
  for (const ref of current.entities) {
    yield { current, tree: current, ref, toPath: (address) => toDocsPath(ref, address) };
    for (const { slug, tree } of current.versions ?? [])
      yield { current, tree, ref, toPath: (address) => toDocsPath(ref, address, slug) };
  }
}

/** Every page of documentation, of each entity that it belongs to, in every version. */
export function* listDocsPages({ trees }: Docs, around: Surroundings): Generator<ComposedPage<DocsPage>> {
  for (const shown of trees.flatMap((tree) => [...listShown(tree)])) {
    const { current, tree, ref, toPath } = shown;
    const toText = createText(tree, toPath);
    const repository = around.repositories.get(current.repository);
    const shared = toShared(shown, around.lookup);
    const versionOf = createVersionFinder(current, tree, ref, repository);
    for (const page of tree.pages) {
      const source = toSource(tree, page, repository);
      yield { path: toPath(page.address), view: { ...toText(page), tree: shared, source, ...versionOf(page.address) } };
    }
  }
}

/** What every page of a tree shows, whoever has it. */
export function createText(tree: DocsTree, toPath: ToPath): (page: DocsTreePage) => DocsText {
  const steps = toSteps(tree, toPath);
  return ({ title, summary, body, headings, address }) => ({
    ...{ title, summary, body, headings },
    navigation: toSlice(tree.navigation, address, toPath),
    trail: toTrail(tree, address, toPath),
    ...steps(address),
  });
}

/** The pages before and after each one, in the order of the navigation; a page that it does not name has none. */
function toSteps(tree: DocsTree, toPath: ToPath): (address: string) => Pick<DocsText, 'previous' | 'next'> {
  const byAddress = new Map(tree.pages.map((page) => [page.address, page]));
  const order = listOrder(tree.navigation).flatMap((address) => byAddress.get(address) ?? []);
  const positions = new Map(order.map(({ address }, position) => [address, position]));
  return (address) => {
    const position = positions.get(address);
    if (position === undefined) return {};
    const [previous, next] = [order[position - 1], order[position + 1]];
    const toStep = ({ title, address: to }: DocsTreePage) => ({ title, path: toPath(to) });
    return { ...(previous && { previous: toStep(previous) }), ...(next && { next: toStep(next) }) };
  };
}

function toShared({ tree, ref, toPath }: Shown, lookup: Lookup): DocsPage['tree'] {
  const path = toPath(findFirstAddress(tree));
  return { title: tree.title, path, entity: lookup.toLink(ref), owners: lookup.listRelated(ref, 'ownedBy') };
}

/** The addresses of the pages in the order of the navigation, each once. */
function listOrder(entries: readonly DocsEntry[]): string[] {
  const list = (each: readonly DocsEntry[]): string[] =>
    each.flatMap(({ address, entries: inner = [] }) => [...(address === undefined ? [] : [address]), ...list(inner)]);
  return [...new Set(list(entries))];
}

const holds = (entry: DocsEntry, address: string): boolean =>
  entry.address === address || (entry.entries !== undefined && listBelow(entry).has(address));

/** The navigation as one page shows it: every level on the way to it; the rest is folded, each with a way in. */
export function toSlice(entries: readonly DocsEntry[], here: string, toPath: ToPath): DocsNavEntry[] {
  return entries.map((entry): DocsNavEntry => {
    const { title, address, url, entries: inner } = entry;
    if (url !== undefined) return { title, url };
    const own = address === undefined ? {} : { path: toPath(address), ...(address === here && { isHere: true }) };
    if (inner === undefined) return { title, ...own };
    if (holds(entry, here)) return { title, ...own, entries: toSlice(inner, here, toPath) };
    const below = listBelow(entry);
    const [first = address] = address === undefined ? below : [address];
    return { title, ...(first !== undefined && { path: toPath(first) }), folded: below.size };
  });
}

function toTrail(tree: DocsTree, here: string, toPath: ToPath): DocsText['trail'] {
  const first = findFirstAddress(tree);
  if (here === first) return [];
  const trail: DocsText['trail'] = [{ title: tree.title, path: toPath(first) }];
  let level: readonly DocsEntry[] | undefined = tree.navigation;
  while (level) {
    const section: DocsEntry | undefined = level.find(
      (entry) => entry.entries && entry.address !== here && holds(entry, here),
    );
    const { title, address } = section ?? {};
    if (title !== undefined) trail.push({ title, ...(address !== undefined && { path: toPath(address) }) });
    level = section?.entries;
  }
  return trail;
}

function toSource(tree: DocsTree, page: DocsTreePage, read: Repository | undefined): DocsPage['source'] {
  const { version } = tree;
  const repository = read && version ? toRepositoryAt(read, version) : read;
  const { url, editUrl, commitUrl } = findFileUrls(repository, page.path);
  const issue = `Documentation: ${page.title}${version ? ` (${version.name})` : ''}`;
  const issueUrl = findIssueUrl(repository, issue, `About the text in \`${page.path}\`:\n\n`);
  // Of other versions only a branch can be mended, and what mkdocs.yml says of editing is about the default one.
  const isMoving = version === undefined || version.type === 'branch';
  const edit = version ? version.type === 'branch' && editUrl : findEditUrl(page, editUrl);
  // Of what moves, a commit here would make every page of a repository another one with each push; `/about/` says it once.
  const fixed = !isMoving && repository?.commit && isCommit(repository.commit) ? repository.commit : undefined;
  return {
    place: `${tree.repository}/${page.path}`,
    ...(url && { url }),
    ...(edit && { editUrl: edit }),
    ...(issueUrl && { issueUrl }),
    ...(fixed && { commit: fixed.slice(0, 10), ...(commitUrl && { commitUrl }) }),
    ...(page.changedAt && { changedAt: page.changedAt }),
    ...(isMoving && read?.staleSince && { staleSince: read.staleSince }),
  };
}

/** Where the repository says that a page is edited, unless mkdocs.yml leaves no doubt about it. */
function findEditUrl({ edit }: DocsTreePage, editUrl: string | undefined): string | undefined {
  const written = edit && findSafeUrl(edit.url);
  return edit?.isSure ? written : (editUrl ?? written);
}

/** A repository as it is at a version, for links; a name of a tag may have any character. */
function toRepositoryAt(repository: Repository, { name, type, commit }: Version): Repository {
  const branch = type === 'commit' ? commit : name.split('/').map(encodeURIComponent).join('/');
  return { ...repository, branch, commit };
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
    ...(tree.versions && { versions: tree.versions.length + 1 }),
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
  const sections = toSlice(tree.navigation, '\0', (to) => toDocsPath(host, to)).flatMap(({ title, path }) =>
    path ? [{ title, path }] : [],
  );
  const { summary = '' } = tree.pages.find((page) => page.address === address) ?? {};
  const versions = (tree.versions ?? []).map(({ slug, tree: other }) => ({
    title: other.version?.name ?? slug,
    path: toDocsPath(host, findFirstAddress(other), slug),
  }));
  const path = toDocsPath(host, address);
  const shown = { sections: sections.slice(0, shownSections), versions };
  return { path, title: tree.title, summary, pages: tree.pages.length, ...shown };
}

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A tiny page at every address that a page of docs had before, which leads to where it is now. */
export function* listDocsRedirects({ trees }: Docs, base: string): Generator<SiteFile> {
  for (const { tree, toPath } of trees.flatMap((each) => [...listShown(each)]))
    for (const { from, address = '', anchor, url } of tree.redirects) {
      const target = url ?? `${toHref(base, encodeURI(toPath(address)))}${anchor ? `#${anchor}` : ''}`;
      const href = escapeHtml(target);
      const head = `<meta charset="utf-8"><title>Moved</title><link rel="canonical" href="${href}"><meta http-equiv="refresh" content="0; url=${href}">`;
      const text = `<!doctype html><html lang="en"><head>${head}</head><body><p>This page has moved: <a href="${href}">${href}</a></p></body></html>\n`;
      yield { path: `${toPath(from)}index.html`, text };
    }
}
