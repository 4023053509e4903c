import type { CatalogEntity } from '#model/catalog.ts';
import type { Docs } from '#model/docs.ts';
import { findKind } from '#model/kinds/index.ts';
import type { Coverage, DocsHealthPage, OwnerCoverage } from '#model/pages/docs-lists.ts';
import { toRef } from '#model/ref.ts';
import type { Surroundings } from './surroundings.ts';

/** The kinds that should have docs. */
const kindsWithDocs = ['component', 'system', 'api'];

/** How many owners are named; the catalog has them all. */
const shownOwners = 50;

const toKind = ({ ref }: CatalogEntity) => toRef(ref).kind;

/** How much of some entities has docs, kind by kind; `query` is what the catalog must be asked to list the others. */
function toCoverages(entries: readonly CatalogEntity[], docs: Docs, query: string): Coverage[] {
  const byKind = Map.groupBy(entries, toKind);
  return kindsWithDocs.flatMap((kind) => {
    const of = byKind.get(kind) ?? [];
    const { label, plural } = findKind(kind);
    const missing = of.filter(({ ref }) => !docs.ways.has(ref)).length;
    return of.length === 0
      ? []
      : [{ label, plural, all: of.length, missing, path: `/catalog/${plural}/?docs=${query}` }];
  });
}

/** How many components, systems and APIs have docs, and whose have none, the most first. */
export function toDocsCoverage(docs: Docs, { catalog, lookup }: Surroundings): DocsHealthPage['coverage'] {
  const entries = [...catalog.entities.values()].filter((entry) => kindsWithDocs.includes(toKind(entry)));
  const owners = [...Map.groupBy(entries, ({ ref }) => lookup.toLine(ref).owner?.ref ?? '')]
    .map(([owner, owned]): OwnerCoverage => {
      const kinds = toCoverages(owned, docs, `&owner=${owner}`);
      const missing = kinds.reduce((sum, kind) => sum + kind.missing, 0);
      return { ...(owner !== '' && { owner: lookup.toLink(owner) }), missing, kinds };
    })
    .filter(({ missing }) => missing > 0)
    .toSorted((a, b) => b.missing - a.missing || ((a.owner?.ref ?? '') < (b.owner?.ref ?? '') ? -1 : 1));
  return {
    kinds: toCoverages(entries, docs, ''),
    owners: owners.slice(0, shownOwners),
    more: Math.max(0, owners.length - shownOwners),
  };
}
