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

/**
 * What a search found: the nodes it reached, nearest first, and before them the one that it began with; for each place
 * among them its distance, and the place of the node before it. `isReached` is by node, the first among them.
 */
export type Reach = { nodes: Uint32Array; distances: Uint32Array; parents: Uint32Array; isReached: Uint8Array };

/** Follows a graph in one direction, from one node after another in the same memory: what was found holds until the next time. */
function createReach(graph: Graph, direction: Direction): (start: number, farthest?: number) => Reach {
  const count = graph.refs.length;
  // One place more than there are nodes: an edge is written down before it is known whether its end is new, which costs
  // less than asking.
  const [nodes, parents] = [new Uint32Array(count + 1), new Uint32Array(count + 1)];
  const memory = { nodes, parents, distances: new Uint32Array(count), isReached: new Uint8Array(count) };
  let found = 0;
  return (start, farthest = Infinity) => {
    if (found > count / 16) memory.isReached.fill(0);
    else for (let place = 0; place < found; place += 1) memory.isReached[nodes[place] ?? 0] = 0;
    found = follow(graph[direction], memory, start, farthest);
    return {
      nodes: nodes.subarray(0, found),
      distances: memory.distances.subarray(0, found),
      parents: parents.subarray(0, found),
      isReached: memory.isReached,
    };
  };
}

/** Writes down everything within a distance, in time that grows with the edges on the way; answers how many nodes that are. */
function follow(edges: Neighbours, { nodes, distances, parents, isReached }: Reach, start: number, farthest: number) {
  let found = 1;
  let levelEnd = 1;
  nodes[0] = start;
  distances[0] = 0;
  isReached[start] = 1;
  for (let [next, level] = [0, 0]; next < levelEnd && level < farthest; ) {
    for (; next < levelEnd; next += 1) {
      const node = nodes[next] ?? 0;
      const end = edges.starts[node + 1] ?? 0;
      for (let at = edges.starts[node] ?? 0; at < end; at += 1) {
        const neighbour = edges.nodes[at] ?? 0;
        nodes[found] = neighbour;
        parents[found] = next;
        found += 1 - (isReached[neighbour] ?? 0);
        isReached[neighbour] = 1;
      }
    }
    level += 1;
    distances.fill(level, levelEnd, found);
    levelEnd = found;
  }
  return found;
}

/** What a search found in both directions. */
export type Reaches = Record<Direction, Reach>;

/** Follows a graph in both directions, from one node after another: what was found holds until the next time. */
export function createReachBoth(graph: Graph): (start: number, farthest?: number) => Reaches {
  const [dependents, needs] = [createReach(graph, 'dependents'), createReach(graph, 'needs')];
  return (start, farthest) => ({ dependents: dependents(start, farthest), needs: needs(start, farthest) });
}

/** A node that a search reached: over how many edges, and by way of which nodes, the nearest to the start first. */
export type Reached = { ref: RefText; distance: number; through: RefText[] };

/** Everything that can be reached from a node, nearest first, each with a shortest way; at most `limit` of them. */
export function listReached(graph: Graph, from: RefText, direction: Direction, limit = Infinity): Reached[] {
  const start = graph.numbers.get(from);
  if (start === undefined) return [];
  const { nodes, distances, parents } = createReach(graph, direction)(start);
  const toThrough = (place: number): RefText[] => {
    const through: RefText[] = [];
    for (let at = parents[place] ?? 0; at !== 0; at = parents[at] ?? 0) through.push(graph.refs[nodes[at] ?? 0] ?? '');
    return through.reverse();
  };
  return Array.from({ length: Math.min(nodes.length - 1, limit) }, (_, before) => ({
    ref: graph.refs[nodes[before + 1] ?? 0] ?? '',
    distance: distances[before + 1] ?? 0,
    through: toThrough(before + 1),
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
  /** How important it says it is; 1 is the most. */
  tier?: number;
  /** Why it has no page. */
  absent?: 'missing' | 'hidden';
  /** Of an owner: how it is reached. */
  contacts?: { url: string; title: string }[];
};

/**
 * `/api/graph.json`: everything that depends on anything. An edge is two places in `nodes`, from the one that needs to the
 * one that is needed, and a place in `types`. A file of a part of it says in `left` how many it leaves out on each side.
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

/** The dependences of a graph file; a place that nothing stands at, or a type that is not known, is left out. */
export function listFileDependences({ nodes, types, edges }: GraphFile): Dependence[] {
  return edges.flatMap(([from, to, type]): Dependence[] => {
    const [source, target, name] = [nodes[from]?.ref, nodes[to]?.ref, types[type]];
    return source !== undefined && target !== undefined && name ? [{ from: source, to: target, type: name }] : [];
  });
}

/** Whether something that was read is a graph file, as far as reading it needs. */
export function isGraphFile(value: unknown): value is GraphFile {
  if (typeof value !== 'object' || value === null) return false;
  const { version, nodes, edges, types }: { [key: string]: unknown } = { ...value };
  return version === 1 && [nodes, edges, types].every(Array.isArray);
}
