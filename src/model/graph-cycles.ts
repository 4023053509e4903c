import type { Graph } from './graph.ts';
import type { RefText } from './ref.ts';

/** The sets of nodes that all depend on each other, self-dependence included, each with its nodes in order. */
function listTangles({ refs, needs: { starts, nodes } }: Graph): number[][] {
  const index = new Int32Array(refs.length).fill(-1);
  const low = new Int32Array(refs.length);
  const isOpen = new Uint8Array(refs.length);
  const open: number[] = [];
  const tangles: number[][] = [];
  let count = 0;
  const enter = (node: number) => {
    index[node] = low[node] = count++;
    isOpen[node] = 1;
    open.push(node);
    return { node, at: starts[node] ?? 0 };
  };
  const lower = (node: number, to: number) => {
    low[node] = Math.min(low[node] ?? 0, to);
  };
  const close = (node: number) => {
    const tangle = open.splice(open.lastIndexOf(node));
    for (const each of tangle) isOpen[each] = 0;
    const isAlone = tangle.length === 1 && !nodes.subarray(starts[node], starts[node + 1]).includes(node);
    if (!isAlone) tangles.push(tangle.toSorted((a, b) => a - b));
  };
  // A stack of its own, so that no depth can stop it.
  for (const first of refs.keys()) {
    if (index[first] !== -1) continue;
    const trail = [enter(first)];
    for (let step = trail.at(-1); step; step = trail.at(-1)) {
      const { node } = step;
      if (step.at < (starts[node + 1] ?? 0)) {
        const next = nodes[step.at++] ?? 0;
        if (index[next] === -1) trail.push(enter(next));
        else if (isOpen[next]) lower(node, index[next] ?? 0);
        continue;
      }
      trail.pop();
      const parent = trail.at(-1);
      if (parent) lower(parent.node, low[node] ?? 0);
      if (low[node] === index[node]) close(node);
    }
  }
  return tangles.toSorted(([a = 0], [b = 0]) => a - b);
}

/** A shortest cycle, each node once in the order of its edges, and how many nodes depend on each other there in all. */
export type Cycle = { refs: RefText[]; size: number };

/** One cycle of each set of nodes that depend on each other. */
export function listCycles(graph: Graph): Cycle[] {
  return listTangles(graph).map((tangle) => {
    const inside = new Set(tangle);
    let shortest: number[] = [];
    for (const node of tangle) {
      const cycle = findCycle(graph, node, inside, shortest.length || Infinity);
      if (cycle) shortest = cycle;
      if (shortest.length === 1) break;
    }
    return { refs: shortest.map((node) => graph.refs[node] ?? ''), size: tangle.length };
  });
}

/** A shortest way from a node back to itself that has fewer nodes than `limit`. */
function findCycle(
  { needs: { starts, nodes } }: Graph,
  first: number,
  inside: ReadonlySet<number>,
  limit: number,
): number[] | undefined {
  const ways = new Map<number, { before: number; length: number }>([[first, { before: -1, length: 1 }]]);
  for (const [node, { length }] of ways) {
    if (length >= limit) return undefined;
    for (const next of nodes.subarray(starts[node], starts[node + 1])) {
      if (next === first) return toWay(ways, node);
      if (inside.has(next) && !ways.has(next)) ways.set(next, { before: node, length: length + 1 });
    }
  }
  return undefined;
}

function toWay(ways: ReadonlyMap<number, { before: number }>, last: number): number[] {
  const way: number[] = [];
  for (let node = last; node !== -1; node = ways.get(node)?.before ?? -1) way.push(node);
  return way.reverse();
}
