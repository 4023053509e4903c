import type { Level } from './problems.ts';
import type { RefText } from './ref.ts';

/** Where the site says what each owner has, for pages to say whose things are the reader's; below its base. */
export const ownersFilePath = '/api/owners.json';

/** What one owner has: how many of each kind, and how many problems of each level. */
export type OwnedSum = {
  title: string;
  counts?: Record<string, number>;
  /** The systems that it owns, the first of them. */
  systems?: { ref: RefText; title: string }[];
  problems?: Partial<Record<Level, number>>;
};

/** `/api/owners.json`: every group, and every user who owns something or has problems to mend. */
export type OwnersFile = {
  version: 1;
  /** The kinds that are owned, in the order of the catalog: the list of each, and what one and many are called. */
  kinds: { kind: string; plural: string; one: string; many: string }[];
  owners: Record<RefText, OwnedSum>;
  /** What several own is counted for each of them: how many of a kind these owners share. */
  shared: { kind: string; owners: RefText[]; count: number }[];
};

/** What several owners have together; nothing is counted twice. */
export type OwnedTogether = {
  kinds: { plural: string; words: string; count: number }[];
  problems: Partial<Record<Level, number>>;
  systems: { ref: RefText; title: string }[];
};

/** Adds up what a reader and the reader's groups own. */
export function toOwnedTogether({ kinds, owners, shared }: OwnersFile, mine: readonly RefText[]): OwnedTogether {
  const own = mine.flatMap((ref) => owners[ref] ?? []);
  const isMine = new Set(mine);
  const counts = kinds.map(({ kind, plural, one, many }) => {
    const all = own.reduce((sum, { counts: each }) => sum + (each?.[kind] ?? 0), 0);
    const twice = shared
      .filter((each) => each.kind === kind)
      .reduce(
        (sum, { owners: by, count }) => sum + count * Math.max(0, by.filter((ref) => isMine.has(ref)).length - 1),
        0,
      );
    const count = all - twice;
    return { plural, words: count === 1 ? one : many, count };
  });
  const problems: OwnedTogether['problems'] = {};
  for (const { problems: each = {} } of own)
    for (const level of ['error', 'warning', 'hint'] as const)
      if (each[level]) problems[level] = (problems[level] ?? 0) + each[level];
  const systems = new Map(own.flatMap(({ systems: each = [] }) => each.map((system) => [system.ref, system])));
  return { kinds: counts.filter(({ count }) => count > 0), problems, systems: [...systems.values()] };
}

/** As much of the file as concerns some owners. */
export function toOwnPart({ version, kinds, owners, shared }: OwnersFile, mine: readonly RefText[]): OwnersFile {
  const isMine = new Set(mine);
  return {
    version,
    kinds,
    owners: Object.fromEntries(Object.entries(owners).filter(([ref]) => isMine.has(ref))),
    shared: shared.filter(({ owners: by }) => by.filter((ref) => isMine.has(ref)).length > 1),
  };
}
