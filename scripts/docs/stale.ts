import type { Docs } from '#model/docs.ts';
import { findNewestChange, toDocsAge } from '#model/docs-health.ts';
import { type Problem, toProblem } from '#model/problems.ts';

/** How many of its oldest pages the problem of a tree names. */
const named = 3;

/** One problem for each tree that has stale pages, at the oldest of them. */
export function listStale({ trees }: Docs, staleAfter: number): Problem[] {
  const newest = findNewestChange(trees);
  return trees.flatMap((tree) => {
    const { known, stale } = toDocsAge(tree, newest, staleAfter);
    const [oldest] = stale;
    if (!oldest) return [];
    const facts = {
      ...{ count: stale.length, known: known.length, days: staleAfter },
      oldest: stale.slice(0, named).map(({ path, changedAt = '' }) => ({ path, day: changedAt.slice(0, 10) })),
    };
    const place = { repository: tree.repository, path: oldest.path, line: 1, column: 1 };
    const [entity] = tree.entities;
    return [toProblem('docs-stale', facts, { place, ...(entity && { entity }) })];
  });
}
