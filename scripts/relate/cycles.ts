import { createGraph, toDependences } from '#model/graph.ts';
import { listCycles } from '#model/graph-cycles.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import type { ValidEntity } from '#model/verdict.ts';

/** Reports every set of entities that depend on each other, self-dependence included, once and by a shortest circle. */
export function judgeCycles(kept: ReadonlyMap<RefText, ValidEntity>): Problem[] {
  const written = [...kept.values()].flatMap(({ ref, references }) =>
    toDependences(references.map(({ type, target }) => ({ source: ref, type, target }))),
  );
  return listCycles(createGraph([], written)).flatMap(({ refs, size }) => {
    const circle = startAtConsumer(refs);
    const first = kept.get(circle[0] ?? '');
    if (!first) return [];
    const next = circle[1] ?? first.ref;
    const path = first.references.find(({ target }) => target === next)?.path ?? ['spec'];
    return [toProblem('dependency-cycle', { refs: circle, size }, { place: first.locate(path), entity: first.ref })];
  });
}

/** The same circle from the first entity on that says itself what it depends on; an API does not. */
function startAtConsumer(refs: readonly RefText[]): RefText[] {
  const first = Math.max(
    0,
    refs.findIndex((ref) => !ref.startsWith('api:')),
  );
  return [...refs.slice(first), ...refs.slice(0, first)];
}
