import type { CatalogEntity } from '#model/catalog.ts';
import { type Docs, noDocs } from '#model/docs.ts';
import type { KindRow } from '#model/kinds/define.ts';
import { findKind, genericKind, kinds } from '#model/kinds/index.ts';
import { createIsSomebody, isOwnable, isOwnerState, listOwners, ownerStates, toOwnerState } from '#model/ownership.ts';
import {
  type CatalogColumn,
  type CatalogIndexPage,
  type CatalogRow,
  catalogFacets,
  type People,
} from '#model/pages/catalog-index.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { defaultNamespace, type RefText, toRef } from '#model/ref.ts';
import type { Rows } from '#model/rows.ts';
import { toColumn, toKindIcons, toOwnerTraits, toRefTraits } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { type Lookup, toLabel } from './lookup.ts';
import { listPeopled } from './organisation.ts';
import { listPagesOf } from './page-of-list.ts';
import { toPlainText } from './prose.ts';
import { toSample } from './sample.ts';

/** How much of a description an index shows. */
const descriptionLimit = 120;

/** The columns of an index, as Backstage has them, with the owner beside the name. A kind without a row has the first. */
const columnTable: Readonly<Record<string, readonly CatalogColumn[]>> = {
  '': ['name', 'owner', 'system', 'namespace', 'type', 'lifecycle', 'description', 'tags'],
  all: ['name', 'owner', 'kind', 'system', 'namespace', 'lifecycle', 'description'],
  systems: ['name', 'owner', 'namespace', 'description', 'tags'],
  domains: ['name', 'owner', 'namespace', 'description', 'tags'],
  groups: ['name', 'namespace', 'type', 'description', 'tags'],
  templates: ['name', 'owner', 'namespace', 'type', 'description', 'tags'],
  users: ['name', 'team', 'namespace', 'description', 'tags'],
  locations: ['name', 'namespace', 'type', 'targets'],
};

/** The entities of one index. */
type List = { plural: string; row?: KindRow; path: string; rows: CatalogRow[] };

function listTargets({ entity }: CatalogEntity): string[] {
  if (findKind(entity.kind).kind !== 'Location') return [];
  const { target, targets } = entity.spec ?? {};
  return [target, ...(Array.isArray(targets) ? targets : [])].filter((each) => typeof each === 'string');
}

function toCatalogRow(lookup: Lookup, { ways }: Docs, peopled: ReadonlySet<RefText>, entry: CatalogEntity): CatalogRow {
  const { metadata } = entry.entity;
  const owners = listOwners(entry);
  const line = lookup.toLine(entry.ref);
  return {
    ...line,
    description: metadata.description && toPlainText(metadata.description, descriptionLimit),
    name: metadata.name,
    kindLabel: findKind(entry.entity.kind).label,
    namespace: toRef(entry.ref).namespace,
    systems: lookup.listRelated(entry.ref, 'partOf').filter(({ kind }) => kind === 'system'),
    teams: line.kind === 'user' ? lookup.listRelated(entry.ref, 'memberOf') : [],
    tags: [...new Set(metadata.tags ?? [])],
    targets: listTargets(entry),
    ...(ways.has(entry.ref) && { hasDocs: true }),
    ...(owners.length > 1 && { alsoOwners: owners.slice(1).map(lookup.toLink) }),
    ...(isOwnable(entry.entity.kind) && {
      ownership: toOwnerState(owners, createIsSomebody(lookup.catalog)),
    }),
    ...(peopled.has(entry.ref) && { hasPeople: true }),
  };
}

const compareRows = (a: CatalogRow, b: CatalogRow) => {
  const [left, right] = [a.label.toLowerCase(), b.label.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : a.ref < b.ref ? -1 : 1;
};

/** Every index with its entities in order: all of them, then kind by kind. */
function listIndexes(lookup: Lookup, docs: Docs): List[] {
  const peopled = listPeopled(lookup.catalog);
  const rows = [...lookup.catalog.entities.values()]
    .map((entry) => toCatalogRow(lookup, docs, peopled, entry))
    .toSorted(compareRows);
  const byPlural = Map.groupBy(rows, ({ kind }) => findKind(kind).plural);
  const shown = byPlural.has(genericKind.plural) ? [...kinds, genericKind] : kinds;
  return [
    { plural: 'all', path: '/catalog/', rows },
    ...shown.map((row) => ({
      plural: row.plural,
      row,
      path: `/catalog/${row.plural}/`,
      rows: byPlural.get(row.plural) ?? [],
    })),
  ];
}

/** The values that a row has in each column that can be filtered. */
const cellTable: Record<string, (row: CatalogRow) => readonly string[]> = {
  kind: ({ kind }) => [kind],
  owner: ({ owner, alsoOwners = [] }) => (owner ? [owner, ...alsoOwners] : []).map(({ ref }) => ref),
  type: ({ type }) => (type ? [type] : []),
  lifecycle: ({ lifecycle }) => (lifecycle ? [lifecycle] : []),
  system: ({ systems }) => systems.map(({ ref }) => ref),
  team: ({ teams }) => teams.map(({ ref }) => ref),
  tag: ({ tags }) => tags,
  docs: ({ hasDocs }) => (hasDocs ? ['yes'] : []),
  ownership: ({ ownership }) => (ownership ? [ownership] : []),
  members: ({ hasPeople }) => (hasPeople ? ['yes'] : []),
  namespace: ({ namespace }) => [namespace],
};

/** An index, column by column, for the browser to filter. */
function toCatalogRows(lookup: Lookup, rows: readonly CatalogRow[]): Rows {
  const traits: Record<string, Parameters<typeof toColumn>[1]> = {
    kind: (kind) => ({ label: rows.find((row) => row.kind === kind)?.kindLabel }),
    owner: toOwnerTraits(lookup),
    system: toRefTraits(lookup),
    team: toRefTraits(lookup),
    docs: () => ({ label: 'has docs' }),
    ownership: (state) => ({ label: isOwnerState(state) ? ownerStates[state] : state }),
    members: () => ({ label: 'has members' }),
  };
  return {
    count: rows.length,
    texts: {
      name: rows.map(({ name }) => name),
      label: rows.map(({ name, label }) => (label === name ? '' : label)),
      description: rows.map(({ description = '' }) => description),
      ...(rows.some(({ targets }) => targets.length > 0) && { targets: rows.map(({ targets }) => targets.join('\n')) }),
    },
    columns: {
      ...Object.fromEntries(
        catalogFacets.map(({ key }) => [key, toColumn(rows.map(cellTable[key] ?? (() => [])), traits[key])]),
      ),
      ...(rows.some(({ widgets }) => widgets) && { widgets: toColumn(rows.map(({ widgets = [] }) => widgets)) }),
    },
    icons: toKindIcons(
      rows.flatMap(({ ref, owner, alsoOwners, systems, teams }) => [
        ref,
        ...[owner ?? [], alsoOwners ?? [], systems, teams].flat().map((link) => link.ref),
      ]),
    ),
  };
}

/** Filters that mean something in a list: those of which its rows have values. */
function listFacets({ plural, rows }: List) {
  return catalogFacets.filter(({ key }) => {
    const values = new Set(rows.flatMap((row) => cellTable[key]?.(row) ?? []));
    const belongs =
      {
        kind: plural === 'all',
        team: plural === 'users',
        members: plural === 'groups',
        ownership: values.size > 1,
        namespace: values.size > 1,
      }[key] ?? true;
    return belongs && values.size > 0;
  });
}

function toTitle({ row }: List): string {
  if (!row) return 'Catalog';
  const words = row.plural.replaceAll('-', ' ').slice(row.label.length);
  return row.plural.startsWith('other') ? 'Other kinds' : `${row.label}${words || 's'}`;
}

/** Every page of every index. */
export function* listCatalogPages(lookup: Lookup, docs = noDocs): Generator<ComposedPage<CatalogIndexPage>> {
  const lists = listIndexes(lookup, docs);
  const menu = lists
    .filter(({ plural, rows }) => plural === 'all' || rows.length > 0)
    .map((list) => ({
      plural: list.plural,
      kind: list.row?.kind.toLowerCase() ?? '',
      label: list.row ? toTitle(list) : 'All',
      path: list.path,
      count: list.rows.length,
    }));
  for (const list of lists) {
    const hasNamespaces = list.rows.some(({ namespace }) => namespace !== defaultNamespace);
    const columns = columnTable[list.plural] ?? columnTable[''] ?? [];
    const shared = {
      plural: list.plural,
      title: toTitle(list),
      about: list.row?.about ?? 'Everything that the organisation’s repositories describe.',
      total: list.rows.length,
      kinds: menu,
      columns: columns.filter((column) => column !== 'namespace' || hasNamespaces),
      facets: listFacets(list),
      rowsPath: `${list.path}rows.json`,
      sample: list.rows.length === 0 ? toSample(list.row ?? findKind('component')) : undefined,
    };
    for (const { path, rows, page } of listPagesOf(list.rows, list.path, `/catalog/${list.plural}/`))
      yield { path, view: { ...shared, rows, page } };
  }
}

/** Users and groups, for a reader to say who they are. */
function toPeople(lookup: Lookup): People {
  const people = [...lookup.catalog.entities.values()]
    .filter(({ ref }) => /^(user|group):/.test(ref))
    .toSorted((a, b) => (toLabel(a).toLowerCase() < toLabel(b).toLowerCase() ? -1 : 1));
  const places = new Map(people.map(({ ref }, place) => [ref, place]));
  return {
    refs: people.map(({ ref }) => ref),
    labels: people.map(toLabel),
    groups: people.map(({ ref }) =>
      lookup.listRelated(ref, 'memberOf').flatMap((group) => places.get(group.ref) ?? []),
    ),
  };
}

/** What the browser needs to filter each index, and to know whose things are the reader's. */
export function* listCatalogFiles(lookup: Lookup, docs = noDocs): Generator<SiteFile> {
  for (const { path, rows } of listIndexes(lookup, docs))
    yield { path: `${path}rows.json`, text: JSON.stringify(toCatalogRows(lookup, rows)) };
  yield { path: '/catalog/people.json', text: JSON.stringify(toPeople(lookup)) };
}
