/** Edges among nodes that are numbered from 0. */
type Edges = readonly (readonly [from: number, to: number])[];

/** A column for each node, so that edges go right wherever no circle forbids it, and nothing stands farther left than it must. */
export function rankNodes(count: number, edges: Edges): number[] {
  const { forward, order } = cutCircles(count, edges);
  const ranks = new Array<number>(count).fill(0);
  const before = Map.groupBy(forward, ([, to]) => to);
  const after = Map.groupBy(forward, ([from]) => from);
  for (const node of order)
    for (const [, to] of after.get(node) ?? []) ranks[to] = Math.max(ranks[to] ?? 0, (ranks[node] ?? 0) + 1);
  for (const node of order.toReversed()) {
    const next = (after.get(node) ?? []).map(([, to]) => ranks[to] ?? 0);
    if (next.length > (before.get(node) ?? []).length) ranks[node] = Math.min(...next) - 1;
  }
  return ranks;
}

/** The edges with those turned round that close a circle, and the nodes in an order that all of them follow. */
function cutCircles(count: number, edges: Edges): { forward: [number, number][]; order: number[] } {
  const after = Map.groupBy(
    edges.filter(([from, to]) => from !== to),
    ([from]) => from,
  );
  const targets = new Set(edges.map(([, to]) => to));
  const states = new Map<number, 'open' | 'done'>();
  const forward: [number, number][] = [];
  const finished: number[] = [];
  const visit = (node: number): void => {
    states.set(node, 'open');
    for (const [, to] of after.get(node) ?? []) {
      forward.push(states.get(to) === 'open' ? [to, node] : [node, to]);
      if (!states.has(to)) visit(to);
    }
    states.set(node, 'done');
    finished.push(node);
  };
  const nodes = Array.from({ length: count }, (_, node) => node);
  for (const node of nodes.toSorted((a, b) => Number(targets.has(a)) - Number(targets.has(b)) || a - b))
    if (!states.has(node)) visit(node);
  return { forward, order: finished.reverse() };
}
