import { z } from 'zod';

/**
 * A list of which no more than so many are looked at. A list of a few megabytes may have millions of entries, and each that is wrong
 * is a fault to write down: judging them all would take half a minute and all the memory there is.
 */
export function capped<Schema extends z.ZodType>(schema: Schema, most: number) {
  return z.preprocess((value) => (Array.isArray(value) ? value.slice(0, most) : value), z.array(schema));
}
