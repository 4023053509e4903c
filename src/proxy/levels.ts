import type { LiveLevel } from '#model/live/answer.ts';

/** The worst first. What is not known is worse than what is well. */
const order: readonly LiveLevel[] = ['broken', 'attention', 'unknown', 'well'];

/** Where a level stands among the others, the worst at 0. */
export function toRank(level: LiveLevel): number {
  return order.indexOf(level);
}

/** The worst of several levels; `unknown` of none. */
export function toWorst(levels: readonly LiveLevel[]): LiveLevel {
  return order.find((level) => levels.includes(level)) ?? 'unknown';
}
