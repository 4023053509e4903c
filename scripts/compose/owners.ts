import type { CatalogEntity } from '#model/catalog.ts';
import { createIsSomebody, isNobody, isOwnable, listOwners, toOwnerState } from '#model/ownership.ts';
import type { Owner, Person, Unowned } from '#model/pages/entity-page.ts';
import type { OutLink } from '#model/pages/parts.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { toContacts, toOwnLinks } from './contacts.ts';
import type { Lookup } from './lookup.ts';
import { findProfile, listMembers } from './organisation.ts';

/** How many people of an owner a page names; where there is only one more than that, it is named too. */
const namedPeople = 3;

/** How far up from part to whole somebody is looked for who could answer in an owner's place. */
const furthestWhole = 4;

/** The owners of entities as pages show them, each with the people behind it. */
export type Owners = {
  list: (entry: CatalogEntity) => Owner[];
  listOf: (owners: readonly RefText[]) => Owner[];
  /** For an entity that nobody owns: who owns what it is part of. Nothing where it is owned, or needs no owner. */
  findUnowned: (entry: CatalogEntity) => Unowned | undefined;
};

/** Works out each owner once, however much it owns. */
export function createOwners(lookup: Lookup): Owners {
  const known = new Map<RefText, Owner>();
  const toKnown = (ref: RefText) => {
    const owner = known.get(ref) ?? toOwner(lookup, ref);
    known.set(ref, owner);
    return owner;
  };
  const isKnown = createIsSomebody(lookup.catalog);
  const list = (entry: CatalogEntity) => listOwners(entry).map(toKnown);
  const isOwned = (entry: CatalogEntity) => toOwnerState(listOwners(entry), isKnown) === 'owned';
  return {
    list,
    listOf: (owners) => owners.map(toKnown),
    findUnowned: (entry) => {
      if (!isOwnable(entry.entity.kind) || isOwned(entry)) return undefined;
      const whole = findWhole(entry, lookup, isOwned);
      const state = toOwnerState(listOwners(entry), isKnown);
      return { state, ...(whole && { whole: { link: lookup.toLink(whole.ref), owners: list(whole) } }) };
    },
  };
}

function toOwner(lookup: Lookup, ref: RefText): Owner {
  const entry = lookup.catalog.entities.get(ref);
  const members = toRef(ref).kind === 'group' ? listMembers(lookup, ref) : [];
  const isFew = members.length <= namedPeople + 1;
  const named = members.slice(0, isFew ? members.length : namedPeople);
  return {
    link: lookup.toLink(ref),
    ...(isNobody(ref) && { isNobody: true }),
    people: members.length,
    named: named.map(
      ({ link }): Person => ({ link, ways: isFew ? listWays(lookup.catalog.entities.get(link.ref)) : [] }),
    ),
    contacts: toContacts(entry),
  };
}

const chat = /chat|slack|teams|message|discord|zulip|mattermost/i;

/** How one person is reached: by e-mail, and where they say so by chat. */
function listWays(person: CatalogEntity | undefined): OutLink[] {
  if (!person) return [];
  const { email } = findProfile(person);
  const mail = email === undefined ? [] : [{ url: `mailto:${email}`, title: email, icon: 'mail' }];
  return [...mail, ...toOwnLinks(person).filter(({ icon, title }) => chat.test(icon) || chat.test(title))].slice(0, 2);
}

/** The nearest whole that an entity is part of and that somebody owns. */
function findWhole(entry: CatalogEntity, lookup: Lookup, isOwned: (entry: CatalogEntity) => boolean) {
  const seen = new Set([entry]);
  let level = [entry];
  for (let step = 0; step < furthestWhole && level.length > 0; step += 1) {
    level = level
      .flatMap(({ ref }) => lookup.listRelated(ref, 'partOf'))
      .flatMap(({ ref }) => lookup.catalog.entities.get(ref) ?? [])
      .filter((whole) => !seen.has(whole) && seen.add(whole));
    const owned = level.find(isOwned);
    if (owned) return owned;
  }
  return undefined;
}
