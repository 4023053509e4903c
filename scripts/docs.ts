import type { Catalog } from '#model/catalog.ts';
import type { Docs, DocsTree, DocsTreePage } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import { createRepositoryIndex } from '#model/targets.ts';
import { toPageAddress } from './docs/addresses.ts';
import type { VersionRule } from './docs/choose-versions.ts';
import { createElsewhere, createIsHiddenPage, type FindElsewhere } from './docs/elsewhere.ts';
import { renderHandbook } from './docs/handbook.ts';
import { mapInLanes } from './docs/lanes.ts';
import { foldLongLevels, toNavigation } from './docs/navigation.ts';
import type { OpenTree } from './docs/open-tree.ts';
import { listUnannounced, toEmpty } from './docs/oversights.ts';
import { type PlannedTree, planDocs } from './docs/plan.ts';
import { type RenderedPages, renderPages } from './docs/render-pages.ts';
import { createVersionBook } from './docs/version-book.ts';
import {
  findPlanned,
  isVersioned,
  type RenderedTree,
  type RenderTree,
  renderVersions,
  toUnheld,
} from './docs/versions.ts';
import { toWays } from './docs/ways.ts';
import type { DocsTools, Forge } from './ports.ts';
import { listEdits } from './render/edit-url.ts';

/** How many trees are rendered at once; many are too small to keep several threads busy. */
const treesAtOnce = 4;

/**
 * Renders the docs trees that the catalog announces, each once and in its versions, and no page that is as it was; beside them
 * the portal's own handbook, where a forge for it is given.
 */
export async function renderDocs(
  catalog: Catalog,
  forge: Forge,
  tools: DocsTools,
  rules: readonly VersionRule[] = [],
  own?: Forge,
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
  // Together, because a forge may answer many as cheaply as one.
  await Promise.all(plan.trees.filter((each) => isVersioned(each, rules)).map((each) => book.list(each.repository.id)));
  const findElsewhere = createElsewhere(opened, index, createIsHiddenPage(catalog, tools));
  const render: RenderTree = (open) => renderTree(open, findElsewhere, tools);
  const made = await mapInLanes(treesAtOnce, opened, async (open) => {
    const { tree, ...own } = { tree: undefined, fault: undefined, ...(await render(open)) };
    return { open, tree, own, others: tree && (await renderVersions(open, book, rules, render)) };
  });
  const trees: DocsTree[] = [];
  for (const { open, tree, own, others } of made) {
    const [entity = ''] = open.plan.entities;
    const place = catalog.entities.get(entity)?.place;
    for (const problem of own.problems) problems.push({ ...problem, entity });
    if (own.fault === 'incomplete') problems.push(toUnheld(open.plan, catalog));
    if (own.fault === 'empty') problems.push(toEmpty(open, catalog));
    for (const problem of others?.problems ?? []) problems.push({ ...problem, ...(place && { place }), entity });
    if (tree) trees.push({ ...tree, ...(others?.versions.length && { versions: others.versions }) });
  }
  const handbook = own && (await renderHandbook(own, render));
  tools.store.sweep();
  const ways = toWays(plan, trees, catalog);
  const docs = { trees, ways: ways.ways, ...(handbook && { handbook }) };
  return { docs, problems: [...problems, ...ways.problems] };
}

const toName = ({ entities: [first = ''], repository }: PlannedTree, catalog: Catalog): string => {
  const { title, name } = catalog.entities.get(first)?.entity.metadata ?? { name: repository.id };
  return title ?? name;
};

async function renderTree(open: OpenTree, findElsewhere: FindElsewhere, tools: DocsTools): Promise<RenderedTree> {
  const rendered = await renderPages(open, findElsewhere, tools);
  if (!rendered) return { fault: 'incomplete', problems: [] };
  const { pages, problems } = rendered;
  return pages.length === 0 ? { fault: 'empty', problems } : { tree: toTree(open, rendered), problems };
}

function toTree(open: OpenTree, rendered: RenderedPages): DocsTree {
  const { plan, site, docs } = open;
  const { repository, entities, version } = plan;
  const pages = version ? rendered.pages : toEditable(rendered.pages, open);
  const byAddress = new Map(pages.map((page) => [page.address, page]));
  const findPage = (path: string) => byAddress.get(toPageAddress(docs.files.get(path)?.address ?? '\0'));
  return {
    repository: repository.id,
    title: site.title,
    pages,
    navigation: foldLongLevels(toNavigation(docs.nav, findPage)),
    redirects: rendered.redirects,
    entities,
    problems: rendered.problems.length,
    ...(version && { version }),
  };
}

function toEditable(pages: readonly DocsTreePage[], { plan: { folder }, docs }: OpenTree): DocsTreePage[] {
  const edits = listEdits(docs);
  return pages.map((page) => {
    const edit = edits.get(folder === '' ? page.path : page.path.slice(folder.length + 1));
    return edit ? { ...page, edit } : page;
  });
}
