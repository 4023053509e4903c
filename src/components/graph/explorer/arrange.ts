import type { EdgePath, Layout, LayoutEdge, LayoutNode, Point } from '#model/graph-layout/define.ts';
import { layOutGrid } from '#model/graph-layout/grid.ts';
import { layOut } from '#model/graph-layout/layout.ts';
import { nodeHeight, toNodeWidth } from '#model/graph-layout/sizes.ts';

/** What has to be known of a graph to arrange it. */
export type ArrangeOrder = { nodes: { id: string; rank: number; name: string; note: string }[]; edges: LayoutEdge[] };

/** Where everything stands; nodes and edges are in the order in which they were given. */
export type Arrangement = {
  width: number;
  height: number;
  nodes: (Point & { width: number; height: number })[];
  edges: EdgePath[];
};

/** A picture in columns may be so tall, or so many times as tall as it is wide; a taller one is laid out in blocks. */
const tallest = { height: 1400, share: 1.2, nodes: 300 };

/** Gives every node and edge its place. */
export function arrange({ nodes, edges }: ArrangeOrder): Arrangement {
  const columns = Map.groupBy(nodes, ({ rank }) => rank);
  const widths = new Map([...columns].map(([rank, list]) => [rank, toNodeWidth(list)]));
  const boxes = nodes.map(
    ({ id, rank }): LayoutNode => ({ id, rank, width: widths.get(rank) ?? 0, height: nodeHeight }),
  );
  const laid = chooseLayout(boxes, edges);
  const placed = boxes.map(({ id, width, height }) => ({ ...(laid.places.get(id) ?? { x: 0, y: 0 }), width, height }));
  return { width: laid.width, height: laid.height, nodes: placed, edges: laid.paths };
}

function chooseLayout(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Layout {
  if (nodes.length > tallest.nodes) return layOutGrid(nodes, edges);
  const laid = layOut(nodes, edges);
  const isTall = laid.height > tallest.height && laid.height > laid.width * tallest.share;
  return isTall ? layOutGrid(nodes, edges) : laid;
}
