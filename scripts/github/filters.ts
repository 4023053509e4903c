import type { GithubProvider } from '../settings/schema.ts';
import type { RepositoryFacts } from './facts.ts';

/** Whether a provider takes a repository: Backstage's filters, the pattern standing for the whole name. */
export function isAccepted(facts: RepositoryFacts, { filters }: Pick<GithubProvider, 'filters'>): boolean {
  if (facts.isArchived && !filters.allowArchived) return false;
  if (facts.isFork && !filters.allowForks) return false;
  if (filters.visibility && !filters.visibility.includes(facts.visibility)) return false;
  if (filters.repository !== undefined && !toWholePattern(filters.repository).test(facts.name)) return false;
  return hasTopics(facts.topics, filters.topic);
}

function toWholePattern(source: string): RegExp {
  return new RegExp(`^(?:${source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')})$`);
}

/** One topic of `include` is enough; one of `exclude` is too much, and wins. */
function hasTopics(topics: readonly string[], wanted: GithubProvider['filters']['topic']): boolean {
  const has = (list: readonly string[]) => list.some((topic) => topics.includes(topic.toLowerCase()));
  if (wanted?.exclude && has(wanted.exclude)) return false;
  return !wanted?.include || wanted.include.length === 0 || has(wanted.include);
}

/** The branch that is read of a repository: that of the first provider which takes it; why not, where none does. */
export type Choice =
  | { branch: string; fault?: undefined }
  | { fault: 'refused' | 'empty' }
  | { fault: 'branch'; branch: string };

/** Chooses among the providers of an owner. The empty branch is the default one. */
export function chooseBranch(facts: RepositoryFacts, providers: readonly Pick<GithubProvider, 'filters'>[]): Choice {
  const accepting = providers.filter((provider) => isAccepted(facts, provider));
  const branches = accepting.map(({ filters }) => filters.branch ?? '');
  const [first] = branches;
  if (first === undefined) return { fault: 'refused' };
  const there = branches.find((branch) => facts.heads[branch] !== undefined);
  if (there !== undefined) return { branch: there };
  return facts.defaultBranch === undefined || first === '' ? { fault: 'empty' } : { fault: 'branch', branch: first };
}
