import { createIsSomebody, listOwners, toOwnerState } from '#model/ownership.ts';
import {
  isOwnershipKey,
  type OwnershipKey,
  type OwnershipLine,
  type OwnershipPage,
  ownershipKeys,
} from '#model/pages/ownership-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { RefText } from '#model/ref.ts';
import type { Rows } from '#model/rows.ts';
import { toEntityPath } from '#model/urls.ts';
import { sortLikeColumn, toColumn, toKindIcons, toOwnerTraits, toRefTraits } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { toLabel } from './lookup.ts';
import { listMembers } from './organisation.ts';
import { type KeyedRefs, listKeys } from './ownership-keys.ts';
import { listPagesOf, rowsPerPage } from './page-of-list.ts';
import type { Surroundings } from './surroundings.ts';

const firstPath = '/ownership/';

/** The version of the shape of `/api/ownership.json`; another number is another shape. */
const fileVersion = 1;

/** How many of the things that share a key a line names. */
const namedEntities = 4;

/** How many people of an owner the file names; `people` counts all. */
const namedMembers = 50;

/** The addresses of repositories say nothing that their names do not, and so have no lines of their own. */
const hasLines = ({ kind }: KeyedRefs) => kind !== 'repositoryUrl';

function listOwnersOf(refs: readonly RefText[], { catalog }: Surroundings): RefText[] {
  const owners = new Set<RefText>();
  for (const ref of refs) {
    const entry = catalog.entities.get(ref);
    for (const owner of entry ? listOwners(entry) : []) owners.add(owner);
  }
  return [...owners];
}

function toLine({ kind, key, refs }: KeyedRefs, around: Surroundings): OwnershipLine {
  const owners = listOwnersOf(refs, around);
  const [first] = owners.length === 1 ? around.owners.listOf(owners) : [];
  return {
    kind,
    key,
    entities: sortLikeColumn(refs.slice(0, namedEntities).map(around.lookup.toLink)),
    more: Math.max(0, refs.length - namedEntities),
    owners: sortLikeColumn(owners.slice(0, namedEntities).map(around.lookup.toLink)),
    contacts: (first?.contacts ?? []).slice(0, 2).map(({ url, title }) => ({ url, title })),
  };
}

const listLines = (around: Surroundings): OwnershipLine[] =>
  listKeys(around)
    .filter(hasLines)
    .map((keyed) => toLine(keyed, around));

/** Every page of the reverse look-up. */
export function* listOwnershipPages(around: Surroundings): Generator<ComposedPage<OwnershipPage>> {
  const lines = listLines(around);
  const begins = new Map<OwnershipKey, number>();
  for (const [place, { kind }] of lines.entries()) if (!begins.has(kind)) begins.set(kind, place);
  const counts = Map.groupBy(lines, ({ kind }) => kind);
  const kinds = [...begins].map(([key, place]) => {
    const number = Math.floor(place / rowsPerPage) + 1;
    const path = `${number === 1 ? firstPath : `${firstPath}${number}/`}#${key}`;
    return { key, label: ownershipKeys[key], count: counts.get(key)?.length ?? 0, path };
  });
  const shared = { total: lines.length, kinds, rowsPath: `${firstPath}rows.json` };
  for (const { path, rows, page } of listPagesOf(lines, firstPath, firstPath))
    yield { path, view: { ...shared, rows, page } };
}

/** What the browser needs to look a key up, and the same for programs. */
export function* listOwnershipFiles(around: Surroundings): Generator<SiteFile> {
  yield { path: `${firstPath}rows.json`, text: JSON.stringify(toRows(listLines(around), around)) };
  yield { path: '/api/ownership.json', text: toFile(around) };
}

/** The addresses of repositories beside their names, so that either finds them. */
function listAddresses(lines: readonly OwnershipLine[], around: Surroundings): string[] {
  const urls = listKeys(around).flatMap(({ kind, key }) => (kind === 'repositoryUrl' ? [key] : []));
  const bySlug = Map.groupBy(urls, (url) => url.split('/').slice(3).join('/'));
  return lines.map(({ kind, key }) => (kind === 'repository' ? (bySlug.get(key) ?? []).join('\n') : ''));
}

function toRows(lines: readonly OwnershipLine[], around: Surroundings): Rows {
  const { lookup } = around;
  const refsOf = (links: OwnershipLine['entities']) => links.map(({ ref }) => ref);
  return {
    count: lines.length,
    texts: {
      name: lines.map(({ key }) => key),
      address: listAddresses(lines, around),
      contacts: lines.map(({ contacts }) => contacts.map(({ url, title }) => `${url} ${title}`).join('\n')),
    },
    numbers: { more: lines.map(({ more }) => more) },
    columns: {
      key: toColumn(
        lines.map(({ kind }) => [kind]),
        (kind) => ({ label: isOwnershipKey(kind) ? ownershipKeys[kind] : kind }),
      ),
      entity: toColumn(
        lines.map(({ entities }) => refsOf(entities)),
        toRefTraits(lookup),
      ),
      owner: toColumn(
        lines.map(({ owners }) => refsOf(owners)),
        toOwnerTraits(lookup),
      ),
    },
    icons: toKindIcons(lines.flatMap(({ entities, owners }) => [...entities, ...owners].map(({ ref }) => ref))),
  };
}

/** `/api/ownership.json`: a line a key, a line an entity, a line an owner, so that what changed shows in a diff. */
function toFile(around: Surroundings): string {
  const keyed = listKeys(around);
  const refs = [...new Set(keyed.flatMap((each) => each.refs))].toSorted();
  const byKind = Map.groupBy(keyed, ({ kind }) => kind);
  const keys = Object.keys(ownershipKeys)
    .filter(isOwnershipKey)
    .map((kind) => {
      const lines = (byKind.get(kind) ?? []).map((each) => toEntry(each.key, each.refs));
      return `${JSON.stringify(kind)}: ${toObject(lines)}`;
    });
  const entities = refs.map((ref) => toEntry(ref, toFileEntity(ref, around)));
  const owners = listAsked(refs, around);
  const members = owners.map((owner) => toEntry(owner, toFileOwner(owner, around)));
  return `{"version": ${fileVersion},\n"keys": {\n${keys.join(',\n')}\n},\n"entities": ${toObject(entities)},\n"owners": ${toObject(members)}}\n`;
}

/** All owners that the file mentions, also those who are asked where there is none. */
function listAsked(refs: readonly RefText[], around: Surroundings): RefText[] {
  const instead = refs.flatMap((ref) => {
    const entry = around.catalog.entities.get(ref);
    return entry ? (around.owners.findUnowned(entry)?.whole?.owners ?? []).map(({ link }) => link.ref) : [];
  });
  return [...new Set([...listOwnersOf(refs, around), ...instead])].toSorted();
}

const toEntry = (key: string, value: unknown) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
const toObject = (lines: readonly string[]) => (lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`);

function toFileEntity(ref: RefText, { catalog, owners, lookup }: Surroundings) {
  const entry = catalog.entities.get(ref);
  if (!entry) return {};
  const own = listOwners(entry);
  const whole = owners.findUnowned(entry)?.whole;
  return {
    title: toLabel(entry),
    page: toEntityPath(ref),
    owners: own,
    state: toOwnerState(own, createIsSomebody(catalog)),
    ...(whole && { instead: { ref: whole.link.ref, owners: whole.owners.map(({ link }) => link.ref) } }),
    systems: lookup.listRelated(ref, 'partOf').flatMap(({ ref: system, kind }) => (kind === 'system' ? [system] : [])),
  };
}

function toFileOwner(ref: RefText, { lookup, owners }: Surroundings) {
  const link = lookup.toLink(ref);
  const [owner] = owners.listOf([ref]);
  const members = ref.startsWith('group:') ? listMembers(lookup, ref) : [];
  return {
    title: link.label,
    ...(link.path ? { page: link.path } : { absent: link.absent ?? 'missing' }),
    contacts: (owner?.contacts ?? []).map(({ url, title }) => ({ url, title })),
    people: members.length,
    members: members.slice(0, namedMembers).map((member) => ({
      ref: member.link.ref,
      title: member.link.label,
      ...(member.email !== undefined && { email: member.email }),
    })),
  };
}
