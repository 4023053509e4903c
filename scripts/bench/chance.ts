/** Draws that look random and are the same for the same seed. */
export type Chance = {
  /** A whole number from 0 up to, but not, `limit`. */
  below: (limit: number) => number;
  /** Like `below`, with small numbers far more often: what is popular is popular by a lot. */
  low: (limit: number) => number;
  pick: <Value>(values: readonly [Value, ...Value[]]) => Value;
};

/** Creates draws from a seed (xorshift, 32 bits). */
export function createChance(seed: number): Chance {
  let state = (seed + 1) * 0x9e3779b1 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    low: (limit) => Math.floor(next() ** 2 * limit),
    pick: (values) => values[below(values.length)] ?? values[0],
  };
}
