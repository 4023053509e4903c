import type { Budget } from '../../github/budget.ts';

/** Counts what a run costs. */
export type Meter = {
  countRequest: () => void;
  countPoints: (points: number) => void;
  countGit: () => void;
  /** Keeps what a host says is left; answers it. */
  keepBudget: (host: string, budget: Budget) => Budget;
  read: () => { requests: number; points: number; gits: number; budgets: ReadonlyMap<string, Budget> };
};

/** A meter that begins at nothing. */
export function createMeter(): Meter {
  let [requests, points, gits] = [0, 0, 0];
  const budgets = new Map<string, Budget>();
  return {
    countRequest: () => {
      requests += 1;
    },
    countPoints: (more) => {
      points += more;
    },
    countGit: () => {
      gits += 1;
    },
    keepBudget: (host, budget) => {
      budgets.set(host, budget);
      return budget;
    },
    read: () => ({ requests, points, gits, budgets }),
  };
}
