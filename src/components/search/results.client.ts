import type { NameMatch, NameTable } from '#model/names.ts';
import {
  definitionKind,
  type FacetKey,
  facets,
  formatSearchQuery,
  type SearchQuery,
  toExcerpt,
} from '#model/search.ts';
import { toEntityPath } from '#model/urls.ts';
import { createElement, createIcon, createMarked, toSiteHref } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import type { Counts, Fragment } from './pagefind.client.ts';
import { toShortTree } from './tree-label.client.ts';

/** How many values of a facet are shown at once, and how many at all. */
const facetLimits = { shown: 8, all: 60 };

const formatCount = (count: number) => count.toLocaleString('en-US');

/** Results under a heading, and a way to the rest of them. */
export function createGroup(title: string, rows: readonly HTMLElement[], count?: number, more?: Node): HTMLElement {
  const number = count === undefined ? undefined : createElement('span', { class: 'number' }, formatCount(count));
  return createElement(
    'section',
    {},
    createElement('h2', {}, title, number),
    createElement('ul', { role: 'list' }, ...rows),
    more && createElement('p', { class: 'more' }, more),
  );
}

/** A result by name. */
export function createNameResult(match: NameMatch, words: string): HTMLElement {
  const facts = [match.kindLabel, match.owner, match.isDeprecated ? 'deprecated' : undefined];
  return createResult(toEntityPath(match.ref), match.icon, createLabel(match, words), facts);
}

/** A result by text: what it is called, and the words around what matched. */
export function createTextResult(fragment: Fragment, icon: string, words: string): HTMLElement {
  const { title = '', name = title, owner } = fragment.meta;
  const { type, lifecycle } = fragment.filters;
  const label = createLabel({ name, title: title === name ? undefined : title }, words);
  const { label: field, parts } = toExcerpt(fragment.content, fragment.locations);
  const sentence =
    parts.length === 0
      ? undefined
      : createElement('p', { class: 'sentence' }, field && `${field}: `, ...createMarked(parts));
  return createResult(fragment.url, icon, label, [type?.[0], owner, lifecycle?.[0]], sentence);
}

/** A result: what it is called, what is said beside it, and what stands below. */
export function createResult(
  path: string,
  icon: string,
  label: readonly Node[],
  facts: readonly (string | undefined)[],
  ...below: (HTMLElement | undefined)[]
): HTMLElement {
  const about = facts.filter((fact) => fact !== undefined).join(' · ');
  return createElement(
    'li',
    {},
    createElement(
      'div',
      { class: 'first' },
      createElement('a', { href: toSiteHref(path), 'data-result': true }, createIcon(icon), ...label),
      createElement('span', { class: 'about' }, about),
    ),
    ...below,
  );
}

/** A link to the search page with one facet chosen, or given up when it is chosen already. */
export function createFacetLink(query: SearchQuery, key: FacetKey, value: string, ...children: (Node | string)[]) {
  const isChosen = query.chosen[key]?.toLowerCase() === value.toLowerCase();
  const chosen = { ...query.chosen, [key]: isChosen ? undefined : value };
  const href = `${toSiteHref('/search/')}${formatSearchQuery({ ...query, chosen })}`;
  return createElement('a', { href, 'data-stay': true, 'aria-current': isChosen ? 'true' : undefined }, ...children);
}

/** Facets that are shown only while they are chosen: without a version, current docs alone are searched. */
const hiddenFacets: ReadonlySet<FacetKey> = new Set<FacetKey>(['version']);

/** How the values of facets are written that are no words of their own. */
const valueLabels: Partial<Record<FacetKey, (value: string, table: NameTable | undefined) => string>> = {
  kind: (value, table) => toKindLabel(table, value),
  tree: toShortTree,
};

/** The facets with their values and counts, as words; a facet without values is left out. */
export function listFacets(query: SearchQuery, counts: Counts, table: NameTable | undefined): HTMLElement[] {
  return facets.flatMap(({ key, label }) => {
    if (hiddenFacets.has(key) && query.chosen[key] === undefined) return [];
    const values = Object.entries(counts[key] ?? {})
      .filter(([, count]) => count > 0)
      .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
      .slice(0, facetLimits.all);
    if (values.length === 0) return [];
    const links = values.map(([value, count]) => {
      const text = valueLabels[key]?.(value, table) ?? value;
      const number = createElement('span', { class: 'number' }, formatCount(count));
      const giveUp = query.chosen[key] ? [createIcon('x')] : [];
      return createFacetLink(query, key, value, createElement('span', {}, text), ...giveUp, number);
    });
    const rest = links.slice(facetLimits.shown);
    const more = createElement('details', {}, createElement('summary', {}, `${rest.length} more`), ...rest);
    return createElement(
      'section',
      {},
      createElement('h2', {}, query.chosen[key] ? `${label}, chosen` : label),
      ...links.slice(0, facetLimits.shown),
      rest.length > 0 ? more : undefined,
    );
  });
}

/** What a reader calls a kind. */
export function toKindLabel(table: NameTable | undefined, kind: string): string {
  return table?.index.kinds.find((row) => row.kind === kind)?.label ?? kind;
}

/** The icon of a kind; a page that is neither an entity nor a definition is a page of the docs. */
export function toKindIcon(table: NameTable | undefined, kind: string): string {
  if (kind === definitionKind) return 'plug';
  return table?.index.kinds.find((row) => row.kind === kind)?.icon ?? 'book-open';
}
