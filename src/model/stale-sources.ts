import { type Age, isTooOld } from './build-file.ts';

/** What of a site is too old at a moment: since when, the names of those sources, and whether that is all of them. */
export function findStaleSources(
  age: Age,
  now: number,
): { since: string; names: string[]; isAll: boolean } | undefined {
  const { readAt, sources } = age;
  if (!isTooOld(age, readAt, now)) return undefined;
  const names = sources.filter((source) => isTooOld(age, source.readAt, now)).map(({ name }) => name);
  return { since: readAt, names, isAll: names.length === sources.length };
}
