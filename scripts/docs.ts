import type { Catalog } from '#model/catalog.ts';
import type { Docs, DocsTree } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import { createRepositoryIndex } from '#model/targets.ts';
import { toPageAddress } from './docs/addresses.ts';
import { createElsewhere } from './docs/elsewhere.ts';
import { mapInLanes } from './docs/lanes.ts';
import { foldLongLevels, toNavigation } from './docs/navigation.ts';
import { type OpenTree, openTree } from './docs/open-tree.ts';
import { listUnannounced, toEmpty } from './docs/oversights.ts';
import { type PlannedTree, planDocs } from './docs/plan.ts';
import { type RenderedTree, renderPages } from './docs/render-pages.ts';
import { toWays } from './docs/ways.ts';
import type { DocsTools, Forge } from './ports.ts';

/** How many trees are rendered at once; many are too small to keep several threads busy. */
const treesAtOnce = 4;

/** Renders the docs trees that the catalog announces, each once, and none that is as it was. */
export async function renderDocs(
  catalog: Catalog,
  forge: Forge,
  tools: DocsTools,
): Promise<{ docs: Docs; problems: Problem[] }> {
  const index = createRepositoryIndex(catalog.repositories, tools.hosts);
  const plan = planDocs(catalog, index);
  const opened: OpenTree[] = [];
  for (const each of plan.trees) opened.push(await openTree(each, toName(each, catalog), forge));
  const findElsewhere = createElsewhere(opened, index);
  const trees: DocsTree[] = [];
  const problems = [...plan.problems, ...(await listUnannounced(catalog, plan, forge))];
  const made = await mapInLanes(treesAtOnce, opened, async (open) => {
    const rendered = await renderPages(open, findElsewhere, forge, tools);
    return { open, rendered, tree: await toTree(open, rendered, forge) };
  });
  for (const { open, rendered, tree } of made) {
    const [entity = ''] = open.plan.entities;
    for (const problem of rendered.problems) problems.push({ ...problem, entity });
    if (rendered.pages.length === 0) problems.push(toEmpty(open, catalog));
    else trees.push(tree);
  }
  tools.store.sweep();
  const ways = toWays(plan, trees, catalog);
  return { docs: { trees, ways: ways.ways }, problems: [...problems, ...ways.problems] };
}

const toName = ({ entities: [first = ''], repository }: PlannedTree, catalog: Catalog): string => {
  const { title, name } = catalog.entities.get(first)?.entity.metadata ?? { name: repository.id };
  return title ?? name;
};

async function toTree({ plan, site, docs }: OpenTree, rendered: RenderedTree, forge: Forge): Promise<DocsTree> {
  const { repository, folder, entities } = plan;
  const paths = rendered.pages.map(({ path }) => path);
  const changes = await forge.listChanges(repository.id, paths);
  const pages = rendered.pages.map((page) => {
    const changedAt = changes.get(page.path);
    return changedAt === undefined ? page : { ...page, changedAt };
  });
  const byAddress = new Map(pages.map((page) => [page.address, page]));
  const findPage = (path: string) => byAddress.get(toPageAddress(docs.files.get(path)?.address ?? '\0'));
  const navigation = foldLongLevels(toNavigation(docs.nav, findPage));
  const docsFolder = [folder, site.docs].filter((part) => part !== '').join('/');
  return {
    repository: repository.id,
    title: site.title,
    pages,
    navigation,
    redirects: rendered.redirects,
    ...(site.repoUrl && site.editUri && { edit: toEdit(site.repoUrl, site.editUri, docsFolder) }),
    entities,
    problems: rendered.problems.length,
  };
}

const toEdit = (repoUrl: string, editUri: string, folder: string) => ({
  url: /^https?:/.test(editUri) ? editUri : `${repoUrl.replace(/\/*$/, '/')}${editUri.replace(/^\/+/, '')}`,
  folder,
});
