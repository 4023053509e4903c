import { dependenceTypes, type GraphFile } from '#model/graph.ts';
import { toMermaid } from '#model/graph-mermaid.ts';
import type { Network } from './network.ts';
import type { DrawnNode } from './node-words.ts';
import type { Selection } from './select.ts';

/** What is shown as a graph file; folds are counted as left. */
export function toShownFile(network: Network, { nodes, edges }: Selection): GraphFile {
  const refs = nodes.flatMap(({ ref }) => ref ?? []);
  const places = new Map(refs.map((ref, place) => [ref, place]));
  const countFolded = (isLeft: boolean) =>
    nodes.reduce((sum, { fold, rank }) => sum + (fold && rank < 0 === isLeft ? fold.nodes.length : 0), 0);
  return {
    version: 1,
    nodes: refs.map((ref) => network.nodes.get(ref) ?? { ref, label: ref }),
    types: dependenceTypes,
    edges: edges.flatMap(({ from, to, types }): GraphFile['edges'] => {
      const [start, end] = [places.get(from), places.get(to)];
      if (start === undefined || end === undefined) return [];
      return types.map((type) => [start, end, dependenceTypes.indexOf(type)]);
    }),
    left: { dependents: countFolded(true), needs: countFolded(false) },
  };
}

/** What is shown as the text of a Mermaid flowchart. */
export function toShownMermaid(nodes: readonly DrawnNode[], { edges }: Selection): string {
  return toMermaid({ nodes, edges, boxes: [] });
}
