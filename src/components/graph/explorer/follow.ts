import { type DependenceType, type Direction, type Graph, listEdges } from '#model/graph.ts';
import type { RefText } from '#model/ref.ts';

/** What was reached from several nodes at once, nearest first: how far each is, and the node before it. */
export type Followed = Map<number, { distance: number; before: number }>;

/** Follows a graph in one direction from several nodes, which are in the answer with distance 0. */
export function follow(graph: Graph, starts: readonly number[], direction: Direction): Followed {
  const found: Followed = new Map(starts.map((start) => [start, { distance: 0, before: -1 }]));
  for (const [node, { distance }] of found)
    for (const { to } of listEdges(graph[direction], node))
      if (!found.has(to)) found.set(to, { distance: distance + 1, before: node });
  return found;
}

/** A way along edges, from the one that needs to the one that is needed; each step says how it is made. */
export type Way = { direction: Direction; refs: RefText[]; types: DependenceType[] };

/** The shortest way between the centre and another node, in whichever direction there is one. */
export function findWay(
  graph: Graph,
  followed: Readonly<Record<Direction, Followed>>,
  target: RefText,
): Way | undefined {
  const end = graph.numbers.get(target);
  if (end === undefined) return undefined;
  const ways = (['needs', 'dependents'] as const)
    .filter((direction) => followed[direction].has(end))
    .map((direction) => toWay(graph, followed[direction], direction, end));
  return ways.toSorted((a, b) => a.refs.length - b.refs.length)[0];
}

function toWay(graph: Graph, followed: Followed, direction: Direction, end: number): Way {
  const nodes: number[] = [];
  for (let at = end; at !== -1; at = followed.get(at)?.before ?? -1) nodes.push(at);
  if (direction === 'needs') nodes.reverse();
  return {
    direction,
    refs: nodes.map((node) => graph.refs[node] ?? ''),
    types: nodes.slice(1).map((node, at) => {
      const edges = listEdges(graph.needs, nodes[at] ?? -1);
      return edges.find(({ to }) => to === node)?.type ?? 'dependsOn';
    }),
  };
}

const verbs: Record<DependenceType, string> = {
  dependsOn: 'depends on',
  consumesApi: 'consumes',
  providesApi: 'is provided by',
};

/** A way as a sentence. */
export function formatWay({ refs, types }: Way, toLabel: (ref: RefText) => string): string {
  const [first = '', ...others] = refs.map(toLabel);
  if (others.length === 0) return `${first} is the centre itself.`;
  const steps = others.map((label, at) => `${at > 0 ? ', which ' : ' '}${verbs[types[at] ?? 'dependsOn']} ${label}`);
  return `${first}${steps.join('')}.`;
}
