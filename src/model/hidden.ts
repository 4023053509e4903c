import { toDependences } from './graph.ts';
import { kinds } from './kinds/index.ts';
import { type RefText, toRef } from './ref.ts';
import type { RelationType } from './relations.ts';

/** What is read in the place of whatever this audience may not see. */
export const hiddenWords = 'not visible here';

/** No entity can have this namespace, so nothing that is written is ever taken for one of these. */
const namespace = '-';

const knownKinds = new Set(kinds.map(({ kind }) => kind.toLowerCase()));

/**
 * What stands for the target of a reference that this audience may not see. One stands for all, so neither names nor
 * numbers can be told; what depends on something and what it depends on are two, so no way leads from one to the other.
 */
export function toHiddenRef(target: RefText, type: RelationType): RefText {
  const { kind } = toRef(target);
  const [dependence] = toDependences([{ source: '', type, target }]);
  const name = dependence?.from === target ? 'dependent-not-visible-here' : 'not-visible-here';
  return `${knownKinds.has(kind) ? kind : 'component'}:${namespace}/${name}`;
}
