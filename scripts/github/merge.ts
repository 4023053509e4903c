import type { GoodState, KeptFacts, RepositoryFacts } from './facts.ts';

/** Whether the listing of a tree is in the store, which is so only when all that a build needs of it is. */
export type HasTree = (tree: string) => boolean;

/** What a sweep saw of an owner. `refused` are those of which it saw that they are there, and perhaps which. */
export type Seen = {
  repositories: readonly RepositoryFacts[];
  refused: readonly { facts?: Pick<RepositoryFacts, 'databaseId'> }[];
  /** Whether it saw them all. */
  isWhole: boolean;
};

/** What is known after a sweep: what it saw, and what it may have missed as it was before. */
export function mergeFacts(before: readonly KeptFacts[], seen: Seen, seenAt: string, hasTree: HasTree): KeptFacts[] {
  const old = new Map(before.map((facts) => [facts.databaseId, facts]));
  const now = seen.repositories.map((facts): KeptFacts => {
    const good = findLastGood(old.get(facts.databaseId), hasTree);
    return { ...facts, seenAt, ...(good && { good }) };
  });
  const listed = new Set(now.map(({ databaseId }) => databaseId));
  const refused = new Set(seen.refused.map(({ facts }) => facts?.databaseId));
  const mayBeThere = ({ databaseId }: KeptFacts) => !seen.isWhole || refused.has(undefined) || refused.has(databaseId);
  return [...now, ...before.filter((facts) => !listed.has(facts.databaseId) && mayBeThere(facts))];
}

/** The last state that was read in whole: that of the last time, or the one that was kept then. */
function findLastGood(facts: KeptFacts | undefined, hasTree: HasTree): GoodState | undefined {
  if (facts === undefined) return undefined;
  for (const [branch, head] of Object.entries(facts.heads))
    if (hasTree(head.tree)) return { ...head, branch, seenAt: facts.seenAt };
  return facts.good;
}

/** The state of a branch that can be shown without asking GitHub, and since when it may be out of date. */
export function findKnownState(facts: KeptFacts, branch: string, hasTree: HasTree): GoodState | undefined {
  const head = facts.heads[branch];
  if (head && hasTree(head.tree)) return { ...head, branch, seenAt: facts.seenAt };
  return facts.good?.branch === branch && hasTree(facts.good.tree) ? facts.good : undefined;
}
