import { isSecretName } from '#model/annotations/index.ts';
import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import {
  type ProxyCatalogFile,
  type ProxyEntity,
  type ProxyPerson,
  proxyCatalogPath,
  toSecretKey,
} from '#model/live/catalog.ts';
import { type LivePlaces, listWays } from '#model/live/places.ts';
import { listWidgets, widgets } from '#model/live/widgets.ts';
import type { LiveSlot } from '#model/pages/entity-page.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import type { RefText } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import type { SiteFile } from './compose.ts';
import { type Lookup, toLabel } from './lookup.ts';
import { findProfile, listGroups } from './organisation.ts';

/** The widgets that an entity's page has room for; none where the portal has no proxy. */
export function toLiveSlots({ entity }: CatalogEntity, places: LivePlaces | undefined): LiveSlot[] {
  if (places === undefined) return [];
  const annotations = entity.metadata.annotations ?? {};
  return listWidgets(annotations).map(({ id, title, system }) => ({
    id,
    title,
    system,
    links: listWays(id, annotations, places).map((way) => ({ ...way, icon: 'external-link' })),
  }));
}

/** How many of a group's entities its page asks on call for: as many as one question may name. */
const askedOnCall = 100;

/** The entities of an owner, its sub-groups' included, that have somebody on call. */
export function listOnCall({ catalog, toLine }: Lookup, owner: RefText): EntityLink[] {
  const owners = [owner, ...listGroups(catalog, owner, 'parentOf')];
  const owned = owners.flatMap((each) => {
    const entry = catalog.entities.get(each);
    return entry ? targetsOf(entry, 'ownerOf') : [];
  });
  return [...new Set(owned)]
    .map(toLine)
    .filter(({ widgets: own }) => own?.includes('pagerduty'))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1))
    .slice(0, askedOnCall);
}

/**
 * What the proxy needs of the catalog: entities with a widget, and people with their groups. Made of the catalog as it was
 * read, because the proxy must be able to tell which secret an annotation names; it is told by a key, not by the name. Where
 * nothing is live, there are people alone.
 */
export function* listProxyFiles(catalog: Catalog, { isLive }: { isLive: boolean }): Generator<SiteFile> {
  const entries = [...catalog.entities.values()];
  const file: ProxyCatalogFile = {
    version: 1,
    entities: isLive ? entries.flatMap((entry) => toProxyEntity(entry, catalog)) : [],
    people: entries.filter(({ ref }) => ref.startsWith('user:')).map((entry) => toPerson(entry, catalog)),
  };
  yield { path: proxyCatalogPath, text: `${JSON.stringify(file)}\n` };
}

const asked = new Set(widgets.flatMap(({ annotations, details }) => [...annotations, ...details]));

function toProxyEntity(entry: CatalogEntity, catalog: Catalog): ProxyEntity[] {
  const all = entry.entity.metadata.annotations ?? {};
  if (listWidgets(all).length === 0) return [];
  const annotations = Object.entries(all)
    .filter(([key]) => asked.has(key))
    .map(([key, value]) => [key, isSecretName(value) ? toSecretKey(value.slice(2, -1)) : value]);
  const system = targetsOf(entry, 'partOf').find((ref) => ref.startsWith('system:'));
  return [
    {
      ref: entry.ref,
      title: toLabel(entry),
      annotations: Object.fromEntries(annotations),
      owners: withGroupsAbove(targetsOf(entry, 'ownedBy'), catalog),
      ...(system !== undefined && { system }),
    },
  ];
}

function toPerson(entry: CatalogEntity, catalog: Catalog): ProxyPerson {
  const { email } = findProfile(entry);
  const { annotations = {}, name } = entry.entity.metadata;
  return {
    ref: entry.ref,
    title: toLabel(entry),
    ...(email !== undefined && { email: email.toLowerCase() }),
    login: (annotations['github.com/user-login'] ?? name).toLowerCase(),
    groups: withGroupsAbove(targetsOf(entry, 'memberOf'), catalog),
  };
}

const targetsOf = ({ relations }: CatalogEntity, wanted: RelationType): RefText[] =>
  relations.filter(({ type }) => type === wanted).map(({ target }) => target);

const withGroupsAbove = (refs: readonly RefText[], catalog: Catalog): RefText[] =>
  [...new Set(refs.flatMap((ref) => [ref, ...listGroups(catalog, ref, 'childOf')]))].toSorted();
