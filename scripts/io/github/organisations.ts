import { catalogFileName } from '#model/catalog-files.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { toFullName } from '../../github/facts.ts';
import { chooseBranch } from '../../github/filters.ts';
import { planOwners } from '../../github/planning.ts';
import type { GithubProvider } from '../../settings/schema.ts';
import type { Settings } from '../../settings.ts';
import { type OwnerReading, readOwner } from './owner.ts';
import type { Parts } from './parts.ts';
import type { Wanted } from './trees.ts';

/** Lists the repositories of all owners that providers name, at the same time. */
export async function readOwners({ github }: Settings, parts: Parts): Promise<OwnerReading[]> {
  const progress = new Map<string, { listed: number; total: number }>();
  const providers = await Promise.all(github.providers.map((provider) => expand(provider, parts)));
  return Promise.all(
    planOwners(providers.flat()).map((plan) => {
      const tell = (listed: number, total: number) => {
        progress.set(`${plan.host}/${plan.owner}`, { listed, total });
        const all = [...progress.values()];
        const sum = (key: 'listed' | 'total') => all.reduce((count, each) => count + each[key], 0);
        parts.tell(`${sum('listed')} of ${sum('total')} repositories listed`);
      };
      return readOwner(plan, { ...parts, tell });
    }),
  );
}

/** A provider that names an App instead of an organisation stands for all organisations that the App is installed with. */
async function expand(provider: GithubProvider, { accounts, store, isOffline }: Parts): Promise<GithubProvider[]> {
  const { host, app, organization } = provider;
  if (organization !== undefined || app === undefined) return [provider];
  const organizations = isOffline
    ? store.listOwners(host)
    : (await accounts.listOrganizations(host, String(app))).organizations;
  return organizations.map((name) => ({ ...provider, organization: name }));
}

/** The repositories that providers take, each with the branch that is read, and what is odd about others. */
export function chooseRepositories(
  { plan, repositories, client }: OwnerReading,
  { toId }: Parts,
): { wanted: Wanted[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const wanted: Wanted[] = [];
  for (const facts of repositories) {
    const id = toId(plan.host, toFullName(facts));
    const choice = chooseBranch(facts, plan.providers);
    const place = { repository: id, path: catalogFileName, line: 1, column: 1 };
    if (choice.fault === undefined) wanted.push({ id, facts, branch: choice.branch, client });
    else if (choice.fault === 'empty') problems.push(toProblem('repository-empty', { repository: id }, { place }));
    else if (choice.fault === 'branch')
      problems.push(toProblem('github-branch-missing', { repository: id, branch: choice.branch }, { place }));
  }
  return { wanted, problems };
}
