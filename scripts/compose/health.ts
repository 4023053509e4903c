import type { CatalogEntity } from '#model/catalog.ts';
import { type Measure, measures, toLackingPath } from '#model/catalog-health.ts';
import type { Docs } from '#model/docs.ts';
import { kinds } from '#model/kinds/index.ts';
import { createIsSomebody, isNobody, isOwnable, listOwners, toOwnerState } from '#model/ownership.ts';
import { type HealthPage, healthPageFacets, type OwnerHealthLine, type Shares } from '#model/pages/health-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { Rows } from '#model/rows.ts';
import { toColumn, toKindIcons, toOwnerTraits } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { findSpecText } from './lookup.ts';
import { listPeopled } from './organisation.ts';
import { listPagesOf } from './page-of-list.ts';
import type { Surroundings } from './surroundings.ts';

const firstPath = '/health/';

/** How many owners that lead nowhere are named at the top; the list of owners has them all. */
const namedNowhere = 12;

type Has = (entry: CatalogEntity) => boolean;

/** Whether an entity has what a measure asks for. */
function toTests({ catalog }: Surroundings, docs: Docs): Record<Measure['key'], Has> {
  const peopled = listPeopled(catalog);
  const isKnown = createIsSomebody(catalog);
  return {
    owner: (entry) => toOwnerState(listOwners(entry), isKnown) === 'owned',
    members: ({ ref }) => peopled.has(ref),
    docs: ({ ref }) => docs.ways.has(ref),
    lifecycle: (entry) => findSpecText(entry, 'lifecycle') !== undefined,
    system: ({ relations }) => relations.some(({ type, target }) => type === 'partOf' && target.startsWith('system:')),
  };
}

/** Counts what some entities lack; `list` is the address of the list that they are in. */
function toShares(
  entries: readonly CatalogEntity[],
  tests: Record<Measure['key'], Has>,
  list: (measure: Measure) => string,
): Shares {
  const shares: Shares = {};
  for (const measure of measures) {
    const due = entries.filter(({ ref }) => measure.kinds.includes(toRef(ref).kind));
    if (due.length === 0) continue;
    const missing = due.filter((entry) => !tests[measure.key](entry)).length;
    shares[measure.key] = { all: due.length, missing, path: list(measure) };
  }
  return shares;
}

/** What every owner owns, and what nobody does, under the empty name. */
function groupByOwner(around: Surroundings): Map<RefText, CatalogEntity[]> {
  const byOwner = new Map<RefText, CatalogEntity[]>();
  for (const entry of around.catalog.entities.values()) {
    const owners = listOwners(entry);
    for (const owner of owners.length > 0 || !isOwnable(entry.entity.kind) ? owners : ['']) {
      const owned = byOwner.get(owner) ?? [];
      owned.push(entry);
      byOwner.set(owner, owned);
    }
  }
  return byOwner;
}

const countMissing = ({ shares }: OwnerHealthLine) =>
  Object.values(shares).reduce((sum, { missing }) => sum + missing, 0);

const toRank = ({ owner, isNobody }: OwnerHealthLine) => (isNobody ? 0 : owner === undefined ? 1 : 2);

/** Owners who are nobody first, then what has no owner, then by how much is missing. */
const compareLines = (a: OwnerHealthLine, b: OwnerHealthLine) =>
  toRank(a) - toRank(b) ||
  countMissing(b) - countMissing(a) ||
  b.entities - a.entities ||
  ((a.owner?.ref ?? '') < (b.owner?.ref ?? '') ? -1 : 1);

function listLines(around: Surroundings, docs: Docs): OwnerHealthLine[] {
  const tests = toTests(around, docs);
  const lines = [...groupByOwner(around)].map(([ref, owned]): OwnerHealthLine => {
    const shares = toShares(owned, tests, (measure) => toLackingPath(measure, ref));
    if (ref === '') return { entities: owned.length, shares };
    const [owner] = around.owners.listOf([ref]);
    const link = around.lookup.toLink(ref);
    const isGone = link.absent === 'missing' || isNobody(ref);
    return {
      owner: link,
      ...(isGone && { isNobody: true }),
      entities: owned.length,
      ...(link.kind === 'group' && !link.absent && !isGone && { people: owner?.people ?? 0 }),
      shares,
    };
  });
  return lines.toSorted(compareLines);
}

/** Every page of the health of the catalog. */
export function* listHealthPages(around: Surroundings, docs: Docs): Generator<ComposedPage<HealthPage>> {
  const lines = listLines(around, docs);
  const tests = toTests(around, docs);
  const entries = [...around.catalog.entities.values()];
  const shared = {
    ...toTop(entries, lines, around),
    all: toShares(entries, tests, (measure) => toLackingPath(measure)),
    kinds: kinds.flatMap(({ kind, label, plural }) => {
      const own = entries.filter(({ ref }) => toRef(ref).kind === kind.toLowerCase());
      const shares = toShares(own, tests, ({ query }) => `/catalog/${plural}/?${query}`);
      return Object.keys(shares).length === 0
        ? []
        : [{ label, path: `/catalog/${plural}/`, entities: own.length, shares }];
    }),
    total: lines.length,
    columns: measures
      .map(({ key }) => key)
      .filter((key) => lines.some(({ shares }) => (shares[key]?.missing ?? 0) > 0)),
    facets: lines.some((line) => countMissing(line) > 0) ? [...healthPageFacets] : [],
    rowsPath: `${firstPath}rows.json`,
  };
  for (const { path, rows, page } of listPagesOf(lines, firstPath, firstPath))
    yield { path, view: { ...shared, rows, page } };
}

function toTop(entries: readonly CatalogEntity[], lines: readonly OwnerHealthLine[], { catalog }: Surroundings) {
  const unowned = { unknown: 0, undefined: 0, none: 0 };
  for (const entry of entries) {
    if (!isOwnable(entry.entity.kind)) continue;
    const state = toOwnerState(listOwners(entry), createIsSomebody(catalog));
    if (state !== 'owned') unowned[state] += 1;
  }
  const nowhere = lines.flatMap(({ owner, isNobody: isGone, entities }) =>
    owner && isGone ? [{ link: owner, entities, path: `/catalog/?owner=${owner.ref}` }] : [],
  );
  return {
    unowned,
    nowhere: nowhere
      .toSorted((a, b) => b.entities - a.entities || (a.link.ref < b.link.ref ? -1 : 1))
      .slice(0, namedNowhere),
    moreNowhere: Math.max(0, nowhere.length - namedNowhere),
  };
}

/** What the browser needs to filter and sort the owners. */
export function* listHealthFiles(around: Surroundings, docs: Docs): Generator<SiteFile> {
  yield { path: `${firstPath}rows.json`, text: JSON.stringify(toRows(listLines(around, docs), around)) };
}

function toRows(lines: readonly OwnerHealthLine[], { lookup }: Surroundings): Rows {
  const labels = new Map<string, string>(measures.map(({ key, label }) => [key, label]));
  const count = (key: Measure['key'], of: 'all' | 'missing') => lines.map(({ shares }) => shares[key]?.[of] ?? 0);
  return {
    count: lines.length,
    texts: { name: lines.map(({ owner }) => (owner ? toRef(owner.ref).name : '')) },
    numbers: {
      entities: lines.map(({ entities }) => entities),
      people: lines.map(({ people = -1 }) => people),
      ...Object.fromEntries(
        measures.flatMap(({ key }) => [
          [key, count(key, 'missing')],
          [`${key}All`, count(key, 'all')],
        ]),
      ),
    },
    columns: {
      owner: toColumn(
        lines.map(({ owner }) => (owner ? [owner.ref] : [])),
        toOwnerTraits(lookup),
      ),
      missing: toColumn(
        lines.map(({ shares }) => measures.filter(({ key }) => (shares[key]?.missing ?? 0) > 0).map(({ key }) => key)),
        (key) => ({ label: labels.get(key) ?? key }),
      ),
    },
    icons: toKindIcons(lines.flatMap(({ owner }) => owner?.ref ?? [])),
  };
}
