import { type Problem, toProblem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { Relation, RelationType } from '#model/relations.ts';
import type { ValidEntity } from '#model/verdict.ts';

type Kept = ReadonlyMap<RefText, ValidEntity>;
type Relations = ReadonlyMap<RefText, readonly Relation[]>;

const upward: ReadonlySet<RelationType> = new Set(['childOf', 'partOf']);

/** Reports groups with several parents, and circles on the way from part to whole. */
export function judgeHierarchy(kept: Kept, relations: Relations): Problem[] {
  return [...judgeParents(kept, relations), ...judgeLoops(kept, relations)];
}

function listUp(relations: Relations, ref: RefText, types: ReadonlySet<RelationType>): RefText[] {
  return (relations.get(ref) ?? []).filter(({ type }) => types.has(type)).map(({ target }) => target);
}

function judgeParents(kept: Kept, relations: Relations): Problem[] {
  return [...kept.values()].flatMap(({ ref, locate }) => {
    const parents = listUp(relations, ref, new Set(['childOf']));
    if (parents.length < 2) return [];
    return [toProblem('two-parents', { ref, parents }, { place: locate(['spec', 'parent']), entity: ref })];
  });
}

function judgeLoops(kept: Kept, relations: Relations): Problem[] {
  return listLoops([...kept.keys()], (ref) => listUp(relations, ref, upward)).flatMap((refs) => {
    const first = kept.get(refs[0] ?? '');
    if (!first) return [];
    return [toProblem('parent-loop', { refs }, { place: first.locate(['spec']), entity: first.ref })];
  });
}

/** Walks up from every entity with a stack of its own, so that neither depth nor circles can stop it. */
function listLoops(refs: readonly RefText[], toParents: (ref: RefText) => RefText[]): RefText[][] {
  const done = new Set<RefText>();
  const loops: RefText[][] = [];
  for (const start of refs) {
    const trail: { ref: RefText; waiting: RefText[] }[] = [];
    const onTrail = new Map<RefText, number>();
    const enter = (ref: RefText) => {
      onTrail.set(ref, trail.length);
      trail.push({ ref, waiting: toParents(ref) });
    };
    if (!done.has(start)) enter(start);
    for (let step = trail.at(-1); step; step = trail.at(-1)) {
      const next = step.waiting.pop();
      if (next === undefined) {
        trail.pop();
        onTrail.delete(step.ref);
        done.add(step.ref);
        continue;
      }
      const loopStart = onTrail.get(next);
      if (loopStart !== undefined) loops.push(trail.slice(loopStart).map(({ ref }) => ref));
      else if (!done.has(next)) enter(next);
    }
  }
  return loops;
}
