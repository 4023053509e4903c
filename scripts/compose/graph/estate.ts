import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { createGraph, createReachBoth, type Graph, type Reaches, toDependences } from '#model/graph.ts';
import { findOwner } from '#model/ownership.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { RelationType } from '#model/relations.ts';
import type { Structure } from './structure.ts';
import type { Survey } from './survey.ts';

/** Who depends on whom in a catalog, with what is counted of each node, worked out once. */
export type Estate = {
  graph: Graph;
  /** Follows the graph from a node; what was found holds until the next time. */
  reachBoth: (start: number, farthest?: number) => Reaches;
  /** What was found around nodes already. */
  surveys: Map<number, Survey>;
  /** What was found inside of systems and domains already, and that there was nothing. */
  structures: Map<RefText, Structure | undefined>;
  /** The owner of each node, as a place in `ownerRefs`; -1 for nobody. */
  owners: Int32Array;
  ownerRefs: readonly RefText[];
  /** The system of each node, or else its owner, as a place in `wholeRefs`; -1 for neither. */
  wholes: Int32Array;
  wholeRefs: readonly RefText[];
  /** The tier of each node; 0 for none. */
  tiers: Uint8Array;
  /** Whether a node is an API: a way from one thing to another, not a thing that runs. */
  isApi: Uint8Array;
};

/** Works it out. */
export function toEstate(catalog: Catalog): Estate {
  const dependences = [...catalog.entities.values()].flatMap(({ relations }) => toDependences(relations));
  const graph = createGraph(
    dependences.flatMap(({ from, to }) => [from, to]),
    dependences,
  );
  const entries = graph.refs.map((ref) => catalog.entities.get(ref));
  const owners = toNumbers(entries.map((entry) => entry && findOwner(entry)));
  const wholes = toNumbers(entries.map((entry) => entry && findWhole(entry)));
  return {
    graph,
    reachBoth: createReachBoth(graph),
    surveys: new Map(),
    structures: new Map(),
    owners: owners.numbers,
    ownerRefs: owners.refs,
    wholes: wholes.numbers,
    wholeRefs: wholes.refs,
    tiers: Uint8Array.from(entries, (entry) => (entry && findTier(entry)) ?? 0),
    isApi: Uint8Array.from(graph.refs, (ref) => (toRef(ref).kind === 'api' ? 1 : 0)),
  };
}

function toNumbers(found: readonly (RefText | undefined)[]): { numbers: Int32Array; refs: RefText[] } {
  const refs = [...new Set(found.filter((ref) => ref !== undefined))];
  const places = new Map(refs.map((ref, place) => [ref, place]));
  return { refs, numbers: Int32Array.from(found, (ref) => (ref === undefined ? -1 : (places.get(ref) ?? -1))) };
}

/** The first thing that an entity is related to in one way. */
export function findTarget({ relations }: CatalogEntity, wanted: RelationType, kind?: string): RefText | undefined {
  return relations.find(({ type, target }) => type === wanted && (!kind || toRef(target).kind === kind))?.target;
}

/** What an entity is counted under where it is not drawn itself: its system, or else its owner. */
function findWhole(entry: CatalogEntity): RefText | undefined {
  return findTarget(entry, 'partOf', 'system') ?? findOwner(entry);
}

const tierKey = /(^|[/.-])tier$/;

/**
 * The tier that an entity says it is of: a label or an annotation whose key ends in `tier`, or a tag like `tier-1`. Of
 * several the most important counts; nothing is guessed.
 */
export function findTier({ entity: { metadata } }: CatalogEntity): number | undefined {
  const keyed = [...Object.entries(metadata.labels ?? {}), ...Object.entries(metadata.annotations ?? {})];
  const said = keyed
    .filter(([key]) => tierKey.test(key))
    .map(([, value]) => /^(?:tier[-_ ]?)?([1-9])$/i.exec(value)?.[1]);
  const tagged = (metadata.tags ?? []).map((tag) => /^tier[-:]?([1-9])$/.exec(tag)?.[1]);
  const tiers = [...said, ...tagged].filter((tier) => tier !== undefined).map(Number);
  return tiers.length === 0 ? undefined : Math.min(...tiers);
}
