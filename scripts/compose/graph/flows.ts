import { listEdges } from '#model/graph.ts';
import type { FlowRow } from '#model/pages/graph-page.ts';
import type { RefText } from '#model/ref.ts';
import type { Lookup } from '../lookup.ts';
import type { Estate } from './estate.ts';

/** How many dependences run from one unit to another. */
export type Flow = { from: RefText; to: RefText; count: number };

/** Counts what runs between units; a node outside of all of them, or an edge inside of one, counts nowhere. */
export function countFlows(
  { graph }: Estate,
  nodes: Iterable<number>,
  toUnit: (node: number) => RefText | undefined,
): Flow[] {
  const flows = new Map<string, Flow>();
  const seen = new Set<number>();
  const count = (from: number, to: number) => {
    const [source, target] = [toUnit(from), toUnit(to)];
    if (source === undefined || target === undefined || source === target) return;
    const key = `${source} ${target}`;
    const flow = flows.get(key) ?? { from: source, to: target, count: 0 };
    flow.count += 1;
    flows.set(key, flow);
  };
  for (const node of nodes) {
    seen.add(node);
    for (const { to } of listEdges(graph.needs, node)) count(node, to);
  }
  for (const node of seen) for (const { to } of listEdges(graph.dependents, node)) if (!seen.has(to)) count(to, node);
  return [...flows.values()].toSorted(byCountThenRef);
}

const byCountThenRef = (a: Flow, b: Flow) =>
  b.count - a.count || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.to < b.to ? -1 : 1);

/** Flows as rows of a table. */
export function toFlowRows(lookup: Lookup, flows: readonly Flow[], limit: number): FlowRow[] {
  return flows
    .slice(0, limit)
    .map(({ from, to, count }) => ({ from: lookup.toLink(from), to: lookup.toLink(to), count }));
}
