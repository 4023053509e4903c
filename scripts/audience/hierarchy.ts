import { type RefText, toRef } from '#model/ref.ts';
import type { Reference, RelationType } from '#model/relations.ts';
import type { ValidEntity } from '#model/verdict.ts';
import type { Rules } from './rules.ts';

/** Whether somebody who is responsible for an entity is denied or allowed. */
export type Responsibility = { isDenied: boolean; isAllowed: boolean; isOwned: boolean };

type Subject = { ref?: RefText | undefined; references: readonly Reference[] };

/**
 * Judges entities by those who are responsible for them and by the groups above: the owners of a thing, a group itself,
 * a user itself and its groups. Whatever either side says can deny; what is allowed has to say itself that it belongs
 * there, so that no file opens what another one holds. A user is denied with its groups only if all of them are.
 */
export function createResponsibility(
  entities: readonly ValidEntity[],
  { denied, allowed }: Pick<Rules, 'denied' | 'allowed'>,
): (subject: Subject) => Responsibility {
  const said = collectAbove(entities);
  const own = collectOwn(entities);
  const isUnder = (ref: RefText, refs: ReadonlySet<RefText>, above: Above) =>
    refs.size > 0 && listAbove(ref, above).some((each) => refs.has(each));
  const isDenied = (ref: RefText) => isUnder(ref, denied, said.parents);
  const isAllowed = (ref: RefText) => isUnder(ref, allowed, own);
  return ({ ref = '', references }) => {
    const owners = listTargets(references, 'ownedBy');
    const groups = listTargets(references, 'memberOf');
    switch (ref.slice(0, ref.indexOf(':'))) {
      case 'group':
        return { isDenied: isDenied(ref), isAllowed: isAllowed(ref), isOwned: true };
      case 'user': {
        const all = [...new Set([...groups, ...(said.groups.get(ref) ?? [])])];
        const isLost = all.length > 0 && all.every(isDenied);
        return {
          isDenied: denied.has(ref) || isLost,
          isAllowed: allowed.has(ref) || groups.some(isAllowed),
          isOwned: true,
        };
      }
      default:
        return { isDenied: owners.some(isDenied), isAllowed: owners.some(isAllowed), isOwned: owners.length > 0 };
    }
  };
}

type Above = ReadonlyMap<RefText, ReadonlySet<RefText>>;

const listTargets = (references: readonly Reference[], wanted: RelationType) =>
  references.filter(({ type }) => type === wanted).map(({ target }) => target);

/** A group or user and every group above it, however files go round in circles. */
function listAbove(ref: RefText, above: Above): RefText[] {
  const found = new Set([ref]);
  for (const each of found) for (const parent of above.get(each) ?? []) found.add(parent);
  return [...found];
}

function add(map: Map<RefText, Set<RefText>>, ref: RefText, value: RefText): void {
  map.set(ref, (map.get(ref) ?? new Set()).add(value));
}

/** The parents of groups and the groups of users, as either side says it, in whatever definition. */
function collectAbove(entities: readonly ValidEntity[]) {
  const parents = new Map<RefText, Set<RefText>>();
  const groups = new Map<RefText, Set<RefText>>();
  for (const { ref, references } of entities)
    for (const { type, target } of references) {
      if (type === 'childOf') add(parents, ref, target);
      if (type === 'parentOf') add(parents, target, ref);
      if (type === 'hasMember') add(groups, target, ref);
    }
  return { parents, groups };
}

/** The parents of groups, as their own first definition says it. */
function collectOwn(entities: readonly ValidEntity[]): Above {
  const parents = new Map<RefText, Set<RefText>>();
  for (const { ref, references } of entities)
    if (toRef(ref).kind === 'group' && !parents.has(ref)) parents.set(ref, new Set(listTargets(references, 'childOf')));
  return parents;
}
