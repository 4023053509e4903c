import { type Problem, toProblem } from '#model/problems.ts';
import { whereaboutsSchema } from '../../github/answers.ts';
import { formatBudget } from '../../github/budget.ts';
import { formatChange, formatGone, listChanges, listGone } from '../../github/changes.ts';
import { type KeptFacts, type RepositoryFacts, toFullName } from '../../github/facts.ts';
import { formatFault } from '../../github/faults.ts';
import { mergeFacts } from '../../github/merge.ts';
import { listBranches, listSweptPaths, type OwnerPlan } from '../../github/planning.ts';
import { whereaboutsQuery } from '../../github/queries.ts';
import type { Accounts } from './accounts.ts';
import type { GithubClient } from './client.ts';
import type { GithubStore } from './store.ts';
import { type Refused, type Sweep, sweepOwner } from './sweep.ts';

/** What is known of an owner's repositories now. */
export type OwnerReading = {
  plan: OwnerPlan;
  client: GithubClient | undefined;
  repositories: (KeptFacts & {
    /** Whether this run saw it; what it did not see may be out of date. */
    isSeen: boolean;
  })[];
  problems: Problem[];
  /** What happened to repositories since the last time, for people. */
  notes: string[];
};

export type OwnerTools = {
  accounts: Accounts;
  store: GithubStore;
  isOffline: boolean;
  /** The time of this run, ISO 8601 in UTC. */
  time: string;
  tell: (listed: number, total: number) => void;
};

/** Lists the repositories of an owner; as far as that is not possible, those of the last time. */
export async function readOwner(plan: OwnerPlan, tools: OwnerTools): Promise<OwnerReading> {
  const { host, owner, providers } = plan;
  const { accounts, store, time } = tools;
  const kept = store.findOwner(host, owner);
  const before = kept?.repositories ?? [];
  const wasPartial = kept?.isPartial ?? kept === undefined;
  if (tools.isOffline) return toOffline(plan, before, wasPartial);
  const client = await accounts.findClient(host, owner);
  if (client === undefined) return toUnasked(plan, before, (await accounts.listOrganizations(host)).fault);
  const shape = { branches: listBranches(providers), paths: listSweptPaths(providers) };
  const isCold = before.length === 0;
  const sweep = await sweepOwner(owner, shape, { client, store, isCold, tell: tools.tell });
  const isWhole = sweep.end === undefined;
  const isPartial = !isWhole && wasPartial;
  const merged = mergeFacts(before, { ...sweep, isWhole }, time, store.hasListing);
  if (isWhole || sweep.repositories.length > 0)
    store.keepOwner(host, owner, { repositories: merged, ...(isPartial && { isPartial }) });
  const seen = new Set(sweep.repositories.map(({ databaseId }) => databaseId));
  const repositories = merged.map((facts) => ({ ...facts, isSeen: seen.has(facts.databaseId) }));
  const notes = isWhole ? await listNotes(before, { ...sweep, repositories: merged }, client) : [];
  const problems = [
    ...toEndProblems(plan, repositories, sweep, client),
    ...(isPartial ? [toHalfRead(plan, merged)] : []),
    ...toRefusals(plan, sweep.refused),
  ];
  return { plan, client, repositories, problems, notes };
}

/** What of an owner was never listed cannot be shown as it was. */
export const toHalfRead = ({ owner }: OwnerPlan, known: readonly KeptFacts[]) =>
  toProblem('github-half-read', { owner, count: known.length });

function toOffline(plan: OwnerPlan, before: readonly KeptFacts[], isPartial: boolean): OwnerReading {
  const since = before
    .map(({ seenAt }) => seenAt)
    .toSorted()
    .at(-1);
  const { owner } = plan;
  const problem =
    since === undefined
      ? toProblem('github-owner-failed', { owner, reason: formatFault('offline') })
      : toProblem('github-offline', { owner, since });
  const repositories = before.map((facts) => ({ ...facts, isSeen: true }));
  const problems = [problem, ...(isPartial ? [toHalfRead(plan, before)] : [])];
  return { plan, client: undefined, repositories, problems, notes: [] };
}

/** No credential, or none that could be had. */
function toUnasked(plan: OwnerPlan, before: readonly KeptFacts[], reason: string | undefined): OwnerReading {
  const { host, owner } = plan;
  const repositories = before.map((facts) => ({ ...facts, isSeen: false }));
  const since = findOldest(repositories);
  const problem =
    reason === undefined
      ? toProblem('github-credentials-missing', { host, owners: owner })
      : toProblem('github-owner-failed', { owner, reason, since });
  return { plan, client: undefined, repositories, problems: [problem], notes: [] };
}

type Unseen = readonly { isSeen: boolean; seenAt: string }[];

/** The time from which the oldest of what was not seen now is. */
function findOldest(kept: Unseen): string | undefined {
  const times = kept.filter(({ isSeen }) => !isSeen).map(({ seenAt }) => seenAt);
  return times.toSorted()[0];
}

function toEndProblems({ owner }: OwnerPlan, kept: Unseen, { end }: Sweep, client: GithubClient): Problem[] {
  if (end === undefined) return [];
  const since = findOldest(kept);
  if (end.fault !== 'spent')
    return [toProblem('github-owner-failed', { owner, reason: formatFault(end.fault, end.message), since })];
  const budget = client.findBudget();
  return [toProblem('github-budget-spent', { owner, left: budget ? formatBudget(budget) : end.message, since })];
}

function toRefusals({ owner }: OwnerPlan, refused: readonly Refused[]): Problem[] {
  return refused.map(({ name, fault, message }) => {
    const repository = name === undefined ? `a repository of ${owner}` : `${owner}/${name}`;
    return toProblem('github-repository-failed', { repository, reason: formatFault(fault, message) });
  });
}

/** What changed since the last time; those that are no longer listed are asked after, a hundred at a time. */
async function listNotes(before: readonly KeptFacts[], sweep: Pick<Sweep, 'repositories'>, client: GithubClient) {
  if (before.length === 0) return [];
  const gone = listGone(before, sweep.repositories);
  const moved = new Map<number, string>();
  for (let at = 0; at < gone.length; at += 100) {
    const answer = await client.query(whereaboutsQuery, { ids: gone.slice(at, at + 100).map(({ nodeId }) => nodeId) });
    const nodes = answer.fault === undefined ? whereaboutsSchema.safeParse(answer.data).data?.nodes : undefined;
    for (const node of nodes ?? [])
      if (node?.databaseId !== undefined && node.owner && node.name !== undefined)
        moved.set(node.databaseId, toFullName({ owner: node.owner.login, name: node.name }));
  }
  const toWhereabouts = (facts: RepositoryFacts) => formatGone(facts, moved.get(facts.databaseId));
  return [...listChanges(before, sweep.repositories).map(formatChange), ...gone.map(toWhereabouts)];
}
