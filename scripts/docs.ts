import type { Catalog } from '#model/catalog.ts';
import type { Docs, DocsTree } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import { createRepositoryIndex } from '#model/targets.ts';
import { toPageAddress } from './docs/addresses.ts';
import { createElsewhere, type FindElsewhere } from './docs/elsewhere.ts';
import { findKeptTree, type KeptTree, toTreeKey } from './docs/kept-tree.ts';
import { toNavigation } from './docs/navigation.ts';
import { type OpenTree, openTree } from './docs/open-tree.ts';
import { listUnannounced, toEmpty } from './docs/oversights.ts';
import { type PlannedTree, planDocs } from './docs/plan.ts';
import { renderPages } from './docs/render-pages.ts';
import { toWays } from './docs/ways.ts';
import type { DocsTools, Forge } from './ports.ts';
import { listEdits } from './render/edit-url.ts';

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
  for (const open of opened) {
    const kept = await renderOnce(open, findElsewhere, forge, tools);
    const [entity = ''] = open.plan.entities;
    const own = kept.problems.map((problem) => ({ ...problem, entity }));
    problems.push(...own);
    if (kept.pages.length === 0) problems.push(toEmpty(open, catalog));
    else trees.push(await toTree(open, kept, forge));
  }
  tools.store.sweep();
  const ways = toWays(plan, trees, catalog);
  return { docs: { trees, ways: ways.ways }, problems: [...problems, ...ways.problems] };
}

const toName = ({ entities: [first = ''], repository }: PlannedTree, catalog: Catalog): string => {
  const { title, name } = catalog.entities.get(first)?.entity.metadata ?? { name: repository.id };
  return title ?? name;
};

async function renderOnce(
  open: OpenTree,
  findElsewhere: FindElsewhere,
  forge: Forge,
  tools: DocsTools,
): Promise<KeptTree> {
  const key = toTreeKey(open, tools.program, tools.base);
  const kept = await findKeptTree(key, open, findElsewhere, { forge, store: tools.store });
  if (kept) return kept;
  const made = await renderPages(open, findElsewhere, forge, tools);
  tools.store.keepResult(key, JSON.stringify(made));
  return made;
}

async function toTree({ plan, site, docs }: OpenTree, kept: KeptTree, forge: Forge): Promise<DocsTree> {
  const { repository, folder, entities } = plan;
  const paths = kept.pages.map(({ path }) => path);
  const changes = await forge.listChanges(repository.id, paths);
  const edits = listEdits(docs);
  const pages = kept.pages.map((page) => {
    const changedAt = changes.get(page.path);
    const edit = edits.get(folder === '' ? page.path : page.path.slice(folder.length + 1));
    return { ...page, ...(changedAt !== undefined && { changedAt }), ...(edit && { edit }) };
  });
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
  };
}
