import type { CatalogEntity } from '#model/catalog.ts';
import type { DependenceLine, EntitySection } from '#model/pages/entity-page.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import type { Lookup } from './lookup.ts';

/** The tables of related entities on an entity page, in reading order. A row without `of` takes every kind. */
const sectionTable: { id: string; type: RelationType; of?: string; title: string; on?: string }[] = [
  { id: 'provides', type: 'providesApi', title: 'APIs it provides' },
  { id: 'provided-by', type: 'apiProvidedBy', title: 'Provided by' },
  { id: 'subcomponents', type: 'hasPart', of: 'component', on: 'component', title: 'Subcomponents' },
  { id: 'systems', type: 'hasPart', of: 'system', title: 'Systems' },
  { id: 'subdomains', type: 'hasPart', of: 'domain', title: 'Subdomains' },
  { id: 'components', type: 'hasPart', of: 'component', title: 'Components' },
  { id: 'apis', type: 'hasPart', of: 'api', title: 'APIs' },
  { id: 'resources', type: 'hasPart', of: 'resource', title: 'Resources' },
  { id: 'parts', type: 'hasPart', title: 'Other parts' },
  { id: 'sub-groups', type: 'parentOf', title: 'Sub-groups' },
  { id: 'teams', type: 'memberOf', title: 'Teams' },
];

/** Every relation that has a table of its own, each related entity in the first row that takes it. */
export function toSections(lookup: Lookup, entry: CatalogEntity): EntitySection[] {
  const taken = new Set<string>();
  const own = toRef(entry.ref).kind;
  return sectionTable.flatMap(({ id, type, of, on, title }) => {
    if (on && on !== own) return [];
    const lines = lookup.listRelated(entry.ref, type).filter((link) => {
      const key = `${type} ${link.ref}`;
      if (taken.has(key) || (of && toRef(link.ref).kind !== of)) return false;
      taken.add(key);
      return true;
    });
    return lines.length === 0 ? [] : [{ id, title, lines: lines.map((link) => lookup.toLine(link.ref)) }];
  });
}

/** What this cannot run without, directly: what it depends on, and the APIs that it consumes. */
export function listNeeds(lookup: Lookup, ref: RefText): DependenceLine[] {
  const refs = (['dependsOn', 'consumesApi'] as const).flatMap((type) => lookup.listRelated(ref, type));
  return [...new Map(refs.map((link) => [link.ref, lookup.toLine(link.ref)])).values()];
}
