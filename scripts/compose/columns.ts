import { findKind } from '#model/kinds/index.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { Cell, Column } from '#model/rows.ts';
import type { Lookup } from './lookup.ts';

/** What is known of a value beyond its text. */
export type ValueTraits = { label?: string; absent?: 'missing' | 'hidden'; url?: string; above?: readonly string[] };

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Packs the values of each row into a column: each value once, sorted by what a reader calls it. */
export function toColumn(
  cells: readonly (readonly string[])[],
  toTraits: (value: string) => ValueTraits = () => ({}),
): Column {
  const traits = new Map<string, ValueTraits>();
  const queue = [...new Set(cells.flat())];
  for (const value of queue) {
    if (traits.has(value)) continue;
    const found = toTraits(value);
    traits.set(value, found);
    queue.push(...(found.above ?? []));
  }
  const toWord = (value: string) => (traits.get(value)?.label ?? value).toLowerCase();
  const values = [...traits.keys()].toSorted((a, b) => compare(toWord(a), toWord(b)) || compare(a, b));
  const places = new Map(values.map((value, place) => [value, place]));
  const toPlaces = (of: readonly string[]) =>
    [...new Set(of)].map((value) => places.get(value) ?? -1).toSorted((a, b) => a - b);
  const toCell = (of: readonly string[]): Cell => {
    const [first = null, ...others] = toPlaces(of);
    return first === null || others.length === 0 ? first : [first, ...others];
  };
  const pick = <Trait>(of: (found: ValueTraits, value: string) => Trait | undefined): Record<number, Trait> => {
    const picked: Record<number, Trait> = {};
    for (const [place, value] of values.entries()) {
      const trait = of(traits.get(value) ?? {}, value);
      if (trait !== undefined) picked[place] = trait;
    }
    return picked;
  };
  return {
    values,
    labels: pick(({ label }, value) => (label === value ? undefined : label)),
    absent: pick(({ absent }) => absent),
    urls: pick(({ url }) => url),
    above: pick(({ above }) => (above && above.length > 0 ? toPlaces(above) : undefined)),
    cells: cells.map(toCell),
  };
}

/** Entities in the order that a column gives to those of one cell, so that a page says them as its script does. */
export const sortLikeColumn = (links: readonly EntityLink[]): EntityLink[] =>
  links.toSorted((a, b) => compare(a.label.toLowerCase(), b.label.toLowerCase()) || compare(a.ref, b.ref));

/** What is known of an entity that others mention. */
export function toRefTraits(lookup: Lookup): (ref: string) => ValueTraits {
  return (ref) => {
    const { label, absent } = lookup.toLink(ref);
    return { label, absent };
  };
}

/** The same for an owner, with the groups directly above it. */
export function toOwnerTraits(lookup: Lookup): (ref: string) => ValueTraits {
  const toTraits = toRefTraits(lookup);
  return (ref) => ({ ...toTraits(ref), above: lookup.listRelated(ref, 'childOf').map((parent) => parent.ref) });
}

/** The icon of every kind among the given refs. */
export function toKindIcons(refs: Iterable<RefText>): Record<string, string> {
  const kinds = [...new Set(Iterator.from(refs).map((ref) => toRef(ref).kind))].toSorted();
  return Object.fromEntries(kinds.map((kind) => [kind, findKind(kind).icon]));
}
