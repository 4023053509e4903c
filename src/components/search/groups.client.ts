import type { NameTable } from '#model/names.ts';
import { definitionKind, docsKind, type SearchQuery } from '#model/search.ts';
import { createDefinitionResults } from './definition-result.client.ts';
import { createDocsResult } from './docs-result.client.ts';
import { createElement } from './dom.client.ts';
import { keepHolding } from './holding.client.ts';
import type { Hits, TextSearch } from './pagefind.client.ts';
import { createFacetLink, createGroup, createTextResult, toKindIcon, toKindLabel } from './results.client.ts';

/** How many results are shown of each kind while there are several, and of one kind at a time. */
const limits = { perGroup: 5, perPage: 20 };

/** What a group of results is made from. */
type Asked = {
  query: SearchQuery;
  table: NameTable | undefined;
  /** Addresses that are shown already. */
  shown: ReadonlySet<string>;
};

/** The pages whose text matches, a group a kind, in the order in which kinds are sought. */
export async function listGroups(search: TextSearch, hits: Hits, asked: Asked): Promise<HTMLElement[]> {
  const { query, table } = asked;
  const kinds = listKinds(hits, table);
  const groups = kinds.map(async (kind) => {
    if (kinds.length === 1) return createWholeGroup(kind, hits.results, asked);
    const { results } = await search.search({ ...query, chosen: { ...query.chosen, kind } });
    return createShortGroup(kind, await keepHolding(results, query.words), asked);
  });
  return (await Promise.all(groups)).filter((group) => group !== undefined);
}

function listKinds(hits: Hits, table: NameTable | undefined): string[] {
  const order = table?.index.kinds.map(({ kind }) => kind) ?? [];
  const rank = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return Object.entries(hits.filters.kind ?? {})
    .flatMap(([kind, count]) => (count > 0 ? [kind] : []))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const toTitle = (table: NameTable | undefined, kind: string) =>
  kind === docsKind ? kind : `${toKindLabel(table, kind)}s`;

/** How pages that are no entities are shown: each as one result, or what they hold. */
const rowTable: Readonly<Record<string, (...given: Parameters<typeof createTextResult>) => HTMLElement[]>> = {
  [docsKind]: (...given) => [createDocsResult(...given)],
  [definitionKind]: createDefinitionResults,
};

async function listRows(kind: string, found: Hits['results'], { query, table, shown }: Asked): Promise<HTMLElement[]> {
  const createRows = rowTable[kind] ?? ((...given) => [createTextResult(...given)]);
  const fragments = await Promise.all(found.map(({ data }) => data()));
  return fragments
    .filter(({ url }) => !shown.has(url))
    .flatMap((fragment) => createRows(fragment, toKindIcon(table, kind), query.words));
}

/** The best of one kind, with a link to all of them; nothing when they are all shown already. */
async function createShortGroup(kind: string, found: Hits['results'], asked: Asked): Promise<HTMLElement | undefined> {
  const { query, table } = asked;
  const rows = await listRows(kind, found.slice(0, limits.perGroup), asked);
  const isAll = found.length <= limits.perGroup;
  if (rows.length === 0 && isAll) return undefined;
  const all = `All ${found.length.toLocaleString('en-US')}`;
  return createGroup(
    toTitle(table, kind),
    rows,
    found.length,
    isAll ? undefined : createFacetLink(query, 'kind', kind, all),
  );
}

/** All of one kind, a screenful at a time. */
async function createWholeGroup(kind: string, found: Hits['results'], asked: Asked): Promise<HTMLElement | undefined> {
  const rows = await listRows(kind, found.slice(0, limits.perPage), asked);
  if (rows.length === 0 && found.length <= limits.perPage) return undefined;
  if (found.length <= limits.perPage) return createGroup(toTitle(asked.table, kind), rows, found.length);
  const more = createElement('button', { type: 'button' }, 'Show more');
  const group = createGroup(toTitle(asked.table, kind), rows, found.length, more);
  let from = limits.perPage;
  more.addEventListener('click', async () => {
    const next = await listRows(kind, found.slice(from, from + limits.perPage), asked);
    from += limits.perPage;
    group.querySelector('ul')?.append(...next);
    next[0]?.querySelector('a')?.focus();
    if (from >= found.length) more.parentElement?.remove();
  });
  return group;
}
