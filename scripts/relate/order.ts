import { comparePlaces } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { Relation } from '#model/relations.ts';

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Sorts by ref. */
export function byRef(a: { ref: RefText }, b: { ref: RefText }): number {
  return compare(a.ref, b.ref);
}

/** Sorts the relations of one entity. */
export function byTypeAndTarget(a: Relation, b: Relation): number {
  return compare(a.type, b.type) || compare(a.target, b.target);
}

/** Sorts problems by their place, then by code. */
export function byPlace(a: Problem, b: Problem): number {
  return comparePlaces(a.place, b.place) || compare(a.code, b.code) || compare(a.what, b.what);
}
