import { type Direction, listEdges, type Reach, type Reaches } from '#model/graph.ts';
import type { RefText } from '#model/ref.ts';
import type { Estate } from './estate.ts';

/** A node that is drawn: an entity, or some that are drawn as one. Columns left of 0 depend on the one in the middle. */
export type PickedNode = { id: string; column: number; ref?: RefText; fold?: { count: number; of?: RefText } };

/** What is drawn of a graph. */
export type Picked = { nodes: PickedNode[]; edges: { from: string; to: string }[] };

/** How much is drawn: nodes in all, nodes a column, columns to each side, and folds to each side. */
export type PickLimits = { nodes: number; column: number; columns: number; folds: number };

/** A page of a graph is filled up to this, nearest first. */
const pageLimits: PickLimits = { nodes: 28, column: 12, columns: 4, folds: 4 };

const sides = { dependents: -1, needs: 1 } as const;
const directions = ['dependents', 'needs'] as const;

/** Picks what is drawn around a node: everything if there is room, or else what is nearest, and the rest in folds that are counted. */
export function pickAround(estate: Estate, start: number, reaches: Reaches, limits = pageLimits): Picked {
  const { refs } = estate.graph;
  const shown = pickShown(start, reaches, limits);
  const folds = directions.map((direction) => toFolds(estate, reaches[direction], shown, direction, limits));
  const nodes: PickedNode[] = [...shown].map(([node, column]) => ({
    id: refs[node] ?? '',
    column,
    ref: refs[node] ?? '',
  }));
  return {
    nodes: [...nodes, ...folds.flatMap(({ nodes: of }) => of)],
    edges: [...listEdgesAmong(estate, shown), ...folds.flatMap(({ edges }) => edges)],
  };
}

/** The nodes that are drawn, each with its column and next to one that is drawn; one that both depends and is needed stands where it is nearer. */
function pickShown(start: number, reaches: Reaches, limits: PickLimits): Map<number, number> {
  const shown = new Map([[start, 0]]);
  const cursors = { dependents: 1, needs: 1 };
  for (let distance = 1; distance <= limits.columns; distance += 1)
    for (const direction of directions) {
      const { nodes, distances, parents } = reaches[direction];
      let room = limits.column;
      for (; cursors[direction] < nodes.length; cursors[direction] += 1) {
        const place = cursors[direction];
        const node = nodes[place] ?? 0;
        if ((distances[place] ?? 0) > distance) break;
        if (room === 0 || shown.size >= limits.nodes || shown.has(node)) continue;
        if (!shown.has(nodes[parents[place] ?? 0] ?? 0)) continue;
        shown.set(node, sides[direction] * distance);
        room -= 1;
      }
    }
  return shown;
}

/** The edges among nodes that are drawn, all of them. */
function listEdgesAmong({ graph }: Estate, shown: ReadonlyMap<number, number>): Picked['edges'] {
  return [...shown.keys()].flatMap((node) => {
    const targets = new Set(listEdges(graph.needs, node).map(({ to }) => to));
    return [...targets]
      .filter((to) => shown.has(to) && to !== node)
      .map((to) => ({ from: graph.refs[node] ?? '', to: graph.refs[to] ?? '' }));
  });
}

/** What is not drawn on one side, counted by system or owner: the largest groups next to what is drawn, and all others as one. */
function toFolds(
  estate: Estate,
  reached: Reach,
  shown: ReadonlyMap<number, number>,
  direction: Direction,
  limits: PickLimits,
): Picked {
  const counts = countWholes(estate, reached, shown);
  const touching = listTouching(estate, shown, direction);
  const named = [...touching.keys()]
    .filter((whole) => whole !== -1)
    .map((whole) => [whole, counts[whole + 1] ?? 0] as const)
    .toSorted(([a, one], [b, other]) => other - one || a - b)
    .slice(0, limits.folds);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const rest = named.reduce((left, [, count]) => left - count, all);
  const nodes: PickedNode[] = [];
  const edges: Picked['edges'] = [];
  const add = (id: string, of: RefText | undefined, count: number, beside: readonly number[]) => {
    nodes.push({
      id,
      column: toFoldColumn(beside, shown, direction),
      fold: { count, ...(of !== undefined && { of }) },
    });
    for (const node of beside) edges.push(toFoldEdge(id, estate.graph.refs[node] ?? '', direction));
  };
  for (const [whole, count] of named)
    add(`${direction} ${whole}`, estate.wholeRefs[whole], count, touching.get(whole) ?? []);
  if (rest === 0) return { nodes, edges };
  const isNamed = new Set(named.map(([whole]) => whole));
  const beside = [...touching].flatMap(([whole, drawn]) => (isNamed.has(whole) ? [] : drawn));
  const id = `${direction} rest`;
  if (beside.length > 0) add(id, undefined, rest, [...new Set(beside)]);
  // What nothing that is drawn leads to lies beyond what is folded.
  else {
    const column =
      sides[direction] + Math.max(0, ...nodes.map((node) => node.column * sides[direction])) * sides[direction];
    edges.push(...nodes.map((node) => toFoldEdge(id, node.id, direction)));
    nodes.push({ id, column, fold: { count: rest } });
  }
  return { nodes, edges };
}

/** How many of the nodes that are not drawn are of each system or owner; those of none come first. */
function countWholes(
  { wholes, wholeRefs }: Estate,
  { nodes, isReached }: Reach,
  shown: ReadonlyMap<number, number>,
): Int32Array {
  const counts = new Int32Array(wholeRefs.length + 1);
  const add = (node: number, count: number) => {
    const place = (wholes[node] ?? -1) + 1;
    counts[place] = (counts[place] ?? 0) + count;
  };
  for (let place = 0; place < nodes.length; place += 1) add(nodes[place] ?? 0, 1);
  for (const node of shown.keys()) if (isReached[node]) add(node, -1);
  return counts;
}

const toFoldEdge = (fold: string, node: string, direction: Direction) =>
  direction === 'needs' ? { from: node, to: fold } : { from: fold, to: node };

/** A fold stands next to the farthest of the nodes that it is linked with. */
function toFoldColumn(beside: readonly number[], shown: ReadonlyMap<number, number>, direction: Direction): number {
  const columns = beside.map((node) => sides[direction] * (shown.get(node) ?? 0));
  return sides[direction] * (Math.max(0, ...columns) + 1);
}

/** For each group that is not drawn in whole: the nodes that are drawn and have an edge into it. */
function listTouching(estate: Estate, shown: ReadonlyMap<number, number>, direction: Direction): Map<number, number[]> {
  const touching = new Map<number, number[]>();
  for (const [node, column] of shown) {
    if (column !== 0 && Math.sign(column) !== sides[direction]) continue;
    const wholes = listEdges(estate.graph[direction], node)
      .filter(({ to }) => !shown.has(to))
      .map(({ to }) => estate.wholes[to] ?? -1);
    for (const whole of new Set(wholes)) touching.set(whole, [...(touching.get(whole) ?? []), node]);
  }
  return touching;
}

/** What stands directly beside a node: one step away, or the other side of an API that is one step away. */
export function pickNear(estate: Estate, start: number, limit: number): Picked {
  const { graph, isApi } = estate;
  const shown = new Map([[start, 0]]);
  const reaches = estate.reachBoth(start, 2);
  const near = directions.map((direction) => {
    const { nodes, distances, parents } = reaches[direction];
    const found = new Map<number, number>();
    for (let place = 1; place < nodes.length; place += 1) {
      const [node = 0, distance = 0] = [nodes[place], distances[place]];
      if (distance === 1 || isApi[nodes[parents[place] ?? 0] ?? 0]) found.set(node, distance);
    }
    return { direction, found };
  });
  const share = Math.floor((limit - 1) / 2);
  const lengths = near.map(({ found }) => found.size);
  for (const [at, { direction, found }] of near.entries()) {
    const room = Math.max(share, limit - 1 - (lengths[1 - at] ?? 0));
    for (const [node, distance] of [...found].slice(0, found.size > room ? room - 1 : room))
      if (!shown.has(node)) shown.set(node, sides[direction] * distance);
  }
  const nodes: PickedNode[] = [...shown].map(([node, column]) => ({
    id: graph.refs[node] ?? '',
    column,
    ref: graph.refs[node] ?? '',
  }));
  const edges = listEdgesAmong(estate, shown);
  for (const { direction, found } of near) {
    const count = [...found.keys()].filter((node) => !shown.has(node)).length;
    if (count === 0) continue;
    nodes.push({ id: direction, column: sides[direction], fold: { count } });
    edges.push(toFoldEdge(direction, graph.refs[start] ?? '', direction));
  }
  return { nodes, edges };
}
