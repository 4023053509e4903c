import type { LiveObjective } from '#model/live/prometheus.ts';
import { spark } from './answers.ts';
import { findNumber } from './promql.ts';

/** What is known of an objective before it is judged. */
export type Unjudged = Omit<LiveObjective, 'level'>;

export type Burn = LiveObjective['burn'];

/** Leaves out what is not known; a fraction loses its dust. */
export function toKnown<Key extends string>(values: Record<Key, number | undefined>): Partial<Record<Key, number>> {
  const known: Partial<Record<Key, number>> = {};
  for (const key in values) {
    const value = values[key];
    const number = value === undefined ? undefined : findNumber(value);
    if (number !== undefined) known[key] = number;
  }
  return known;
}

/** Divides by the share of errors that is allowed; where none is, there is no such number. */
export function findRatio(errors: number | undefined, allowed: number | undefined): number | undefined {
  return errors === undefined || allowed === undefined || allowed <= 0 ? undefined : errors / allowed;
}

/** What is left of a number; nothing of nothing. */
export const minus = (from: number, value: number | undefined) => (value === undefined ? undefined : from - value);

/** A spark line, and how long it is; without values there is none. */
export function toSpark(values: readonly (number | null)[]): Pick<Unjudged, 'spark' | 'sparkSeconds'> {
  return values.some((value) => value !== null)
    ? { spark: [...values], sparkSeconds: (spark.points - 1) * spark.step }
    : { spark: [] };
}
