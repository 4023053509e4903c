import { createHash } from 'node:crypto';

const toDigest = (seed: string) => createHash('sha1').update(seed).digest();

/** A number from 0 to below `limit` that always is the same for a seed. */
export function toChance(seed: string, limit: number): number {
  return toDigest(seed).readUInt32BE(0) % limit;
}

/** A commit that always is the same for a seed. */
export function toCommit(seed: string): string {
  return toDigest(seed).toString('hex');
}

const hour = 3_600_000;

/** What happens every few hours, at a moment that the seed decides: when it last happened, and for which time. */
export function toLastTime(seed: string, hours: number, now: number): { at: number; turn: number } {
  const every = hours * hour;
  const offset = toChance(`${seed} offset`, every);
  const turn = Math.floor((now - offset) / every);
  return { at: turn * every + offset, turn };
}

/** A moment in ISO 8601 without fractions, as most systems write it. */
export function toIso(moment: number): string {
  return new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z');
}
