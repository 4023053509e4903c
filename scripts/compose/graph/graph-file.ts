import { dependenceTypes, type GraphFile, type GraphFileNode, listEdges } from '#model/graph.ts';
import type { RefText } from '#model/ref.ts';
import { toContacts } from '../contacts.ts';
import type { Lookup } from '../lookup.ts';
import type { GraphSources } from './around.ts';
import { findTarget } from './estate.ts';

/** Everything that depends on anything, for whatever draws it or counts it. */
export function toGraphFile(sources: GraphSources): GraphFile {
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
  const owning = new Set(owners);
  for (const owner of owners) if (!known.has(owner)) found.add(owner);
  for (const ref of known)
    for (let [at, steps] = [findPartOf(lookup, ref), 0]; at !== undefined && steps < farthest; steps += 1) {
      if (!known.has(at)) found.add(at);
      at = findPartOf(lookup, at);
    }
  return [...found].toSorted().map((ref) => {
    const { label, absent } = lookup.toLine(ref);
    const partOf = findPartOf(lookup, ref);
    const contacts = toContacts(lookup.catalog.entities.get(ref)).map(({ url, title }) => ({ url, title }));
    return {
      ref,
      label,
      ...(partOf !== undefined && { partOf }),
      ...(absent && { absent }),
      ...(contacts.length > 0 && owning.has(ref) && { contacts }),
    };
  });
}

/** A part of a part is followed so far, whatever circles files may write. */
const farthest = 6;

function findPartOf({ catalog }: Lookup, ref: RefText): RefText | undefined {
  const entry = catalog.entities.get(ref);
  return entry && (findTarget(entry, 'partOf', 'system') ?? findTarget(entry, 'partOf'));
}

function listFileEdges({ estate: { graph } }: GraphSources, nodes: readonly number[]): GraphFile['edges'] {
  return nodes.flatMap((from) =>
    listEdges(graph.needs, from).map(({ to, type }): GraphFile['edges'][number] => [
      from,
      to,
      dependenceTypes.indexOf(type),
    ]),
  );
}

function toFileNode({ lookup, estate }: GraphSources, node: number): GraphFileNode {
  const ref = estate.graph.refs[node] ?? '';
  const { label, type, lifecycle, owner, absent } = lookup.toLine(ref);
  const partOf = findPartOf(lookup, ref);
  const tier = estate.tiers[node] ?? 0;
  return {
    ref,
    label,
    ...(type !== undefined && { type }),
    ...(lifecycle !== undefined && { lifecycle }),
    ...(owner && { owner: owner.ref }),
    ...(partOf !== undefined && { partOf }),
    ...(tier > 0 && { tier }),
    ...(absent && { absent }),
  };
}
