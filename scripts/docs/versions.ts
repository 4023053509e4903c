import type { Repository } from '#model/catalog.ts';
import type { DocsTree } from '#model/docs.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Forge } from '../ports.ts';
import { chooseVersions, listRulesFor, toSlugs, type VersionRule } from './choose-versions.ts';
import { type OpenTree, openTree } from './open-tree.ts';
import type { PlannedTree } from './plan.ts';
import type { VersionBook } from './version-book.ts';

type RenderOpen = (open: OpenTree) => Promise<DocsTree | undefined>;

/**
 * Renders a docs tree in the other versions that the rules choose. What is wrong inside of them nobody can mend any more,
 * so it is not reported; a version that had no docs yet is left out.
 */
export async function renderVersions(
  { plan, name, forge }: OpenTree,
  book: VersionBook,
  rules: readonly VersionRule[],
  render: RenderOpen,
): Promise<{ versions: NonNullable<DocsTree['versions']>; problems: Problem[] }> {
  const { repository } = plan;
  const own = plan.version ? [] : listRulesFor(repository, rules);
  if (own.length === 0) return { versions: [], problems: [] };
  const trees: DocsTree[] = [];
  const problems: Problem[] = [];
  for (const version of chooseVersions(await book.list(repository.id), own, repository.branch)) {
    const state = await forge.findState(repository.id, version.commit);
    const open = state && (await openTree({ ...plan, version }, name, state));
    if (!open || !(await isWhole(open))) problems.push(toIncomplete(repository, version.name));
    else {
      const tree = await render(open);
      if (tree) trees.push(tree);
    }
  }
  const slugs = toSlugs(trees.map(({ version }) => version?.name ?? ''));
  return { versions: trees.map((tree, position) => ({ slug: slugs[position] ?? '', tree })), problems };
}

/** A clone may have a commit without the texts of its files: listed, and yet not there. */
async function isWhole({ plan, forge, tree, docs }: OpenTree): Promise<boolean> {
  const sources = docs.pages.map(({ source }) => source);
  await tree.fetch(sources);
  const hashes = new Map(tree.listInputs());
  const unread = sources.filter((source) => hashes.get(source) === '');
  const prefix = plan.folder === '' ? '' : `${plan.folder}/`;
  const again = await Promise.all(unread.map((source) => forge.fetchText(plan.repository.id, prefix + source)));
  return again.every(({ fault }) => fault !== 'absent');
}

const toIncomplete = ({ id: repository }: Repository, version: string) =>
  toProblem('docs-version-incomplete', { repository, version });

/** Opens a planned tree, in the version that it asks for where it asks for one; else says why it cannot be had. */
export async function openPlanned(
  plan: PlannedTree,
  name: string,
  forge: Forge,
): Promise<{ open: OpenTree; problem?: undefined } | { problem: Problem }> {
  const { version, repository, entities } = plan;
  const state = version ? await forge.findState(repository.id, version.commit) : forge;
  const open = state && (await openTree(plan, name, state));
  if (open && (!version || (await isWhole(open)))) return { open };
  const [entity = ''] = entities;
  return { problem: { ...toIncomplete(repository, version?.name ?? ''), entity } };
}
