import type { Place } from '#model/place.ts';

/** A document that has keys, nothing else being known of it. */
export type Keyed = Readonly<Record<string, unknown>>;

/** Whether a value is a set of keys: not a list, not text, not null. */
export function isKeyed(value: unknown): value is Keyed {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A document under judgement. */
export type Subject = {
  value: Keyed;
  locate: (path: readonly (string | number)[]) => Place;
  /** Whether something in it could not be read, and was left as it is written. */
  isIncomplete: boolean;
};
