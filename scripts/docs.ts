import type { Catalog } from '#model/catalog.ts';
import type { Docs, DocsTree } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import { createRepositoryIndex } from '#model/targets.ts';
import { toPageAddress } from './docs/addresses.ts';
import type { VersionRule } from './docs/choose-versions.ts';
import { createElsewhere, type FindElsewhere } from './docs/elsewhere.ts';
import { findKeptTree, type KeptTree, toTreeKey } from './docs/kept-tree.ts';
import { toNavigation } from './docs/navigation.ts';
import type { OpenTree } from './docs/open-tree.ts';
import { listUnannounced, toEmpty } from './docs/oversights.ts';
import { type PlannedTree, planDocs } from './docs/plan.ts';
import { renderPages } from './docs/render-pages.ts';
import { createVersionBook } from './docs/version-book.ts';
import { findPlanned, isWhole, type RenderedTree, type RenderTree, renderVersions, toUnheld } from './docs/versions.ts';
import { toWays } from './docs/ways.ts';
import type { DocsTools, Forge } from './ports.ts';
import { listEdits } from './render/edit-url.ts';

/** Renders the docs trees that the catalog announces, each once and in its versions, and none that is as it was. */
export async function renderDocs(
  catalog: Catalog,
  forge: Forge,
  tools: DocsTools,
  rules: readonly VersionRule[] = [],
): Promise<{ docs: Docs; problems: Problem[] }> {
  const index = createRepositoryIndex(catalog.repositories, tools.hosts);
  const book = createVersionBook(forge);
  let plan = planDocs(catalog, index, book.find);
  if (await book.fetchMissing()) plan = planDocs(catalog, index, book.find);
  const problems = [...plan.problems, ...(await listUnannounced(catalog, plan, forge))];
  const opened: OpenTree[] = [];
  for (const each of plan.trees) {
    const open = await findPlanned(each, toName(each, catalog), forge);
    if (open) opened.push(open);
    else problems.push(toUnheld(each, catalog));
  }
  const findElsewhere = createElsewhere(opened, index);
  const render: RenderTree = (open) => renderTree(open, findElsewhere, tools);
  const trees: DocsTree[] = [];
  for (const open of opened) {
    const { tree, fault, problems: own } = { tree: undefined, ...(await render(open)) };
    const [entity = ''] = open.plan.entities;
    problems.push(...own.map((problem) => ({ ...problem, entity })));
    if (fault === 'incomplete') problems.push(toUnheld(open.plan, catalog));
    if (fault === 'empty') problems.push(toEmpty(open, catalog));
    if (!tree) continue;
    const others = await renderVersions(open, book, rules, render);
    const place = catalog.entities.get(entity)?.place;
    problems.push(...others.problems.map((problem) => ({ ...problem, ...(place && { place }), entity })));
    trees.push({ ...tree, ...(others.versions.length > 0 && { versions: others.versions }) });
  }
  tools.store.sweep();
  const ways = toWays(plan, trees, catalog);
  return { docs: { trees, ways: ways.ways }, problems: [...problems, ...ways.problems] };
}

const toName = ({ entities: [first = ''], repository }: PlannedTree, catalog: Catalog): string => {
  const { title, name } = catalog.entities.get(first)?.entity.metadata ?? { name: repository.id };
  return title ?? name;
};

async function renderTree(open: OpenTree, findElsewhere: FindElsewhere, tools: DocsTools): Promise<RenderedTree> {
  const kept = await findRendered(open, findElsewhere, tools);
  if (!kept) return { fault: 'incomplete', problems: [] };
  const { pages, problems } = kept;
  return pages.length === 0 ? { fault: 'empty', problems } : { tree: await toTree(open, kept), problems };
}

/** What was made of a tree, now or by an earlier build; nothing when its files are not all there. */
async function findRendered(
  open: OpenTree,
  findElsewhere: FindElsewhere,
  tools: DocsTools,
): Promise<KeptTree | undefined> {
  const { forge, plan } = open;
  const key = toTreeKey(open, tools.program, tools.base);
  const kept = await findKeptTree(key, open, findElsewhere, { forge, store: tools.store });
  if (kept) return kept;
  if (plan.version && !(await isWhole(open))) return undefined;
  const rendered = await renderPages(open, findElsewhere, forge, tools);
  // The dates of a commit stay what they are; those of the default version are asked for each time.
  const pages = plan.version ? await toDated(rendered.pages, open) : rendered.pages;
  const made = { ...rendered, pages, commit: plan.version?.commit };
  tools.store.keepResult(key, JSON.stringify(made));
  return made;
}

async function toDated(pages: KeptTree['pages'], { plan, forge }: OpenTree): Promise<KeptTree['pages']> {
  const paths = pages.map(({ path }) => path);
  const changes = await forge.listChanges(plan.repository.id, paths);
  return pages.map((page) => {
    const changedAt = changes.get(page.path);
    return changedAt === undefined ? page : { ...page, changedAt };
  });
}

function toEditable(pages: KeptTree['pages'], { plan: { folder }, docs }: OpenTree): KeptTree['pages'] {
  const edits = listEdits(docs);
  return pages.map((page) => {
    const edit = edits.get(folder === '' ? page.path : page.path.slice(folder.length + 1));
    return edit ? { ...page, edit } : page;
  });
}

async function toTree(open: OpenTree, kept: KeptTree): Promise<DocsTree> {
  const { plan, site, docs } = open;
  const { repository, entities, version } = plan;
  const pages = version ? kept.pages : toEditable(await toDated(kept.pages, open), open);
  const byAddress = new Map(pages.map((page) => [page.address, page]));
  const findPage = (path: string) => byAddress.get(toPageAddress(docs.files.get(path)?.address ?? '\0'));
  const navigation = toNavigation(docs.nav, findPage);
  return {
    repository: repository.id,
    title: site.title,
    pages,
    navigation,
    redirects: kept.redirects,
    entities,
    problems: kept.problems.length,
    ...(version && { version }),
  };
}
