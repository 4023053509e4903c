import type { RefText } from './ref.ts';
import type { Relation, RelationType } from './relations.ts';

/** How one thing depends on another: it needs it, it consumes an API, or it is an API and somebody provides it. */
export const dependenceTypes = ['dependsOn', 'consumesApi', 'providesApi'] as const;
export type DependenceType = (typeof dependenceTypes)[number];

/** One thing that cannot work without another: `from` is the one that needs, `to` the one that is needed. */
export type Dependence = { from: RefText; to: RefText; type: DependenceType };

/** Which way a graph is followed: to what a thing needs, or to what depends on it. */
export type Direction = 'needs' | 'dependents';

/** The edges of every node in one direction: those of node `n` stand from `starts[n]` up to `starts[n + 1]`. */
export type Neighbours = { starts: Uint32Array; nodes: Uint32Array; types: Uint8Array };

/** Who depends on whom. Nodes are numbered in the order of their refs, so whatever is read off a graph is always the same. */
export type Graph = {
  refs: readonly RefText[];
  numbers: ReadonlyMap<RefText, number>;
} & Record<Direction, Neighbours>;

/** How a relation reads as dependence, from the side that has it; membership and ownership are none. */
const readings: Partial<Record<RelationType, { type: DependenceType; needs: 'target' | 'source' }>> = {
  dependsOn: { type: 'dependsOn', needs: 'target' },
  dependencyOf: { type: 'dependsOn', needs: 'source' },
  consumesApi: { type: 'consumesApi', needs: 'target' },
  apiConsumedBy: { type: 'consumesApi', needs: 'source' },
  providesApi: { type: 'providesApi', needs: 'source' },
  apiProvidedBy: { type: 'providesApi', needs: 'target' },
};

/** The dependences among relations; an edge that both of its ends tell of comes twice. */
export function toDependences(relations: readonly Relation[]): Dependence[] {
  return relations.flatMap(({ source, type, target }) => {
    const reading = readings[type];
    if (!reading) return [];
    const [from, to] = reading.needs === 'target' ? [source, target] : [target, source];
    return [{ from, to, type: reading.type }];
  });
}

/** Makes a graph of nodes and the edges among them; an edge may lead to a node that is not named, and counts once. */
export function createGraph(nodes: Iterable<RefText>, dependences: readonly Dependence[]): Graph {
  const refs = [...new Set([...nodes, ...dependences.flatMap(({ from, to }) => [from, to])])].toSorted();
  const numbers = new Map(refs.map((ref, number) => [ref, number]));
  const toEnds = ({ from, to, type }: Dependence) =>
    [numbers.get(from) ?? 0, numbers.get(to) ?? 0, dependenceTypes.indexOf(type)] as const;
  const ends = dependences.map(toEnds);
  const backward = ends.map(([from, to, type]) => [to, from, type] as const);
  return { refs, numbers, needs: toNeighbours(refs.length, ends), dependents: toNeighbours(refs.length, backward) };
}

function toNeighbours(count: number, edges: readonly (readonly [number, number, number])[]): Neighbours {
  const width = dependenceTypes.length;
  const packed = Float64Array.from(edges, ([from, to, type]) => (from * count + to) * width + type).sort();
  const once = packed.filter((edge, at) => edge !== packed[at - 1]);
  const toFrom = (edge: number) => Math.floor(edge / width / count);
  const starts = new Uint32Array(count + 1);
  for (const edge of once) starts[toFrom(edge) + 1] = (starts[toFrom(edge) + 1] ?? 0) + 1;
  for (let node = 0; node < count; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  return {
    starts,
    nodes: Uint32Array.from(once, (edge) => Math.floor(edge / width) % count),
    types: Uint8Array.from(once, (edge) => edge % width),
  };
}

/** All edges of a graph, sorted. */
export function* listDependences({ refs, needs }: Graph): Generator<Dependence> {
  for (const [node, from] of refs.entries())
    for (const { to, type } of listEdges(needs, node)) yield { from, to: refs[to] ?? '', type };
}

/** The edges of one node in one direction. */
export function listEdges({ starts, nodes, types }: Neighbours, node: number): { to: number; type: DependenceType }[] {
  const edges: { to: number; type: DependenceType }[] = [];
  for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1)
    edges.push({ to: nodes[at] ?? 0, type: dependenceTypes[types[at] ?? 0] ?? 'dependsOn' });
  return edges;
}

/** What a search found: the nodes it reached, nearest first and without the first, and for each its distance and the node before it. */
export type Reach = { order: Uint32Array; distances: Int32Array; before: Int32Array };

/** Follows a graph from a node to everything that can be reached within a distance, in time that grows with the edges on the way. */
export function reach(graph: Graph, start: number, direction: Direction, farthest = Infinity): Reach {
  const { starts, nodes } = graph[direction];
  const count = graph.refs.length;
  const isSeen = new Uint8Array(count);
  // One place more than there are nodes: an edge is written down before it is known whether its end is new, which costs
  // less than asking. For each place in the order, the place of the node before it.
  const order = new Uint32Array(count + 1);
  const parents = new Uint32Array(count + 1);
  let found = 1;
  let level = 0;
  let levelEnd = 1;
  order[0] = start;
  isSeen[start] = 1;
  for (let next = 0; next < found; next += 1) {
    if (next === levelEnd) {
      level += 1;
      levelEnd = found;
    }
    if (level >= farthest) break;
    const node = order[next] ?? 0;
    const end = starts[node + 1] ?? 0;
    for (let at = starts[node] ?? 0; at < end; at += 1) {
      const neighbour = nodes[at] ?? 0;
      order[found] = neighbour;
      parents[found] = next;
      found += 1 - (isSeen[neighbour] ?? 0);
      isSeen[neighbour] = 1;
    }
  }
  return toReach(count, order.subarray(0, found), parents);
}

function toReach(count: number, order: Uint32Array, parents: Uint32Array): Reach {
  const distances = new Int32Array(count).fill(-1);
  const before = new Int32Array(count).fill(-1);
  distances[order[0] ?? 0] = 0;
  for (let place = 1; place < order.length; place += 1) {
    const node = order[place] ?? 0;
    const parent = order[parents[place] ?? 0] ?? 0;
    distances[node] = (distances[parent] ?? 0) + 1;
    before[node] = parent;
  }
  return { order: order.subarray(1), distances, before };
}

/** What a search found in both directions. */
export type Reaches = Record<Direction, Reach>;

/** Follows a graph from a node in both directions. */
export function reachBoth(graph: Graph, start: number, farthest?: number): Reaches {
  return {
    dependents: reach(graph, start, 'dependents', farthest),
    needs: reach(graph, start, 'needs', farthest),
  };
}

/** A node that a search reached: over how many edges, and by way of which nodes, the nearest to the start first. */
export type Reached = { ref: RefText; distance: number; through: RefText[] };

/** Everything that can be reached from a node, nearest first, each with a shortest way; at most `limit` of them. */
export function listReached(graph: Graph, from: RefText, direction: Direction, limit = Infinity): Reached[] {
  const start = graph.numbers.get(from);
  if (start === undefined) return [];
  const { order, distances, before } = reach(graph, start, direction);
  const toThrough = (node: number): RefText[] => {
    const through: RefText[] = [];
    for (let at = before[node] ?? -1; at !== start && at !== -1; at = before[at] ?? -1)
      through.push(graph.refs[at] ?? '');
    return through.reverse();
  };
  return Array.from(order.subarray(0, Math.min(order.length, limit)), (node) => ({
    ref: graph.refs[node] ?? '',
    distance: distances[node] ?? 0,
    through: toThrough(node),
  }));
}

/** A node of a graph file. What is not known, or would say nothing, is left out. */
export type GraphFileNode = {
  ref: RefText;
  label: string;
  type?: string;
  lifecycle?: string;
  owner?: RefText;
  /** The system, or domain, that it is a part of. */
  partOf?: RefText;
  /** Why it has no page. */
  absent?: 'missing' | 'hidden';
  /** How many edges away it is, for what needs the first node and for what the first node needs. */
  dependents?: number;
  needs?: number;
};

/**
 * `graph.json` beside the page of a graph: the entity itself first, then all that depends on it or that it needs, nearest
 * first, up to a limit; `left` counts the others. An edge is two places in `nodes`, from the one that needs to the one
 * that is needed, and a place in `types`.
 */
export type GraphFile = {
  version: 1;
  nodes: GraphFileNode[];
  types: readonly DependenceType[];
  edges: [from: number, to: number, type: number][];
  left: Record<Direction, number>;
  /** What owns the nodes or what they are parts of, where it is no node itself. */
  others?: GraphFileNode[];
};
