import type { Catalog, CatalogEntity } from './catalog.ts';
import { findKind } from './kinds/index.ts';
import { isNobodyName } from './nobody.ts';
import { formatRef, parseRef, type RefText, toRef } from './ref.ts';

/** How well an entity is owned: by somebody of the catalog, by a word that means nobody, by what is defined nowhere, or not at all. */
export const ownerStates = {
  owned: 'has an owner',
  unknown: 'owner unknown',
  undefined: 'owner defined nowhere',
  none: 'no owner',
} as const;

export type OwnerState = keyof typeof ownerStates;

/** Whether a word is one of these states. */
export const isOwnerState = (word: string): word is OwnerState => Object.hasOwn(ownerStates, word);

/** Whether an owner is a word that stands for nobody. */
export const isNobody = (owner: RefText): boolean => isNobodyName(toRef(owner).name);

/** Whether entities of a kind should have an owner; of a kind that is not known nothing is demanded. */
export function isOwnable(kind: string): boolean {
  const row = findKind(kind);
  return row.kind !== '' && row.relations.some(({ type }) => type === 'ownedBy');
}

/** The owners of an entity: whom `spec.owner` names, then those of `spec.owners` in their order, each once. */
export function listOwners({ entity, relations }: Pick<CatalogEntity, 'entity' | 'relations'>): RefText[] {
  const owners = relations.filter(({ type }) => type === 'ownedBy').map(({ target }) => target);
  if (owners.length < 2) return owners;
  const { owner, owners: others } = entity.spec ?? {};
  const { namespace } = entity.metadata;
  const context = { kind: 'group', ...(namespace !== undefined && { namespace }) };
  const written = [owner, ...(Array.isArray(others) ? others : [others])].flatMap((each: unknown) => {
    const { value } = typeof each === 'string' ? parseRef(each, context) : {};
    return value ? [formatRef(value)] : [];
  });
  return [...new Set([...written.filter((ref) => owners.includes(ref)), ...owners])];
}

/** The owner that answers first. */
export function findOwner(entry: Pick<CatalogEntity, 'entity' | 'relations'>): RefText | undefined {
  return listOwners(entry)[0];
}

/** Whether an owner is somebody, be it one that this audience may not see. */
export const createIsSomebody =
  ({ entities, hidden }: Pick<Catalog, 'entities' | 'hidden'>) =>
  (owner: RefText): boolean =>
    entities.has(owner) || hidden?.has(owner) === true;

/** How well an entity is owned; one owner who is somebody is enough. */
export function toOwnerState(owners: readonly RefText[], isKnown: (owner: RefText) => boolean): OwnerState {
  if (owners.length === 0) return 'none';
  if (owners.some((owner) => isKnown(owner) && !isNobody(owner))) return 'owned';
  return owners.some(isNobody) ? 'unknown' : 'undefined';
}
