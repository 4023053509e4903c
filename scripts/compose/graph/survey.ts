import type { Direction, Reach } from '#model/graph.ts';
import type { Estate } from './estate.ts';
import { countHit, type Hit } from './hit.ts';
import { type Picked, pickAround } from './pick.ts';

/** A page names everything up to `whole`; of more it names the nearest, `part` of them, and counts the rest. */
const rows = { whole: 40, part: 20 };

/** How many of so many things a page names. */
export const countNamed = (all: number): number => (all <= rows.whole ? all : rows.part);

/** The nearest nodes in one direction, the start before them: for each its distance, and the place of the node before it. */
export type Side = { total: number } & Pick<Reach, 'nodes' | 'distances' | 'parents'>;

/** What is kept of everything that depends on a node and that it needs: what pages name, draw and count. */
export type Survey = {
  sides: Record<Direction, Side>;
  hit: Hit;
  /** For each place among the dependents: how many things that are hit have the same owner. */
  owned: Uint32Array;
  picked: Picked;
};

/** Finds it, following the graph once in each direction; asked again, it is at hand. */
export function findSurvey(estate: Estate, start: number): Survey {
  const known = estate.surveys.get(start);
  if (known) return known;
  const reaches = estate.reachBoth(start);
  const { hit, owned } = countHit(estate, reaches.dependents);
  const sides = {
    dependents: toSide(estate, reaches.dependents, countNamed(hit.total)),
    needs: toSide(estate, reaches.needs, 0),
  };
  const survey = {
    sides,
    hit,
    owned: sides.dependents.nodes.map((node) => owned[(estate.owners[node] ?? -1) + 1] ?? 0),
    picked: pickAround(estate, start, reaches),
  };
  estate.surveys.set(start, survey);
  return survey;
}

/** The nearest nodes, as many as a page names of all of them, and so many that are things. */
function toSide({ isApi }: Estate, { nodes, distances, parents }: Reach, things: number): Side {
  const total = nodes.length - 1;
  let last = 0;
  for (let found = 0; last < total && found < things; last += 1) found += isApi[nodes[last + 1] ?? 0] ? 0 : 1;
  const end = 1 + Math.max(last, countNamed(total));
  return { total, nodes: nodes.slice(0, end), distances: distances.slice(0, end), parents: parents.slice(0, end) };
}

/** The nodes on the way to the one at a place, the nearest to the start first. */
export function listThrough({ nodes, parents }: Side, place: number): number[] {
  const through: number[] = [];
  for (let at = parents[place] ?? 0; at !== 0; at = parents[at] ?? 0) through.push(nodes[at] ?? 0);
  return through.reverse();
}
