/** What GitHub says is left of a rate limit. */
export type Budget = { limit: number; remaining: number; resetAt: string };

/** Whether no further request should be made: less than the share `stopAt` of the limit is left, and it is not reset yet. */
export function isSpent(budget: Budget | undefined, stopAt: number, now: number): boolean {
  if (budget === undefined || Date.parse(budget.resetAt) <= now) return false;
  return budget.remaining < budget.limit * stopAt || budget.remaining <= 0;
}

/** `312 of 5,000 left until 2026-11-28T12:00:00Z`. */
export function formatBudget({ limit, remaining, resetAt }: Budget): string {
  return `${remaining.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} left until ${resetAt}`;
}
