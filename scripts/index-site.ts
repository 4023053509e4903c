import type { IndexedBundle, Indexer, SearchBundle, SearchRecord } from './ports.ts';

/** Records that belong together: the entities, the pages of the docs. */
export type RecordFamily = { name: string; records: readonly SearchRecord[]; limit: number };

/** Short records of which one bundle holds at most so many, which keeps the memory of indexing bounded. */
export const shortRecords = 10_000;

/** The same for records of whole pages. */
export const longRecords = 3_000;

/** Indexes all records for text search, in bundles of bounded size. */
export async function indexSite(families: readonly RecordFamily[], indexer: Indexer): Promise<IndexedBundle[]> {
  return indexer.writeBundles(families.flatMap(planBundles));
}

/**
 * Deals records out to as few bundles as their limit allows. Where a record goes depends on its address alone, so that a
 * change to one record leaves all bundles but one as they were.
 */
export function planBundles({ name, records, limit }: RecordFamily): SearchBundle[] {
  // Dealing by address is uneven by a few parts in a hundred: a bundle is planned a little below its limit.
  const count = records.length <= limit ? 1 : Math.ceil(records.length / (limit * 0.95));
  const bundles = Array.from({ length: count }, (_, at): { name: string; records: SearchRecord[] } => ({
    name: `${name}-${at + 1}`,
    records: [],
  }));
  for (const record of records) bundles[toNumber(record.url) % count]?.records.push(record);
  return bundles.filter((bundle) => bundle.records.length > 0);
}

/** A number that depends on a text alone (FNV-1a). */
function toNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
