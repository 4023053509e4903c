import { type Problem, toProblem } from '#model/problems.ts';
import type { GithubSettings } from './github.ts';
import { findCron, findMinutes } from './schedule.ts';
import type { SectionReader } from './sections.ts';
import { findTree, type Tree } from './tree.ts';

const providersPath = 'catalog.providers.github';

/** What Portolan makes of the settings for GitHub that Backstage makes something else of, or nothing; each a hint. */
export function listGithubDifferences(reader: SectionReader, { organizations }: GithubSettings): Problem[] {
  const providers = listProviderTrees(reader);
  return [
    ...providers.flatMap((tree) => rows.flatMap((row) => row(tree))),
    ...listWidened(providers),
    ...listSchedules(reader),
    ...(organizations.length > 0 ? [] : listUnasked(providers)),
  ];
}

/** The maps that are providers: the one there is, or those of a map of them. */
function listProviderTrees(reader: SectionReader): Tree[] {
  const tree = reader.findTree(providersPath);
  if (tree?.type !== 'map') return [];
  const isSingle = ['organization', 'app'].some((key) => tree.entries.get(key)?.tree.type === 'scalar');
  return isSingle ? [tree] : [...tree.entries.values()].map((entry) => entry.tree);
}

const findText = (tree: Tree, ...path: string[]) => {
  const found = findTree(tree, path);
  return found?.type === 'scalar' && typeof found.value === 'string'
    ? { text: found.value, place: found.place }
    : undefined;
};

/** One row a trap of Backstage that is mended here. */
const rows: ((provider: Tree) => Problem[])[] = [
  (provider) => {
    const path = findText(provider, 'catalogPath');
    const isChecked = findTree(provider, ['validateLocationsExist']);
    if (!path || !/[{}]/.test(path.text) || path.text.includes('*')) return [];
    if (isChecked?.type !== 'scalar' || isChecked.value !== true) return [];
    return [toProblem('github-brace-glob', { pattern: path.text }, { place: path.place })];
  },
  (provider) => {
    const branch = findText(provider, 'filters', 'branch');
    return branch?.text.includes('/')
      ? [toProblem('github-branch-slash', { branch: branch.text }, { place: branch.place })]
      : [];
  },
  (provider) => {
    const topic = findText(provider, 'filters', 'topic');
    return topic ? [toProblem('github-topic-text', { topic: topic.text }, { place: topic.place })] : [];
  },
];

/** Whatever `catalogPath` says, files with the usual names are found as well; said once. */
function listWidened(providers: readonly Tree[]): Problem[] {
  const [first] = providers;
  if (first === undefined) return [];
  const path = findText(first, 'catalogPath');
  return [
    toProblem(
      'github-path-widened',
      { path: path?.text ?? '/catalog-info.yaml' },
      { place: path?.place ?? first.place },
    ),
  ];
}

/** The schedule that looks most often, as a line for the workflow. */
function listSchedules(reader: SectionReader): Problem[] {
  const organizations = reader.findTree('catalog.providers.githubOrg');
  const trees = [
    ...listProviderTrees(reader),
    ...(organizations?.type === 'list' ? organizations.trees : organizations ? [organizations] : []),
  ];
  const found = trees.flatMap((tree) => {
    const frequency = findTree(tree, ['schedule', 'frequency']);
    const value = frequency && toPlain(frequency);
    const cron = findCron(value);
    return frequency && cron ? [{ cron, minutes: findMinutes(value) ?? 0, place: frequency.place }] : [];
  });
  const [often] = found.toSorted((left, right) => left.minutes - right.minutes);
  return often ? [toProblem('discovery-schedule', { cron: often.cron }, { place: often.place })] : [];
}

function toPlain(tree: Tree): unknown {
  if (tree.type === 'scalar') return tree.value;
  if (tree.type !== 'map') return undefined;
  return Object.fromEntries([...tree.entries].map(([key, entry]) => [key, toPlain(entry.tree)]));
}

/** In Backstage 1.14 and before, people came from code, so an old configuration has no section for them. */
function listUnasked(providers: readonly Tree[]): Problem[] {
  const provider = providers.find((tree) => findText(tree, 'organization'));
  const organization = provider && findText(provider, 'organization');
  if (!provider || !organization) return [];
  return [toProblem('github-people-unasked', { organization: organization.text }, { place: provider.place })];
}
