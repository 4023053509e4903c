import {
  createGraph,
  type Graph,
  type GraphFile,
  type GraphFileNode,
  listEdges,
  listFileDependences,
  listReached,
  type Reached,
} from './graph.ts';
import { type RefText, toRef } from './ref.ts';

/** Something that is hit when another thing is down: how far away, where an API between two is no step of its own, by way of what, and what both use. */
export type BlastHit = { node: GraphFileNode; distance: number; through: GraphFileNode[]; shared: GraphFileNode[] };

/** An owner whose things are hit. */
export type BlastOwner = { owner?: GraphFileNode; hits: BlastHit[] };

/** Everything that is hit when a thing is down, counted and by owner. */
export type BlastReport = {
  of: GraphFileNode;
  total: number;
  direct: number;
  teams: number;
  tiers: { tier: number; count: number }[];
  apis: { count: number };
  owners: BlastOwner[];
};

const isOf = (kind: string, { ref }: Pick<GraphFileNode, 'ref'>) => toRef(ref).kind === kind;

/** Finds it in the graph of everything; nothing where the graph does not know the thing. */
export function findBlastReport(file: GraphFile, of: RefText): BlastReport | undefined {
  const known = new Map([...(file.others ?? []), ...file.nodes].map((node) => [node.ref, node]));
  const toNode = (ref: RefText): GraphFileNode => known.get(ref) ?? { ref, label: toRef(ref).name };
  const graph = createGraph(
    file.nodes.map(({ ref }) => ref),
    listFileDependences(file),
  );
  if (!graph.numbers.has(of)) return undefined;
  const reached = listReached(graph, of, 'dependents');
  const things = reached.filter((each) => !isOf('api', each));
  const own = listResources(graph, of);
  const hits = things.map((each) =>
    toHit(each, toNode, () => listResources(graph, each.ref).filter((ref) => own.includes(ref))),
  );
  const owners = toOwners(hits, toNode);
  return {
    of: toNode(of),
    total: hits.length,
    direct: hits.filter(({ distance }) => distance === 1).length,
    teams: owners.filter(({ owner }) => owner).length,
    tiers: countTiers(hits),
    apis: { count: reached.length - hits.length },
    owners,
  };
}

/** The resources that a thing uses itself. */
function listResources(graph: Graph, ref: RefText): RefText[] {
  const needed = listEdges(graph.needs, graph.numbers.get(ref) ?? -1).map(({ to }) => graph.refs[to] ?? '');
  return [...new Set(needed)].filter((each) => isOf('resource', { ref: each }));
}

function toHit(
  { ref, through }: Reached,
  toNode: (ref: RefText) => GraphFileNode,
  listShared: () => RefText[],
): BlastHit {
  const ways = through.map(toNode);
  return {
    node: toNode(ref),
    distance: 1 + ways.filter((way) => !isOf('api', way)).length,
    through: ways,
    shared: listShared().map(toNode),
  };
}

function toOwners(hits: readonly BlastHit[], toNode: (ref: RefText) => GraphFileNode): BlastOwner[] {
  const groups = Map.groupBy(hits, ({ node }) => node.owner);
  const owners = [...groups].map(([ref, of]) => ({ ...(ref !== undefined && { owner: toNode(ref) }), hits: of }));
  const toKey = ({ owner }: BlastOwner) => owner?.label ?? '';
  return owners.toSorted(
    (a, b) => Number(!a.owner) - Number(!b.owner) || b.hits.length - a.hits.length || (toKey(a) < toKey(b) ? -1 : 1),
  );
}

function countTiers(hits: readonly BlastHit[]): BlastReport['tiers'] {
  const tiers = hits.flatMap(({ node }) => node.tier ?? []).toSorted((a, b) => a - b);
  return [...Map.groupBy(tiers, (tier) => tier)].map(([tier, all]) => ({ tier, count: all.length }));
}
