import type { Finding } from '../../doctor/finding.ts';
import { type Budget, formatBudget, isSpent } from '../budget.ts';

/** What a host says of itself and of what is left. */
export type HostFacts = {
  api: string;
  /** The version of an Enterprise host. */
  version?: string;
  /** Its clock, by the answer. */
  date?: string;
  /** Undefined where the host has no limits. */
  limits?: { rest: Budget; graphql: Budget };
};

const mostSkew = 60;

/** Whether a host answers, which version it is, whether the clocks agree, and what is left of its limits. */
export function judgeHost(
  about: string,
  { api, version, date, limits }: HostFacts,
  stopAt: number,
  now: number,
): Finding[] {
  const product = version === undefined ? 'GitHub answers' : `GitHub Enterprise Server ${version} answers`;
  const reached: Finding = { about, mark: 'fine', what: `${product} at ${api}.` };
  return [reached, ...judgeClock(about, date, now), ...judgeLimits(about, limits, stopAt, now)];
}

function judgeClock(about: string, date: string | undefined, now: number): Finding[] {
  const skew = Math.round(Math.abs(Date.parse(date ?? '') - now) / 1000);
  if (!(skew > mostSkew)) return [];
  return [
    {
      about,
      mark: 'limited',
      what: `The clock of this machine and that of the host are ${skew} s apart.`,
      cost: 'An App is refused when its signature seems to come from another time.',
      grant: 'Set the clock of this machine.',
    },
  ];
}

function judgeLimits(about: string, limits: HostFacts['limits'], stopAt: number, now: number): Finding[] {
  if (!limits) return [{ about, mark: 'fine', what: 'The host has no rate limits.' }];
  const rows = [
    ['GraphQL, for lists', limits.graphql],
    ['REST', limits.rest],
  ] as const;
  return rows.map(([name, budget]): Finding => {
    const what = `${name}: ${formatBudget(budget)}.`;
    if (!isSpent(budget, stopAt, now)) return { about, mark: 'fine', what };
    const cost = `A build stops asking at ${Math.round(stopAt * 100)} % and shows what it knows from before.`;
    return {
      about,
      mark: 'limited',
      what,
      cost,
      grant: 'Build after the limit is reset, or lower `portal.github.budget.stopAt`.',
    };
  });
}
