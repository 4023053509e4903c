import { type DependenceType, type Direction, listEdges } from '#model/graph.ts';
import { rankNodes } from '#model/graph-layout/rank.ts';
import type { RefText } from '#model/ref.ts';
import { type Candidate, type Fold, type Folding, foldCandidates } from './fold.ts';
import { type Followed, findWay, follow, type Way } from './follow.ts';
import { listStarts, type Network, toVisible } from './network.ts';
import type { Depth, ExplorerState } from './state.ts';

/** A node that is drawn: an entity, or a fold. */
export type Selected = { id: string; rank: number; isCentre: boolean; ref?: RefText; fold?: Fold };

/** An edge that is drawn, and how many dependences it stands for. */
export type SelectedEdge = { from: string; to: string; count: number; types: readonly DependenceType[] };

/** What is drawn of a graph, and what is not. */
export type Selection = {
  nodes: Selected[];
  edges: SelectedEdge[];
  /** How many steps are drawn, which is what was asked for or what can be read. */
  depth: Depth;
  /** Nodes that are farther away than is drawn, and nodes for which there is no room in any drawing. */
  farther: number;
  beyond: number;
  folded: { count: number; folds: number; by?: Folding['by'] };
  /** The way that is pointed out; `undefined` where none was asked for, nothing found is `'none'`. */
  way?: Way | 'none';
};

/** Without a depth as many steps are drawn as come to so many nodes; and never more than the second number of nodes. */
const limits = { readable: 40, most: 1000, depth: 6 };

const directions = ['dependents', 'needs'] as const;
const signs = { dependents: -1, needs: 1 } as const;

/** Selects what is drawn. */
export function select(network: Network, state: ExplorerState): Selection {
  const visible = toVisible(network, state);
  const { graph } = visible;
  const starts = listStarts(visible, state.centre);
  const followed = { dependents: follow(graph, starts, 'dependents'), needs: follow(graph, starts, 'needs') };
  const way = state.to === undefined ? undefined : (findWay(graph, followed, state.to) ?? 'none');
  const columns = toColumns(followed, state.side);
  const depth = state.depth ?? toReadableDepth(columns);
  const onWay = new Set(way && way !== 'none' ? way.refs.flatMap((ref) => graph.numbers.get(ref) ?? []) : []);
  if (way && way !== 'none')
    for (const node of onWay)
      if (!columns.has(node))
        columns.set(node, signs[way.direction] * (followed[way.direction].get(node)?.distance ?? 0));
  const wanted = [...columns]
    .map(([node, column]): Candidate => ({ node, column }))
    .filter(({ node, column }) => depth === 'all' || Math.abs(column) <= depth || onWay.has(node));
  const nearest = wanted.toSorted(
    (a, b) => Number(onWay.has(b.node)) - Number(onWay.has(a.node)) || Math.abs(a.column) - Math.abs(b.column),
  );
  const drawn = nearest.slice(0, limits.most);
  const folding = foldCandidates(visible, drawn, {
    kept: new Set([...starts.slice(0, 60), ...onWay]),
    open: state.open,
  });
  return {
    ...toDrawn(visible, folding, new Set(starts), followed),
    depth,
    farther: columns.size - wanted.length,
    beyond: nearest.length - drawn.length,
    folded: {
      count: folding.folds.reduce((sum, { nodes }) => sum + nodes.length, 0),
      folds: folding.folds.length,
      by: folding.by,
    },
    ...(way && { way }),
  };
}

/** Where each node stands: on the side on which it is nearer. */
function toColumns(followed: Record<Direction, Followed>, side: ExplorerState['side']): Map<number, number> {
  const columns = new Map<number, number>();
  for (const direction of directions)
    for (const [node, { distance }] of followed[direction]) {
      if (distance > 0 && side !== 'both' && side !== direction) continue;
      const known = columns.get(node);
      if (known === undefined || distance < Math.abs(known)) columns.set(node, signs[direction] * distance);
    }
  return columns;
}

function toReadableDepth(columns: ReadonlyMap<number, number>): Depth {
  const distances = [...columns.values()].map(Math.abs);
  if (distances.length <= limits.readable) return 'all';
  let depth = 1;
  while (depth < limits.depth && distances.filter((distance) => distance <= depth + 1).length <= limits.readable)
    depth += 1;
  return ([1, 2, 3, 4, 5, 6] as const).find((known) => known === depth) ?? 1;
}

function toDrawn(
  { graph }: Network,
  { single, folds }: Folding,
  starts: ReadonlySet<number>,
  followed: Record<Direction, Followed>,
): Pick<Selection, 'nodes' | 'edges'> {
  const ids = new Map<number, string>();
  for (const { node } of single) ids.set(node, graph.refs[node] ?? '');
  for (const { id, nodes } of folds) for (const node of nodes) ids.set(node, id);
  const edges = new Map<string, { from: string; to: string; count: number; types: DependenceType[] }>();
  for (const [node, from] of ids)
    for (const { to: end, type } of listEdges(graph.needs, node)) {
      const to = ids.get(end);
      if (to === undefined || to === from) continue;
      const edge = edges.get(`${from}\n${to}`) ?? { from, to, count: 0, types: [] };
      edge.count += 1;
      if (!edge.types.includes(type)) edge.types.push(type);
      edges.set(`${from}\n${to}`, edge);
    }
  const inside = single.filter(({ node }) => starts.has(node)).map(({ node }) => node);
  const ranks = rankInside(graph, inside);
  const last = Math.max(0, ...ranks.values());
  const nodes = single.map(({ node, column }): Selected => {
    const isStart = starts.has(node) && followed.needs.has(node);
    const id = graph.refs[node] ?? '';
    return { id, ref: id, rank: ranks.get(node) ?? (column > 0 ? column + last : column), isCentre: isStart };
  });
  const folded = folds.map(
    (fold): Selected => ({
      id: fold.id,
      rank: fold.column > 0 ? fold.column + last : fold.column,
      isCentre: false,
      fold,
    }),
  );
  return { nodes: [...nodes, ...folded], edges: [...edges.values()] };
}

/** Columns for the nodes of a centre that is several things. */
function rankInside(graph: Network['graph'], inside: readonly number[]): Map<number, number> {
  const places = new Map(inside.map((node, place) => [node, place]));
  const edges = inside.flatMap((node, from) =>
    listEdges(graph.needs, node).flatMap(({ to }): [number, number][] => {
      const place = places.get(to);
      return place === undefined ? [] : [[from, place]];
    }),
  );
  const ranks = rankNodes(inside.length, edges);
  const first = Math.min(0, ...ranks);
  return new Map(inside.map((node, place) => [node, (ranks[place] ?? 0) - first]));
}
