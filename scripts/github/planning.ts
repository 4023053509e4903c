import type { GithubOrgProvider, GithubProvider } from '../settings/schema.ts';
import type { Settings } from '../settings.ts';

/** An owner whose repositories are listed, and the providers that choose among them. */
export type OwnerPlan = { host: string; owner: string; providers: GithubProvider[] };

/** The owners that providers name, each once, in the order in which they are named. */
export function planOwners(providers: readonly GithubProvider[]): OwnerPlan[] {
  const plans = new Map<string, OwnerPlan>();
  for (const provider of providers) {
    const { host, organization: owner } = provider;
    if (owner === undefined) continue;
    const key = `${host}/${owner}`.toLowerCase();
    const plan = plans.get(key) ?? { host, owner, providers: [] };
    plan.providers.push(provider);
    plans.set(key, plan);
  }
  return [...plans.values()];
}

/** The paths of catalog files that are worth asking for at once: the usual names at the top, and what providers name. */
export function listSweptPaths(providers: readonly GithubProvider[]): string[] {
  const named = providers
    .map(({ catalogPath }) => catalogPath.replace(/^\/+/, ''))
    .filter((path) => !/[*?{[]/.test(path));
  return [...new Set(['catalog-info.yaml', 'catalog-info.yml', ...named])].slice(0, mostPaths);
}

const mostPaths = 6;

/** The branches that providers read; the empty one is the default branch. */
export function listBranches(providers: readonly GithubProvider[]): string[] {
  return [...new Set(providers.map(({ filters }) => filters.branch ?? ''))];
}

/** The host of the address that a provider of people gives. */
export function toHost({ githubUrl }: Pick<GithubOrgProvider, 'githubUrl'>): string {
  return new URL(githubUrl).host;
}

/** The hosts that the configuration reads, sorted. */
export function listHosts({ providers, organizations }: Settings['github']): string[] {
  return [...new Set([...providers.map(({ host }) => host), ...organizations.map(toHost)])].toSorted();
}

/** The namespaces of an organisation's groups and people: the default ones, but the login where there are several. */
export function toNamespaces(
  organization: string,
  isOnly: boolean,
  { groupNamespace, userNamespace }: Pick<GithubOrgProvider, 'groupNamespace' | 'userNamespace'>,
): { groups: string; users: string } {
  const own = isOnly ? 'default' : organization.toLowerCase();
  return { groups: (groupNamespace ?? own).toLowerCase(), users: (userNamespace ?? 'default').toLowerCase() };
}
