import type { CatalogEntity } from '#model/catalog.ts';
import type { Place } from '#model/place.ts';
import type { Forge } from '../ports.ts';
import type { Source } from './types.ts';

/** Finds the place of a line of a definition. */
export type Placer = (entry: CatalogEntity, source: Source, line: number) => Promise<Place>;

/**
 * A line of a definition that is a file of its own is a line of that file. One that stands in the catalog file is found by
 * its text, where it stands there as a block; else the place is that of the key.
 */
export function createPlacer(forge: Pick<Forge, 'fetchText'>): Placer {
  return async ({ place, sources }, { text, file }, line) => {
    if (sources?.has('spec.definition')) return { ...file, line, column: 1 };
    const fetched = await forge.fetchText(place.repository, place.path);
    if (fetched.fault !== undefined) return place;
    const lines = fetched.text.split('\n');
    const start = findStart(lines, place.line - 1, text.split('\n'));
    if (start !== undefined) return { ...place, line: start + line, column: 1 };
    const key = lines.findIndex((each, at) => at >= place.line - 1 && /^\s+definition\s*:/.test(each));
    return key < 0 ? place : { ...place, line: key + 1, column: (lines[key]?.search(/\S/) ?? 0) + 1 };
  };
}

/** How many lines have to agree: a shorter definition has to agree as a whole. */
const agreeing = 5;

/** How many lines of a file come before a definition that stands in it as a block. */
function findStart(lines: readonly string[], from: number, wanted: readonly string[]): number | undefined {
  const begin = wanted.slice(0, agreeing).map((line) => line.trim());
  const keys = lines.flatMap((line, at) => (at >= from && /^\s+definition\s*:\s*[|]/.test(line) ? [at + 1] : []));
  return keys.find((at) => begin.every((line, offset) => lines[at + offset]?.trim() === line));
}
