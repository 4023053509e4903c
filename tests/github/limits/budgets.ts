import type { Identity, Limits } from '../auth/identity.ts';

export type Resource = keyof Limits;

/** What is left of an hour's budget. */
export type Budget = { resource: Resource; limit: number; used: number; remaining: number; resetAt: number };

/** Counts what each identity uses up in an hour, as GitHub's primary rate limit does. */
export type Budgets = {
  /** Undefined where the host counts nothing, as most Enterprise hosts do. */
  find: (identity: Identity, resource: Resource) => Budget | undefined;
  /** Takes points; answers false, and takes nothing, where too few are left. */
  take: (identity: Identity, resource: Resource, points: number) => boolean;
};

const hour = 3_600_000;

/** Makes budgets that begin anew an hour after their first use. */
export function createBudgets(now: () => number): Budgets {
  const windows = new Map<string, { used: number; resetAt: number }>();
  const open = (identity: Identity, resource: Resource) => {
    const key = `${identity.title} ${resource}`;
    const found = windows.get(key);
    if (found && found.resetAt > now()) return found;
    const fresh = { used: 0, resetAt: now() + hour };
    windows.set(key, fresh);
    return fresh;
  };
  const find = (identity: Identity, resource: Resource) => {
    const { used, resetAt } = open(identity, resource);
    const limit = identity.limits[resource];
    return { resource, limit, used, remaining: Math.max(0, limit - used), resetAt };
  };
  return {
    find,
    take: (identity, resource, points) => {
      if (find(identity, resource).remaining < points) return false;
      open(identity, resource).used += points;
      return true;
    },
  };
}

/** The budgets of a host that counts nothing. */
export const unlimited: Budgets = { find: () => undefined, take: () => true };

/** A budget as the headers of an answer say it. */
export function toLimitHeaders(budget: Budget | undefined): Record<string, string> {
  if (!budget) return {};
  const { resource, limit, used, remaining, resetAt } = budget;
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
}
