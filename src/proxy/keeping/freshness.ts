import type { LiveFault } from '#model/live/answer.ts';

/**
 * The rule of age, in one place. By the age of its value a piece is
 *
 * - fresh for `fresh` seconds, give or take a tenth: it is shown, and nobody asks;
 * - stale for twice as long again, at least 30 seconds: it is shown at once, and read again behind the viewer's back;
 * - old until the hard limit: the viewer waits for a reading, and sees the old value only where that fails, with why;
 * - gone after the hard limit: it is not shown, whatever happens.
 *
 * Nobody is asked without a viewer. After a reading that failed nobody is asked until a pause is over: half a minute where the
 * answer was no (not there, not allowed), else 5 seconds, doubled with each failure up to a minute, or what the upstream says.
 */
export type Rules = {
  /** In seconds: after that a value is never shown. */
  hardLimit: number;
  /** In seconds: how long a `no` is taken for an answer. */
  negative: number;
  /** Between 0 and 1, 1 excluded. */
  random: () => number;
};

const leastGrace = 30;
const firstPause = 5;
const longestPause = 60;
/** What an upstream may ask for at most. */
const mostPatience = 900;

const noes: ReadonlySet<LiveFault> = new Set(['not-found', 'forbidden', 'unauthorised']);

/** For how many milliseconds a value is fresh: not all at the same moment, so that not all are read at the same moment. */
export function toFreshTime(fresh: number, { random }: Rules): number {
  return fresh * 1000 * (0.9 + 0.2 * random());
}

/** Whether a value of some age, in milliseconds, may be shown while it is read again. */
export function isStaleEnough(age: number, fresh: number, rules: Rules): boolean {
  return age <= (fresh + Math.max(leastGrace, 2 * fresh)) * 1000 && isShowable(age, fresh, rules);
}

/** Whether a value of some age, in milliseconds, may be shown at all. */
export function isShowable(age: number, fresh: number, { hardLimit }: Rules): boolean {
  return age <= Math.max(hardLimit, fresh * 1.1) * 1000;
}

/** For how many milliseconds nobody is asked after so many failures on end. */
export function toPause(fault: LiveFault, failures: number, retryAfter: number | undefined, rules: Rules): number {
  const backOff = Math.min(longestPause, firstPause * 2 ** Math.min(failures - 1, 10));
  const pause = (noes.has(fault) ? rules.negative : backOff) * (0.8 + 0.2 * rules.random());
  const patience = Math.min(retryAfter ?? 0, mostPatience) * (1 + 0.1 * rules.random());
  return Math.max(pause, Number.isFinite(patience) ? patience : 0) * 1000;
}
