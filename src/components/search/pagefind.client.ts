import type { RefText } from '#model/ref.ts';
import { type FacetKey, olderDocsBundles, type SearchQuery, toPathAt } from '#model/search.ts';
import type { FoundPage } from '#model/search-sections.ts';
import { toSiteHref } from './dom.client.ts';

/** What a found page tells of itself. */
export type Fragment = FoundPage & {
  url: string;
  locations: number[];
  meta: Record<string, string>;
  filters: Partial<Record<FacetKey, string[]>>;
};

export type Counts = Partial<Record<FacetKey, Record<string, number>>>;

export type Hits = { results: { data: () => Promise<Fragment> }[]; filters: Counts };

type Filters = Record<string, string>;

/** A search of its own, over the bundles that it is given. */
type Instance = {
  init: () => Promise<void>;
  mergeIndex: (path: string, options: Record<string, unknown>) => Promise<void>;
  filters: () => Promise<Counts>;
  search: (words: string | null, options: { filters: Filters }) => Promise<Hits>;
};

/** The part of Pagefind's program that is used here. */
type Pagefind = { createInstance: (options: Record<string, unknown>) => Instance };

export type TextSearch = {
  /** Loads every value of every facet, and how many pages have it; a search alone does without. */
  findCounts: () => Promise<Counts>;
  /** The pages that hold the words, or all pages when there are none, narrowed by what is chosen. */
  search: (query: SearchQuery) => Promise<Hits>;
};

/** A title counts for most, the name of the docs for some, the owner's for a little. */
const ranking = { metaWeights: { title: 8, name: 8, tree: 2, owner: 1 }, pageLength: 0.3, termSaturation: 1.2 };

/** Loads what a query is searched in, once: older versions of docs only where the query asks for a version. */
export function createTextLoader(): (query: SearchQuery) => Promise<TextSearch> {
  const loading = new Map<boolean, Promise<TextSearch>>();
  return ({ chosen }) => {
    const withOlder = chosen.version !== undefined;
    const known = loading.get(withOlder) ?? loadTextSearch(withOlder);
    loading.set(withOlder, known);
    known.catch(() => loading.delete(withOlder));
    return known;
  };
}

/** Loads text search: the list of bundles, the program, and every bundle's words. */
async function loadTextSearch(withOlder: boolean): Promise<TextSearch> {
  const folder = toSiteHref('/pagefind');
  const answer = await fetch(`${folder}/bundles.json`);
  if (!answer.ok) throw new Error(`There is no text index: ${answer.status}.`);
  const [first, ...others] = (await answer.json()) as { name: string; digest: string }[]; // our own file
  if (!first) return { findCounts: async () => ({}), search: async () => ({ results: [], filters: {} }) };
  const { createInstance } = (await import(/* @vite-ignore */ `${folder}/${first.name}/pagefind.js`)) as Pagefind;
  const options = { baseUrl: '/', ranking };
  const pagefind = createInstance({ ...options, metaCacheTag: first.digest });
  await pagefind.init();
  const merged = others.filter(({ name }) => withOlder || !name.startsWith(`${olderDocsBundles}-`));
  await Promise.all(
    merged.map(({ name, digest }) => pagefind.mergeIndex(`${folder}/${name}`, { ...options, metaCacheTag: digest })),
  );
  let known: Counts = {};
  return {
    findCounts: async () => {
      known = await pagefind.filters();
      return known;
    },
    search: async ({ words, chosen }) => {
      const hits = await pagefind.search(words === '' ? null : words, { filters: toFilters(known, chosen) });
      return chosen.tree === undefined ? hits : toHitsAt(hits, chosen.tree);
    },
  };
}

function toHitsAt({ results, filters }: Hits, tree: RefText): Hits {
  const toPageAt = (page: Fragment) => ({ ...page, url: toPathAt(page.url, page.filters.tree ?? [], tree) });
  return { results: results.map(({ data }) => ({ data: async () => toPageAt(await data()) })), filters };
}

/** Chosen values in the spelling of the index, where that is known; addresses are written by people, who do not mind case. */
function toFilters(counts: Counts, chosen: SearchQuery['chosen']): Filters {
  return Object.fromEntries(
    Object.entries(chosen).map(([key, value]) => {
      const known = Object.keys(counts[key as FacetKey] ?? {}); // the keys of a record by facet
      return [key, known.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value];
    }),
  );
}
