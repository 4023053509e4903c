import type { FilePoint } from '#model/targets.ts';
import type { Cache, FetchedText, FetchFault, Forge } from '../ports.ts';
import { limits, type ParsedDocument, parseYaml } from './yaml.ts';

/** A catalog file that was fetched and parsed, or why it could not be fetched. */
export type ReadFile = FilePoint &
  ({ text: string; hash: string; documents: ParsedDocument[]; fault?: undefined } | { fault: FetchFault });

/** Fetches and parses files, each once, however often it is asked for. */
export type FileReader = {
  read: (point: FilePoint) => Promise<ReadFile>;
  fetchText: (point: FilePoint) => Promise<FetchedText>;
};

/** What a reader is told of a file that cannot be had. */
export const faultReasons: Readonly<Record<FetchFault, string>> = {
  absent: 'is not there',
  outside: 'is a link, or lies outside of its repository',
  'too-large': `is larger than ${limits.bytes / 1024 / 1024} MiB`,
  unreadable: 'is not a readable text file',
};

/** Raise this when what is kept of a parsed file changes. */
const cacheVersion = 1;

/** A reader that takes parsed files from the cache where their content has not changed. */
export function createFileReader(forge: Forge, cache: Cache | undefined): FileReader {
  const texts = new Map<string, Promise<FetchedText>>();
  const files = new Map<string, Promise<ReadFile>>();
  const fetchText = (point: FilePoint) =>
    remember(texts, toFileKey(point), () => forge.fetchText(point.repository.id, point.path));
  const read = async (point: FilePoint): Promise<ReadFile> => {
    const fetched = await fetchText(point);
    if (fetched.fault !== undefined) return { ...point, fault: fetched.fault };
    return { ...point, text: fetched.text, hash: fetched.hash, documents: parseCached(fetched, cache) };
  };
  return { fetchText, read: (point) => remember(files, toFileKey(point), () => read(point)) };
}

/** What tells one file from every other. */
export function toFileKey({ repository, path }: FilePoint): string {
  return `${repository.id}\0${path}`;
}

function remember<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

function parseCached({ text, hash }: { text: string; hash: string }, cache: Cache | undefined): ParsedDocument[] {
  const key = `yaml:${cacheVersion}:${hash}`;
  const kept = cache?.find(key);
  const known = kept === undefined ? undefined : parseKept(kept);
  if (known !== undefined) return known;
  const { documents, isLossless } = parseYaml(text);
  if (isLossless) cache?.keep(key, JSON.stringify(documents));
  return documents;
}

function parseKept(kept: string): ParsedDocument[] | undefined {
  try {
    const value: unknown = JSON.parse(kept);
    // Nobody but this file writes these entries, under a key that names their version.
    return Array.isArray(value) ? (value as ParsedDocument[]) : undefined;
  } catch {
    return undefined;
  }
}
