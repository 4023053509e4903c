import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { hiddenWords } from '#model/hidden.ts';
import { findKind } from '#model/kinds/index.ts';
import type { LivePlaces } from '#model/live/places.ts';
import { listWidgets } from '#model/live/widgets.ts';
import { findOwner } from '#model/ownership.ts';
import type { EntityLine, EntityLink } from '#model/pages/parts.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import { toEntityPath } from '#model/urls.ts';

/** Questions that composing asks of a catalog again and again, answered from one pass over it. */
export type Lookup = {
  catalog: Catalog;
  /** How another page mentions an entity, whether or not it exists. */
  toLink: (ref: RefText) => EntityLink;
  /** A line of a table about an entity. */
  toLine: (ref: RefText) => EntityLine;
  /** What an entity is related to in one way, each target once, itself left out, sorted by label. */
  listRelated: (ref: RefText, type: RelationType) => EntityLink[];
};

/** The value of a `spec` key when it is text. */
export function findSpecText(entity: CatalogEntity, key: string): string | undefined {
  const value = entity.entity.spec?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What people call an entity: its title, a profile's display name, or its name. */
export function toLabel(entry: CatalogEntity): string {
  const profile = entry.entity.spec?.profile;
  const displayName =
    profile !== null && typeof profile === 'object' && 'displayName' in profile ? profile.displayName : undefined;
  const { title, name } = entry.entity.metadata;
  return title ?? (typeof displayName === 'string' && displayName !== '' ? displayName : name);
}

const byLabel = (a: EntityLink, b: EntityLink) =>
  a.label < b.label ? -1 : a.label > b.label ? 1 : a.ref < b.ref ? -1 : 1;

/** Answers them for a catalog; rows name the widgets of an entity where a proxy can answer for them. */
export function createLookup(catalog: Catalog, live?: LivePlaces): Lookup {
  const links = new Map<RefText, EntityLink>();
  const lines = new Map<RefText, EntityLine>();

  const toLink = (ref: RefText): EntityLink => {
    const known = links.get(ref);
    if (known) return known;
    const entry = catalog.entities.get(ref);
    const { kind, name } = toRef(ref);
    const { icon } = findKind(kind);
    const link: EntityLink = entry
      ? { ref, kind, icon, label: toLabel(entry), path: toEntityPath(ref) }
      : catalog.hidden?.has(ref)
        ? { ref, kind, icon, label: hiddenWords, absent: 'hidden' }
        : { ref, kind, icon, label: name, absent: 'missing' };
    links.set(ref, link);
    return link;
  };

  const toLine = (ref: RefText): EntityLine => {
    const known = lines.get(ref);
    if (known) return known;
    const entry = catalog.entities.get(ref);
    const owner = entry && findOwner(entry);
    const line: EntityLine = {
      ...toLink(ref),
      type: entry && findSpecText(entry, 'type'),
      lifecycle: entry && findSpecText(entry, 'lifecycle'),
      owner: owner === undefined ? undefined : toLink(owner),
      ...(live && entry && findWidgetIds(entry)),
    };
    lines.set(ref, line);
    return line;
  };

  const listRelated = (ref: RefText, type: RelationType): EntityLink[] =>
    (catalog.entities.get(ref)?.relations ?? [])
      .filter((relation) => relation.type === type && relation.target !== ref)
      .map((relation) => toLink(relation.target))
      .toSorted(byLabel);

  return { catalog, toLink, toLine, listRelated };
}

/** The widgets of an entity, for a row of a table; nothing without any. */
function findWidgetIds({ entity }: CatalogEntity): Pick<EntityLine, 'widgets'> {
  const found = listWidgets(entity.metadata.annotations ?? {});
  return found.length === 0 ? {} : { widgets: found.map(({ id }) => id) };
}
