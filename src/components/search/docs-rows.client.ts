import { formatSearchQuery, holdsWords, type SearchQuery } from '#model/search.ts';
import { listFoundSections } from '#model/search-sections.ts';
import { toSectionPath } from './docs-result.client.ts';
import { createElement, createMarked, toSiteHref } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import { createTextLoader, type Fragment } from './pagefind.client.ts';
import type { Row, Source } from './suggestions.client.ts';

/** How many pages are suggested, and how many sections of one and of all of them. */
const limits = { pages: 6, perPage: 2, all: 8 };

/** How long typing has to rest before the text is searched, in milliseconds. */
const rest = 120;

/** Suggests sections of one tree of docs, whose ref is chosen, and searching it or everything. */
export function createDocsSource(chosen: SearchQuery['chosen']): Source {
  const load = createTextLoader();
  let latest = '';
  return {
    load: async () => {
      await load({ words: '', chosen });
    },
    toLabel: () => 'Found in these docs',
    listRows: async (words) => {
      latest = words;
      if (words === '') return [];
      await new Promise((done) => setTimeout(done, rest));
      if (latest !== words) return [];
      const query = { words, chosen };
      const search = await load(query).catch(() => undefined);
      if (!search) return [toSearchRow(query, `Search these docs for “${words}”`)];
      const { results } = await search.search(query);
      const pages = await Promise.all(results.slice(0, limits.pages).map(({ data }) => data()));
      const rows = pages.filter((page) => holdsWords(words, page)).flatMap((page) => toRows(page, words));
      return [...rows.slice(0, limits.all), toLastRow(query, rows.length > 0)];
    },
  };
}

function toLastRow(query: SearchQuery, isFound: boolean): Row {
  const { words } = query;
  return isFound
    ? toSearchRow(query, `Everything in these docs on “${words}”`)
    : toSearchRow({ words, chosen: {} }, `Nothing in these docs. Search everything for “${words}”`);
}

const toSearchRow = (query: SearchQuery, label: string): Row => ({
  href: toSiteHref(`/search/${formatSearchQuery(query)}`),
  icon: 'search',
  label: [new Text(label)],
});

/** The best sections of a page; the page alone where only its title answers. */
function toRows(page: Fragment, words: string): Row[] {
  const { title = '' } = page.meta;
  const found = listFoundSections(page, words, limits.perPage);
  const sections = found.length > 0 ? found : [{ id: '', title, excerpt: [] }];
  return sections.map(({ id, title: heading, excerpt }) => ({
    href: toSiteHref(toSectionPath(page.url, id)),
    icon: 'book-open',
    label: [
      ...createLabel({ name: heading, title: undefined }, words),
      ...(id === '' ? [] : [createElement('span', { class: 'page' }, title)]),
    ],
    ...(excerpt.length > 0 && { sentence: createMarked(excerpt) }),
  }));
}
