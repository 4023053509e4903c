import { type Budget, formatBudget } from './budget.ts';

/** What a run did. */
export type RunFacts = { listed: number; read: number; fetched: number; skipped: number; notes: string[] };

/** What a run cost so far. */
export type RunCosts = { requests: number; points: number; gits: number; budgets: ReadonlyMap<string, Budget> };

const mostNotes = 20;
const count = (number: number) => number.toLocaleString('en-US');

/** How far reading is: `120 of 400 repositories read · 14 requests, 9 points, 4,991 of 5,000 left · about 2 min left`. */
export function formatReading(read: number, total: number, milliseconds: number, costs: RunCosts): string {
  const left = read === 0 ? 0 : (milliseconds / read) * (total - read);
  const estimate =
    left < 1000
      ? []
      : [left < 90_000 ? `about ${Math.ceil(left / 1000)} s left` : `about ${Math.ceil(left / 60_000)} min left`];
  return [`${count(read)} of ${count(total)} repositories read`, formatCosts(costs), ...estimate].join(' · ');
}

function formatCosts({ requests, points, gits }: RunCosts): string {
  return `${count(requests)} requests, ${count(points)} points, ${count(gits)} fetches`;
}

/** What was read, what it cost and what is left, and what became of repositories since the last time. */
export function formatSummary({ listed, read, fetched, skipped, notes }: RunFacts, costs: RunCosts): string {
  const budgets = [...costs.budgets].map(([host, budget]) => `; ${host}: ${formatBudget(budget)}`).toSorted();
  const more = notes.length - mostNotes;
  const lines = [
    `${count(listed)} repositories listed, ${count(read)} read, ${count(fetched)} of them new or changed, ${count(skipped)} left out`,
    `${formatCosts(costs)}${budgets.join('')}`,
    ...notes.slice(0, mostNotes),
    ...(more > 0 ? [`… and ${count(more)} more such changes`] : []),
  ];
  return lines.map((line) => `             ${line}\n`).join('');
}
