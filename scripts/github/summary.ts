import { type Budget, formatBudget } from './budget.ts';

/** What a run did. */
export type RunFacts = {
  listed: number;
  read: number;
  fetched: number;
  skipped: number;
  notes: string[];
  /** The repositories whose tags and branches could not be listed. */
  unlisted: string[];
};

/** What a run cost so far. */
export type RunCosts = { requests: number; points: number; gits: number; budgets: ReadonlyMap<string, Budget> };

const mostNotes = 20;
const count = (number: number) => number.toLocaleString('en-US');
const plural = (number: number, one: string, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;

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
  return [plural(requests, 'request'), plural(points, 'point'), plural(gits, 'fetch', 'fetches')].join(', ');
}

/** What was read, what it cost and what is left, and what became of repositories since the last time. */
export function formatSummary({ listed, read, fetched, skipped, notes, unlisted }: RunFacts, costs: RunCosts): string {
  const budgets = [...costs.budgets].map(([host, budget]) => `; ${host}: ${formatBudget(budget)}`).toSorted();
  const more = notes.length - mostNotes;
  const lines = [
    `${plural(listed, 'repository', 'repositories')} listed, ${count(read)} read, ${count(fetched)} of them new or changed, ${count(skipped)} left out`,
    `${formatCosts(costs)}${budgets.join('')}`,
    ...notes.slice(0, mostNotes),
    ...(more > 0 ? [`… and ${count(more)} more such changes`] : []),
    ...(unlisted.length > 0 ? [formatUnlisted(unlisted)] : []),
  ];
  return lines.map((line) => `             ${line}\n`).join('');
}

const mostNames = 3;

function formatUnlisted(repositories: readonly string[]): string {
  const more = repositories.length - mostNames;
  const names = repositories.toSorted().slice(0, mostNames).join(', ');
  return `the tags and branches of ${names}${more > 0 ? ` and ${count(more)} more` : ''} are as they were: they could not be listed`;
}
