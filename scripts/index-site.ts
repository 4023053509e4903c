import type { IndexedBundle, Indexer, SearchBundle, SearchRecord } from './ports.ts';

/** Records that belong together: the entities, the pages of the docs. */
export type RecordFamily = { name: string; records: readonly SearchRecord[] };

/** What one bundle may hold, which keeps the memory of indexing bounded. */
export type BundleLimits = { records: number; bytes: number };

/** Indexing takes about 0.07 GB for each MB of text, and little less than that for 4,000 records. */
const usualLimits: BundleLimits = { records: 10_000, bytes: 8_000_000 };

/** Indexes all records for text search, in bundles of bounded size. */
export async function indexSite(families: readonly RecordFamily[], indexer: Indexer): Promise<IndexedBundle[]> {
  return indexer.writeBundles(families.flatMap((family) => planBundles(family, usualLimits)));
}

/**
 * Deals records out to as few bundles as the limits allow. Where a record goes depends on its address alone, so that a
 * change to one record leaves all bundles but one as they were.
 */
export function planBundles({ name, records }: RecordFamily, limits: BundleLimits): SearchBundle[] {
  const bytes = records.reduce(
    (sum, { content }) => sum + (typeof content === 'string' ? content.length : content.bytes),
    0,
  );
  const count = Math.max(countBundles(records.length, limits.records), countBundles(bytes, limits.bytes));
  const bundles = Array.from({ length: count }, (_, at): { name: string; records: SearchRecord[] } => ({
    name: `${name}-${at + 1}`,
    records: [],
  }));
  for (const record of records) bundles[toNumber(record.url) % count]?.records.push(record);
  return bundles.filter((bundle) => bundle.records.length > 0);
}

/** Dealing by address is uneven by a few parts in a hundred: a bundle is planned a little below its limit. */
function countBundles(amount: number, limit: number): number {
  return amount <= limit ? 1 : Math.ceil(amount / (limit * 0.95));
}

/** A number that depends on a text alone (FNV-1a). */
function toNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
