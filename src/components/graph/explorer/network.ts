import {
  createGraph,
  type Dependence,
  type Graph,
  type GraphFile,
  type GraphFileNode,
  listDependences,
  listEdges,
} from '#model/graph.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { ExplorerState } from './state.ts';

/** A graph with what is known of its nodes, and of what owns or holds them. */
export type Network = { graph: Graph; nodes: ReadonlyMap<RefText, GraphFileNode> };

/** Whether something is a graph file, as far as a page relies on it. */
export function isGraphFile(value: unknown): value is GraphFile {
  if (typeof value !== 'object' || value === null) return false;
  const { version, nodes, edges, types } = value as Record<keyof GraphFile, unknown>;
  return version === 1 && [nodes, edges, types].every(Array.isArray);
}

/** Makes a network of a graph file. */
export function toNetwork({ nodes, types, edges, others = [] }: GraphFile): Network {
  const dependences = edges.flatMap(([from, to, type]): Dependence[] => {
    const [source, target, name] = [nodes[from]?.ref, nodes[to]?.ref, types[type]];
    return source !== undefined && target !== undefined && name ? [{ from: source, to: target, type: name }] : [];
  });
  return {
    graph: createGraph(
      nodes.map(({ ref }) => ref),
      dependences,
    ),
    nodes: new Map([...others, ...nodes].map((node) => [node.ref, node])),
  };
}

/** What something is called: its name where nothing more is known of it. */
export function toLabel({ nodes }: Network, ref: RefText): string {
  return nodes.get(ref)?.label ?? toRef(ref).name;
}

/** The nodes that a graph is centred on: the thing itself, and all that is in it. */
export function listStarts({ graph, nodes }: Network, centre: RefText): number[] {
  const isInside = (ref: RefText) => {
    let at: RefText | undefined = ref;
    for (let steps = 0; at !== undefined && steps < 6; steps += 1) {
      if (at === centre) return true;
      at = nodes.get(at)?.partOf;
    }
    return false;
  };
  const { kind } = toRef(centre);
  if (kind !== 'system' && kind !== 'domain') return [graph.numbers.get(centre) ?? []].flat();
  return [...graph.refs.keys()].filter((node) => isInside(graph.refs[node] ?? ''));
}

type Hidden = Pick<ExplorerState, 'centre' | 'hiddenKinds' | 'hiddenTypes'>;

/** A network without the kinds and relations that are not to be seen; where an API is not, its consumers lead to its providers. */
export function toVisible(network: Network, { centre, hiddenKinds, hiddenTypes }: Hidden): Network {
  if (hiddenKinds.length === 0 && hiddenTypes.length === 0) return network;
  const { graph, nodes } = network;
  const isSeen = (ref: RefText) => ref === centre || !hiddenKinds.includes(toRef(ref).kind);
  const isShown = ({ type }: Pick<Dependence, 'type'>) => !hiddenTypes.includes(type);
  const ways = [...graph.refs.entries()].flatMap(([node, ref]): Dependence[] => {
    if (isSeen(ref) || toRef(ref).kind !== 'api') return [];
    const list = (direction: 'needs' | 'dependents') => listEdges(graph[direction], node).filter(isShown);
    return list('dependents').flatMap(({ to: from, type }) =>
      list('needs').map(({ to }) => ({ from: graph.refs[from] ?? '', to: graph.refs[to] ?? '', type })),
    );
  });
  const all = [...listDependences(graph), ...ways].filter(
    (each) => isShown(each) && isSeen(each.from) && isSeen(each.to) && each.from !== each.to,
  );
  return { graph: createGraph(graph.refs.filter(isSeen), all), nodes };
}
