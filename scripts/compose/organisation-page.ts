import type { GroupNode, OrganisationPage } from '#model/pages/organisation-page.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { findSpecText, type Lookup } from './lookup.ts';
import { listGroups } from './organisation.ts';

/** The tree of groups. A group whose parents form a circle is a root, so that nobody is lost. */
export function toOrganisationPage(lookup: Lookup): OrganisationPage {
  const { catalog } = lookup;
  const groups = catalog.entities
    .values()
    .filter(({ ref }) => ref.startsWith('group:'))
    .map(({ ref }) => ref)
    .toArray();
  const users = catalog.entities
    .values()
    .filter(({ ref }) => ref.startsWith('user:'))
    .map(({ ref }) => ref)
    .toArray();
  const placed = new Set<RefText>();
  const isRoot = (ref: RefText) => !lookup.listRelated(ref, 'childOf').some((parent) => parent.path !== undefined);
  const roots: GroupNode[] = [];
  for (const ref of [...groups.filter(isRoot), ...groups])
    if (!placed.has(ref)) roots.push(toNode(lookup, ref, placed));
  return {
    roots: roots.toSorted((a, b) => b.groups.length - a.groups.length || (a.link.label < b.link.label ? -1 : 1)),
    groups: groups.length,
    people: users.length,
    alone: users.filter((ref) => lookup.listRelated(ref, 'memberOf').length === 0).map(lookup.toLink),
  };
}

function toNode(lookup: Lookup, ref: RefText, placed: Set<RefText>): GroupNode {
  placed.add(ref);
  const groups: GroupNode[] = [];
  for (const child of lookup.listRelated(ref, 'parentOf'))
    if (child.path !== undefined && !placed.has(child.ref) && toRef(child.ref).kind === 'group')
      groups.push(toNode(lookup, child.ref, placed));
  const below = [ref, ...listGroups(lookup.catalog, ref, 'parentOf')];
  const listAll = (type: 'hasMember' | 'ownerOf') =>
    new Set(below.flatMap((group) => lookup.listRelated(group, type).map((link) => link.ref))).size;
  const entry = lookup.catalog.entities.get(ref);
  return {
    link: lookup.toLink(ref),
    type: entry && findSpecText(entry, 'type'),
    people: lookup.listRelated(ref, 'hasMember').length,
    allPeople: listAll('hasMember'),
    owned: lookup.listRelated(ref, 'ownerOf').length,
    allOwned: listAll('ownerOf'),
    groups,
  };
}
