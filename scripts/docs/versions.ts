import type { Catalog } from '#model/catalog.ts';
import type { DocsTree, DocsVersion } from '#model/docs.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Forge } from '../ports.ts';
import { chooseVersions, listRulesFor, toSlugs, type VersionRule } from './choose-versions.ts';
import { type OpenTree, openTree } from './open-tree.ts';
import type { PlannedTree } from './plan.ts';
import type { VersionBook } from './version-book.ts';

/** A docs tree and what is wrong in it, or why there is none: it has no page, or its files are not all there. */
export type RenderedTree = { problems: Problem[] } & (
  | { tree: DocsTree; fault?: undefined }
  | { fault: 'empty' | 'incomplete' }
);

export type RenderTree = (open: OpenTree) => Promise<RenderedTree>;

/**
 * Renders a docs tree in the other versions that the rules choose. What is wrong inside of them nobody can mend any more,
 * so it is not reported; a version that had no docs yet is left out.
 */
export async function renderVersions(
  { plan, name, forge }: OpenTree,
  book: VersionBook,
  rules: readonly VersionRule[],
  render: RenderTree,
): Promise<{ versions: DocsVersion[]; problems: Problem[] }> {
  const { repository } = plan;
  if (!isVersioned(plan, rules)) return { versions: [], problems: [] };
  const own = listRulesFor(repository, rules);
  const trees: DocsTree[] = [];
  const problems: Problem[] = [];
  for (const version of chooseVersions(await book.list(repository.id), own, repository.branch)) {
    const open = await findPlanned({ ...plan, version }, name, forge);
    const { tree, fault } = { tree: undefined, ...(open ? await render(open) : { fault: 'incomplete' }) };
    if (tree) trees.push({ ...tree, problems: 0 });
    if (fault === 'incomplete')
      problems.push(toProblem('docs-version-incomplete', { repository: repository.id, version: version.name }));
  }
  const slugs = toSlugs(trees.map(({ version }) => version?.name ?? ''));
  return { versions: trees.map((tree, position) => ({ slug: slugs[position] ?? '', tree })), problems };
}

/** Whether rules ask for other versions of a tree: one that is announced in a certain version has none. */
export function isVersioned({ version, repository }: PlannedTree, rules: readonly VersionRule[]): boolean {
  return version === undefined && listRulesFor(repository, rules).length > 0;
}

/** Opens a planned tree in the version that it asks for, where it asks for one; nothing when that is not there. */
export async function findPlanned(plan: PlannedTree, name: string, forge: Forge): Promise<OpenTree | undefined> {
  const { version, repository } = plan;
  const state = version ? await forge.findState(repository.id, version.commit) : forge;
  return state && openTree(plan, name, state);
}

/** The problem of an entity that asks for a version which is not there in whole. */
export function toUnheld({ version, entities: [entity = ''] }: PlannedTree, catalog: Catalog): Problem {
  const { place, entity: asking } = { place: undefined, entity: undefined, ...catalog.entities.get(entity) };
  const ref = asking?.metadata.annotations?.['backstage.io/techdocs-ref'] ?? '';
  const reason = `asks for \`${version?.name}\`, and the clone does not hold all of it`;
  return toProblem('docs-ref-unusable', { ref, reason }, { ...(place && { place }), entity });
}
