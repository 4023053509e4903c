import type { SourceLine } from './pages/about-page.ts';
import type { Level } from './problems.ts';

/** Where the site says how old it is, below its base. */
export const buildFilePath = '/api/build.json';

/** `/api/build.json`: when what is shown was read, from what, and what was made of it. No other file of a site holds a time of its making. */
export type BuildFile = {
  version: 1;
  /** The version of Portolan that made the site. */
  portolan: string;
  /** When this build began to read, ISO 8601 in UTC. */
  began: string;
  /** From when what is shown is: the time of its oldest source. */
  readAt: string;
  /** From how many seconds on that counts as old; absent when it never does. */
  staleAfter?: number;
  sources: (SourceLine & { readAt: string })[];
  repositories: number;
  /** Of those, how many could not be read this time and are shown as they were before. */
  stale: number;
  /** A digest of all repositories and their commits: the same digest is the same input. */
  commits: string;
  entities: number;
  problems: Record<Level, number>;
};

/** What pages need of it: how old what is shown is, and what is older than it may be. */
export type Age = { readAt: string; staleAfter?: number; sources: { name: string; readAt: string }[] };

const isRecord = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === 'object';
const isTime = (value: unknown): value is string => typeof value === 'string' && !Number.isNaN(Date.parse(value));

/** What an answer says of the age of the site; nothing when it says it in no form that is known. */
export function parseAge(value: unknown): Age | undefined {
  if (!isRecord(value) || !isTime(value.readAt)) return undefined;
  const { readAt, staleAfter, sources } = value;
  return {
    readAt,
    ...(typeof staleAfter === 'number' && { staleAfter }),
    sources: (Array.isArray(sources) ? sources : []).flatMap((source: unknown) =>
      isRecord(source) && typeof source.name === 'string' && isTime(source.readAt)
        ? [{ name: source.name, readAt: source.readAt }]
        : [],
    ),
  };
}

/** Whether something read at a time is too old at a moment, in milliseconds since 1970. */
export function isTooOld({ staleAfter }: Age, readAt: string, now: number): boolean {
  return staleAfter !== undefined && now - Date.parse(readAt) > staleAfter * 1000;
}
