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
import { openPlanned, renderVersions } from './docs/versions.ts';
import { toWays } from './docs/ways.ts';
import type { DocsTools, Forge } from './ports.ts';

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
    const { open, problem } = {
      open: undefined,
      problem: undefined,
      ...(await openPlanned(each, toName(each, catalog), forge)),
    };
    if (open) opened.push(open);
    else if (problem) problems.push(problem);
  }
  const findElsewhere = createElsewhere(opened, index);
  const trees: DocsTree[] = [];
  for (const open of opened) {
    const kept = await renderOnce(open, findElsewhere, tools);
    const [entity = ''] = open.plan.entities;
    problems.push(...kept.problems.map((problem) => ({ ...problem, entity })));
    if (kept.pages.length === 0) problems.push(toEmpty(open, catalog));
    else {
      const others = await renderVersions(open, book, rules, async (other) => {
        const old = await renderOnce(other, findElsewhere, tools);
        return old.pages.length === 0 ? undefined : toTree(other, { ...old, problems: [] });
      });
      problems.push(...others.problems.map((problem) => ({ ...problem, entity })));
      trees.push({ ...(await toTree(open, kept)), ...(others.versions.length > 0 && { versions: others.versions }) });
    }
  }
  tools.store.sweep();
  const ways = toWays(plan, trees, catalog);
  return { docs: { trees, ways: ways.ways }, problems: [...problems, ...ways.problems] };
}

const toName = ({ entities: [first = ''], repository }: PlannedTree, catalog: Catalog): string => {
  const { title, name } = catalog.entities.get(first)?.entity.metadata ?? { name: repository.id };
  return title ?? name;
};

async function renderOnce(open: OpenTree, findElsewhere: FindElsewhere, tools: DocsTools): Promise<KeptTree> {
  const { forge } = open;
  const key = toTreeKey(open, tools.program, tools.base);
  const kept = await findKeptTree(key, open, findElsewhere, { forge, store: tools.store });
  if (kept) return kept;
  const made = await renderPages(open, findElsewhere, forge, tools);
  tools.store.keepResult(key, JSON.stringify(made));
  return made;
}

async function toTree({ plan, forge, site, docs }: OpenTree, kept: KeptTree): Promise<DocsTree> {
  const { repository, folder, entities, version } = plan;
  const paths = kept.pages.map(({ path }) => path);
  const changes = await forge.listChanges(repository.id, paths);
  const pages = kept.pages.map((page) => {
    const changedAt = changes.get(page.path);
    return changedAt === undefined ? page : { ...page, changedAt };
  });
  const byAddress = new Map(pages.map((page) => [page.address, page]));
  const findPage = (path: string) => byAddress.get(toPageAddress(docs.files.get(path)?.address ?? '\0'));
  const navigation = toNavigation(docs.nav, findPage);
  const docsFolder = [folder, site.docs].filter((part) => part !== '').join('/');
  return {
    repository: repository.id,
    title: site.title,
    pages,
    navigation,
    redirects: kept.redirects,
    ...(site.repoUrl && site.editUri && { edit: toEdit(site.repoUrl, site.editUri, docsFolder) }),
    entities,
    problems: kept.problems.length,
    ...(version && { version }),
  };
}

const toEdit = (repoUrl: string, editUri: string, folder: string) => ({
  url: /^https?:/.test(editUri) ? editUri : `${repoUrl.replace(/\/*$/, '/')}${editUri.replace(/^\/+/, '')}`,
  folder,
});
