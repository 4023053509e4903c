import { catalogFileName } from '#model/catalog-files.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { toFullName } from '../../github/facts.ts';
import { chooseBranch } from '../../github/filters.ts';
import { isOwnerOf } from '../../github/only.ts';
import { type OwnerPlan, planOwners } from '../../github/planning.ts';
import { PortalError } from '../../portal-error.ts';
import type { GithubProvider } from '../../settings/schema.ts';
import type { Settings } from '../../settings.ts';
import { readOne, recallOwner } from './one.ts';
import { type OwnerReading, readOwner } from './owner.ts';
import type { Parts } from './parts.ts';
import type { Wanted } from './trees.ts';

/** Lists the repositories of all owners that providers name, at the same time. */
export async function readOwners({ github }: Settings, parts: Parts): Promise<Readings> {
  const expanded = await Promise.all(github.providers.map((provider) => expand(provider, parts)));
  const plans = planOwners(expanded.flatMap(({ providers }) => providers));
  const tell = createTeller(parts.tell);
  const { only } = parts;
  if (only && !plans.some(({ host, owner }) => isOwnerOf(only, host, owner)))
    throw new PortalError(`No provider of the configuration reads \`${only.owner}\`, so \`${only.name}\` cannot be.`, {
      hint: `Read are: ${plans.map(({ owner }) => owner).join(', ')}.`,
    });
  const read = async (plan: OwnerPlan): Promise<OwnerReading[]> => {
    const { host, owner } = plan;
    const tools = { ...parts, tell: tell(`${host}/${owner}`) };
    if (!only) return [await readOwner(plan, tools)];
    return isOwnerOf(only, host, owner) ? readOne(plan, only, tools) : [recallOwner(plan, tools)];
  };
  const readings = (await Promise.all(plans.map(read))).flat();
  return { readings, problems: [...expanded, ...readings].flatMap(({ problems }) => problems) };
}

/** What is known of all owners, and what is wrong. */
export type Readings = { readings: OwnerReading[]; problems: Problem[] };

/** Adds up how far the lists of several owners are. */
function createTeller(tell: (text: string) => void) {
  const progress = new Map<string, { listed: number; total: number }>();
  return (owner: string) => (listed: number, total: number) => {
    progress.set(owner, { listed, total });
    const sum = (key: 'listed' | 'total') => [...progress.values()].reduce((count, each) => count + each[key], 0);
    tell(`${sum('listed')} of ${sum('total')} repositories listed`);
  };
}

type Expanded = { providers: GithubProvider[]; problems: Problem[] };

/** A provider that names an App instead of an organisation stands for all organisations that the App is installed with. */
async function expand(provider: GithubProvider, { accounts, store, isOffline, only }: Parts): Promise<Expanded> {
  const { host, app, organization } = provider;
  if (organization !== undefined || app === undefined) return { providers: [provider], problems: [] };
  const { organizations, fault } =
    isOffline || only ? { organizations: store.listOwners(host) } : await accounts.listOrganizations(host, String(app));
  const names = fault === undefined ? organizations : store.listOwners(host);
  const reason = fault ?? (names.length === 0 ? 'it is installed with no organisation that is allowed' : undefined);
  return {
    providers: names.map((name) => ({ ...provider, organization: name })),
    problems: reason === undefined ? [] : [toProblem('github-owner-failed', { owner: `App ${app}`, reason })],
  };
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
