import {
  type Direction,
  dependenceTypes,
  type GraphFile,
  type GraphFileNode,
  listEdges,
  type Reaches,
} from '#model/graph.ts';
import type { RefText } from '#model/ref.ts';
import type { Lookup } from '../lookup.ts';
import type { GraphSources } from './around.ts';
import { findTarget } from './estate.ts';

/** A file beside a page holds all nodes up to `whole`, and of more the nearest; those of all entities are in one file of their own. */
const limits = { whole: 250, part: 60 };

/** The nearest nodes around one, for a program that draws them. */
export function toGraphFile(sources: GraphSources, start: number, reaches: Reaches): GraphFile {
  const near = { dependents: reaches.dependents.order, needs: reaches.needs.order };
  const far = (node: number, direction: Direction) => reaches[direction].distances[node] ?? -1;
  const toDistance = (node: number) =>
    Math.min(...[far(node, 'dependents'), far(node, 'needs')].filter((distance) => distance >= 0));
  const room = near.dependents.length + near.needs.length <= limits.whole ? limits.whole : limits.part;
  const all = new Set([...near.dependents.subarray(0, room), ...near.needs.subarray(0, room)]);
  const nearest = [...all].toSorted((a, b) => toDistance(a) - toDistance(b) || a - b).slice(0, room);
  const nodes = [start, ...nearest];
  const countLeft = (direction: Direction) =>
    near[direction].length - nearest.filter((node) => far(node, direction) > 0).length;
  return {
    version: 1,
    nodes: nodes.map((node) => ({
      ...toFileNode(sources, node),
      ...(node !== start && far(node, 'dependents') > 0 && { dependents: far(node, 'dependents') }),
      ...(node !== start && far(node, 'needs') > 0 && { needs: far(node, 'needs') }),
    })),
    types: dependenceTypes,
    edges: listFileEdges(sources, nodes),
    left: { dependents: countLeft('dependents'), needs: countLeft('needs') },
    others: listOthers(sources, nodes),
  };
}

/** Everything that depends on anything, in one file of the same shape. */
export function toWholeGraphFile(sources: GraphSources): GraphFile {
  const nodes = [...sources.estate.graph.refs.keys()];
  return {
    version: 1,
    nodes: nodes.map((node) => toFileNode(sources, node)),
    types: dependenceTypes,
    edges: listFileEdges(sources, nodes),
    left: { dependents: 0, needs: 0 },
    others: listOthers(sources, nodes),
  };
}

/** Owners, systems and domains of nodes, and what those are parts of. */
function listOthers({ lookup, estate: { graph } }: GraphSources, nodes: readonly number[]): GraphFileNode[] {
  const known = new Set(nodes.map((node) => graph.refs[node] ?? ''));
  const found = new Set<RefText>();
  const owners = nodes.flatMap((node) => lookup.toLine(graph.refs[node] ?? '').owner?.ref ?? []);
  for (const owner of owners) if (!known.has(owner)) found.add(owner);
  for (const ref of known)
    for (let [at, steps] = [findPartOf(lookup, ref), 0]; at !== undefined && steps < farthest; steps += 1) {
      if (!known.has(at)) found.add(at);
      at = findPartOf(lookup, at);
    }
  return [...found].toSorted().map((ref) => {
    const { label, absent } = lookup.toLine(ref);
    const partOf = findPartOf(lookup, ref);
    return { ref, label, ...(partOf !== undefined && { partOf }), ...(absent && { absent }) };
  });
}

/** A part of a part is followed so far, whatever circles files may write. */
const farthest = 6;

function findPartOf({ catalog }: Lookup, ref: RefText): RefText | undefined {
  const entry = catalog.entities.get(ref);
  return entry && (findTarget(entry, 'partOf', 'system') ?? findTarget(entry, 'partOf'));
}

function listFileEdges({ estate: { graph } }: GraphSources, nodes: readonly number[]): GraphFile['edges'] {
  const places = new Map(nodes.map((node, place) => [node, place]));
  return nodes.flatMap((node, from) =>
    listEdges(graph.needs, node).flatMap(({ to, type }): GraphFile['edges'] => {
      const place = places.get(to);
      return place === undefined ? [] : [[from, place, dependenceTypes.indexOf(type)]];
    }),
  );
}

function toFileNode({ lookup, estate }: GraphSources, node: number): GraphFileNode {
  const ref = estate.graph.refs[node] ?? '';
  const { label, type, lifecycle, owner, absent } = lookup.toLine(ref);
  const partOf = findPartOf(lookup, ref);
  return {
    ref,
    label,
    ...(type !== undefined && { type }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(owner && { owner: owner.ref }),
    ...(partOf !== undefined && { partOf }),
    ...(absent && { absent }),
  };
}
