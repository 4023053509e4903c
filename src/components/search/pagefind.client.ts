import type { FacetKey, SearchQuery } from '#model/search.ts';
import { toSiteHref } from './dom.client.ts';

/** What a found page tells of itself. */
export type Fragment = {
  url: string;
  content: string;
  locations: number[];
  meta: Record<string, string>;
  filters: Partial<Record<FacetKey, string[]>>;
};

export type Counts = Partial<Record<FacetKey, Record<string, number>>>;

export type Hits = { results: { data: () => Promise<Fragment> }[]; filters: Counts };

type Filters = Record<string, string>;

/** The part of Pagefind's program that is used here. */
type Pagefind = {
  options: (options: Record<string, unknown>) => Promise<void>;
  mergeIndex: (path: string, options: Record<string, unknown>) => Promise<void>;
  filters: () => Promise<Counts>;
  search: (words: string | null, options: { filters: Filters }) => Promise<Hits>;
};

export type TextSearch = {
  /** Every value of every facet, and how many pages have it. */
  counts: Counts;
  /** The pages that hold the words, or all pages when there are none, narrowed by what is chosen. */
  search: (query: SearchQuery) => Promise<Hits>;
};

/** A title counts for most, the owner's name for a little. */
const ranking = { metaWeights: { title: 8, name: 8, owner: 1 }, pageLength: 0.3, termSaturation: 1.2 };

/** Loads text search: the list of bundles, the program, and every bundle's words. */
export async function loadTextSearch(): Promise<TextSearch> {
  const folder = toSiteHref('/pagefind');
  const answer = await fetch(`${folder}/bundles.json`);
  if (!answer.ok) throw new Error(`There is no text index: ${answer.status}.`);
  const [first, ...others] = (await answer.json()) as { name: string; digest: string }[]; // our own file
  if (!first) return { counts: {}, search: async () => ({ results: [], filters: {} }) };
  const pagefind = (await import(/* @vite-ignore */ `${folder}/${first.name}/pagefind.js`)) as Pagefind;
  const options = { baseUrl: '/', ranking };
  await pagefind.options({ ...options, metaCacheTag: first.digest });
  await Promise.all(
    others.map(({ name, digest }) => pagefind.mergeIndex(`${folder}/${name}`, { ...options, metaCacheTag: digest })),
  );
  const counts = await pagefind.filters();
  return {
    counts,
    search: ({ words, chosen }) => pagefind.search(words === '' ? null : words, { filters: toFilters(counts, chosen) }),
  };
}

/** Chosen values in the spelling of the index; addresses are written by people, who do not mind case. */
function toFilters(counts: Counts, chosen: SearchQuery['chosen']): Filters {
  return Object.fromEntries(
    Object.entries(chosen).map(([key, value]) => {
      const known = Object.keys(counts[key as FacetKey] ?? {}); // the keys of a record by facet
      return [key, known.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value];
    }),
  );
}
