import type { Problem } from '#model/problems.ts';

/** A problem of a file in a tree, placed in the repository: `prefix` is the tree's folder with a slash, or empty. */
export const toPlaced = (problem: Problem, prefix: string): Problem =>
  problem.place ? { ...problem, place: { ...problem.place, path: prefix + problem.place.path } } : problem;
