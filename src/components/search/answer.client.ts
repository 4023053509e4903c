import { findNames, type NameMatch, type NameTable } from '#model/names.ts';
import { formatSearchQuery, type SearchQuery } from '#model/search.ts';
import { toEntityPath } from '#model/urls.ts';
import { readRecent } from '../layout/browser-memory.ts';
import { createElement, createIcon, toSiteHref } from './dom.client.ts';
import { listGroups } from './groups.client.ts';
import { keepHolding } from './holding.client.ts';
import type { Counts, Hits, TextSearch } from './pagefind.client.ts';
import { createFacetLink, createGroup, createNameResult, listFacets } from './results.client.ts';
import { toTreeTitle } from './tree-label.client.ts';

/** What a search page shows. */
export type Answer = { status: string; results: HTMLElement[]; facets: HTMLElement[] };

const namesShown = 5;

/** The names that answer, where nothing but the kind narrows the search. */
export function listNameMatches(table: NameTable | undefined, { words, chosen }: SearchQuery): NameMatch[] {
  const { kind, ...others } = chosen;
  if (!table || words === '' || Object.values(others).some(Boolean)) return [];
  return findNames(table, kind ? `${kind}:${words}` : words, namesShown);
}

/** The answer by names alone, which is there before the text is searched. */
export function toNameAnswer(matches: readonly NameMatch[], { words }: SearchQuery, status: string): Answer {
  const title = matches.some(({ isSure }) => isSure) ? 'Names' : 'Did you mean';
  const rows = matches.map((match) => createNameResult(match, words));
  return { status, results: rows.length > 0 ? [createGroup(title, rows)] : [], facets: [] };
}

/** The whole answer: names first, then the text that matches by kind of thing, and what would narrow it. */
export async function toAnswer(
  query: SearchQuery,
  table: NameTable | undefined,
  matches: readonly NameMatch[],
  search: TextSearch,
): Promise<Answer> {
  const counts = await search.findCounts();
  if (formatSearchQuery(query) === '') return toStart(counts, table);
  const hits = await findHits(search, query);
  const { results: named } = toNameAnswer(matches, query, '');
  const shown = new Set(matches.map(({ ref }) => toEntityPath(ref)));
  const results = [...named, ...(await listGroups(search, hits, { query, table, shown }))];
  const scope = createScope(query, table);
  return {
    status: formatCount(hits.results.length, query),
    results: [...scope, ...(results.length > 0 ? results : [createEmptyState(query)])],
    facets: listFacets(query, hits.filters, table),
  };
}

/** The pages that hold what is asked. */
async function findHits(search: TextSearch, query: SearchQuery): Promise<Hits> {
  const { results, filters } = await search.search(query);
  const held = await keepHolding(results, query.words);
  return held.length > 0 ? { results: held, filters } : { results: [], filters: {} };
}

function formatCount(count: number, { words, chosen: { tree, version, ...others } }: SearchQuery): string {
  const narrowed = [...Object.values(others), version && `version ${version}`].filter(Boolean).join(', ');
  const where = tree ? ' in these docs' : '';
  const asked = `${words === '' ? '' : ` with “${words}”`}${where}${narrowed === '' ? '' : `, ${narrowed} only`}`;
  return `${count === 0 ? 'No' : count.toLocaleString('en-US')} ${count > 1 ? 'pages' : 'page'}${asked}`;
}

/** Says that only one tree of docs is searched, with a way out of it. */
function createScope(query: SearchQuery, table: NameTable | undefined): HTMLElement[] {
  const { tree } = query.chosen;
  if (!tree) return [];
  const label = toTreeTitle(table, tree);
  const giveUp = createFacetLink(
    query,
    'tree',
    tree,
    label,
    createIcon('x'),
    createElement('span', { class: 'unseen' }, ', search everything'),
  );
  return [createElement('p', { class: 'scope' }, 'Only in the docs of ', giveUp)];
}

function createEmptyState({ words, chosen }: SearchQuery): HTMLElement {
  const everywhere = `${toSiteHref('/search/')}${formatSearchQuery({ words, chosen: {} })}`;
  const isNarrowed = words !== '' && Object.values(chosen).some(Boolean);
  const all = createElement('a', { href: everywhere, 'data-stay': true }, 'Search everything');
  const catalog = createElement('a', { href: toSiteHref('/catalog/') }, 'the catalog');
  return createElement(
    'div',
    { class: 'empty' },
    isNarrowed
      ? createElement('p', {}, `${chosen.tree ? 'Nothing in these docs' : 'Nothing in what is chosen'}. `, all)
      : undefined,
    createElement('p', {}, 'Fewer or other words may find it; or look through ', catalog, '.'),
  );
}

const whatIsSearched =
  'Names, titles, descriptions, tags, links, owners, systems, annotations, the definitions of APIs and all docs are searched. A part of a name is enough; “in quotes” finds words that follow each other.';

/** What can be found, while nothing is asked. */
function toStart(counts: Counts, table: NameTable | undefined): Answer {
  const recent = readRecent().map(({ ref, label }) =>
    createElement('li', {}, createElement('a', { href: toSiteHref(toEntityPath(ref)), 'data-result': true }, label)),
  );
  return {
    status: '',
    results: [
      createElement('p', { class: 'empty quiet' }, whatIsSearched),
      ...(recent.length > 0 ? [createGroup('Read last', recent)] : []),
    ],
    facets: listFacets({ words: '', chosen: {} }, counts, table),
  };
}
