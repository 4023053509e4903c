import { type DependenceType, dependenceTypes, type GraphFile, type GraphFileNode } from '#model/graph.ts';
import { toRef } from '#model/ref.ts';
import { type Network, toNetwork } from './network.ts';
import type { ExplorerState } from './state.ts';

/** A reference as tests write it: `a` is the component `a`, `api:a` is an API. */
export const toRefText = (name: string): string =>
  name.includes(':') ? name.replace(':', ':default/') : `component:default/${name}`;

/** A graph file of edges as tests write them, `a > b` for dependence and `a >> api:b` for consuming an API. */
export function toFile(lines: readonly string[], known: Record<string, Partial<GraphFileNode>> = {}): GraphFile {
  const edges = lines.map((line): [string, string, DependenceType] => {
    const [from = '', arrow, to = ''] = line.split(' ');
    const type = arrow === '>>' ? 'consumesApi' : from.startsWith('api:') ? 'providesApi' : 'dependsOn';
    return [toRefText(from), toRefText(to), type];
  });
  const refs = [
    ...new Set([...edges.flatMap(([from, to]) => [from].concat(to)), ...Object.keys(known).map(toRefText)]),
  ];
  return {
    version: 1,
    nodes: refs.map((ref) => ({ ref, label: toRef(ref).name, ...known[toRef(ref).name] })),
    types: dependenceTypes,
    edges: edges.map(([from, to, type]) => [refs.indexOf(from), refs.indexOf(to), dependenceTypes.indexOf(type)]),
    left: { dependents: 0, needs: 0 },
  };
}

/** The network of such a file. */
export const network = (lines: readonly string[], known?: Record<string, Partial<GraphFileNode>>): Network =>
  toNetwork(toFile(lines, known));

/** A state in which nothing is chosen but the centre and what a test says. */
export const stateOf = (centre: string, chosen: Partial<ExplorerState> = {}): ExplorerState => ({
  centre: toRefText(centre),
  side: 'both',
  hiddenKinds: [],
  hiddenTypes: [],
  colouring: 'none',
  open: [],
  ...chosen,
});
