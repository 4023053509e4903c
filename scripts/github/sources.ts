import type { SourceReading } from '../ports.ts';

/** Repositories of an owner: when each was last seen in a list of it, and the ids of those that are shown. */
type Seen = { name: string; times: readonly string[]; ids: readonly string[] };

/**
 * The owners that were read, and how old what is shown of each is. A run that asked for one repository alone, or a list that
 * broke off, makes a few of them younger and no more: what counts is when most of them were seen.
 */
export function toSourceReadings(seen: readonly Seen[]): SourceReading[] {
  return [...Map.groupBy(seen, ({ name }) => name)].flatMap(([name, parts]) => {
    const readAt = findUsual(parts.flatMap(({ times }) => times));
    const repositories = parts.flatMap(({ ids }) => ids);
    return readAt === undefined ? [] : [{ name, type: 'github' as const, readAt, repositories }];
  });
}

/** The time that occurs most often; of several the oldest. */
function findUsual(times: readonly string[]): string | undefined {
  const counts = [...Map.groupBy(times, (time) => time)].map(([time, { length }]) => ({ time, length }));
  return counts.toSorted((a, b) => b.length - a.length || (a.time < b.time ? -1 : 1))[0]?.time;
}
