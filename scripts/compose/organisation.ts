import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { findKind } from '#model/kinds/index.ts';
import type { Member, OwnedCount, Ownership } from '#model/pages/entity-page.ts';
import type { EntityLine } from '#model/pages/parts.ts';
import type { RefText } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import { findSpecText, type Lookup } from './lookup.ts';

/** How many people a page names who are in a group only through its sub-groups; the others are counted. */
const membersThroughGroups = 60;

/** How many lines a page lists for one sub-group before it points to that group's own page. */
const linesPerGroup = 40;

/** How many lines a page lists through sub-groups in all; beyond it groups are counted, not listed. */
const linesThroughGroups = 120;

const targetsOf = (entry: CatalogEntity | undefined, type: RelationType): RefText[] =>
  (entry?.relations ?? []).filter((relation) => relation.type === type).map((relation) => relation.target);

/** All groups below a group (or all groups a user is in, with `memberOf`), nearest first, each once, cycles cut. */
export function listGroups(catalog: Catalog, ref: RefText, along: RelationType): RefText[] {
  const seen = new Set([ref]);
  const queue = [ref];
  for (const current of queue)
    for (const next of targetsOf(catalog.entities.get(current), along))
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
  return queue.slice(1);
}

/** The people of a group: all direct members, then some of those in the groups below it, and how many there are in all. */
export function toMembership(lookup: Lookup, group: RefText): { members: Member[]; people: number } {
  const everyone = listMembers(lookup, group);
  const direct = everyone.filter(({ through }) => through === undefined).length;
  return { members: everyone.slice(0, direct + membersThroughGroups), people: everyone.length };
}

/** Everyone in a group and in the groups below it, direct members first. */
export function listMembers(lookup: Lookup, group: RefText): Member[] {
  const { catalog } = lookup;
  const members = new Map<RefText, Member>();
  for (const each of [group, ...listGroups(catalog, group, 'parentOf')])
    for (const link of lookup.listRelated(each, 'hasMember'))
      if (!members.has(link.ref)) {
        const { email } = findProfile(catalog.entities.get(link.ref));
        members.set(link.ref, { link, email, through: each === group ? undefined : lookup.toLink(each) });
      }
  return [...members.values()];
}

/** The groups that have people, themselves or through a group below them. */
export function listPeopled({ entities }: Catalog): ReadonlySet<RefText> {
  const peopled = new Set<RefText>();
  for (const entry of entities.values()) if (targetsOf(entry, 'hasMember').length > 0) peopled.add(entry.ref);
  for (const ref of peopled) for (const above of targetsOf(entities.get(ref), 'childOf')) peopled.add(above);
  return peopled;
}

/** The e-mail and picture of a user's or group's profile. */
export function findProfile(entry: CatalogEntity | undefined): { email?: string; picture?: string } {
  const profile = entry?.entity.spec?.profile;
  if (profile === null || typeof profile !== 'object') return {};
  const { email, picture } = profile as { email?: unknown; picture?: unknown };
  return {
    email: typeof email === 'string' && email.includes('@') ? email : undefined,
    picture: typeof picture === 'string' && picture.startsWith('https://') ? picture : undefined,
  };
}

/** What an owner owns, directly and through groups, with nothing left out of the counts. */
export function toOwnership(lookup: Lookup, owner: RefText, along: RelationType): Ownership | undefined {
  const { catalog } = lookup;
  const direct = targetsOf(catalog.entities.get(owner), 'ownerOf');
  const counted = new Set(direct);
  let listed = 0;
  const through: Ownership['through'] = [];
  const indirect: RefText[] = [];
  for (const group of listGroups(catalog, owner, along)) {
    const owned = targetsOf(catalog.entities.get(group), 'ownerOf').filter((ref) => !counted.has(ref));
    for (const ref of owned) counted.add(ref);
    indirect.push(...owned);
    if (owned.length === 0) continue;
    const shown = owned.slice(0, listed < linesThroughGroups ? linesPerGroup : 0);
    listed += shown.length;
    through.push({
      owner: lookup.toLink(group),
      lines: shown.map(lookup.toLine),
      more: owned.length - shown.length,
    });
  }
  if (counted.size === 0) return undefined;
  return { counts: countOwned(catalog, direct, indirect), direct: groupBySystem(lookup, direct), through };
}

function countOwned(catalog: Catalog, direct: RefText[], indirect: RefText[]): OwnedCount[] {
  const counts = new Map<string, OwnedCount>();
  const count = (ref: RefText, side: 'direct' | 'indirect') => {
    const entry = catalog.entities.get(ref);
    if (!entry) return;
    const kind = findKind(entry.entity.kind);
    const type = findSpecText(entry, 'type') ?? '';
    const key = `${entry.entity.kind}\n${type}`;
    const row = counts.get(key) ?? { kind: entry.entity.kind, plural: kind.plural, type, direct: 0, indirect: 0 };
    row[side] += 1;
    counts.set(key, row);
  };
  for (const ref of direct) count(ref, 'direct');
  for (const ref of indirect) count(ref, 'indirect');
  return [...counts.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function groupBySystem(lookup: Lookup, refs: RefText[]): Ownership['direct'] {
  const groups = new Map<RefText, EntityLine[]>();
  for (const ref of refs) {
    const system = ref.startsWith('system:')
      ? ref
      : (lookup.listRelated(ref, 'partOf').find((l) => l.kind === 'system')?.ref ?? '');
    groups.set(system, [...(groups.get(system) ?? []), lookup.toLine(ref)]);
  }
  return [...groups.entries()]
    .toSorted(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .map(([system, lines]) => ({ system: system === '' ? undefined : lookup.toLink(system), lines }));
}
