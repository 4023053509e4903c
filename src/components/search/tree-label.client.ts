import { findNames, type NameTable } from '#model/names.ts';
import { type RefText, toRef } from '#model/ref.ts';

/** What the entity is called whose docs are searched. */
export function toTreeTitle(table: NameTable | undefined, ref: RefText): string {
  const [match] = table ? findNames(table, ref, 1) : [];
  return match?.isSure ? (match.title ?? match.name) : toShortTree(ref);
}

/** The same, as short as owners and systems are written. */
export function toShortTree(ref: RefText): string {
  const { namespace, name } = toRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
