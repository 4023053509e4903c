import { rankNodes } from '#model/graph-layout/rank.ts';
import { type RefText, toRef } from '#model/ref.ts';
import type { Lookup } from '../lookup.ts';
import { type GraphSources, toFoldNode } from './around.ts';
import { findTarget } from './estate.ts';
import { countFlows, type Flow } from './flows.ts';
import { type Draft, type DraftNode, toDraftNode } from './picture.ts';

/** The most that is drawn inside the frame, and on each side of it. */
const limits = { inside: 24, outside: 9 };

/** What is in a system or a domain, and what crosses its border. */
export type Structure = { draft: Draft; flows: Flow[]; inside: number };

/** Kinds whose pages draw what is in them, and what a part of something else is counted as there. */
const wholes: Record<string, ToWhole> = {
  system: (_lookup, ref) => ref,
  domain: (lookup, ref) => findSystem(lookup, ref) ?? ref,
};

/** The structure of a system or a domain; nothing for anything else, and where nothing in it depends on anything. */
export function findStructure(sources: GraphSources, ref: RefText): Structure | undefined {
  const toWhole = wholes[toRef(ref).kind];
  if (!toWhole) return undefined;
  const { structures } = sources.estate;
  if (!structures.has(ref)) structures.set(ref, toStructure(sources, ref, toWhole));
  return structures.get(ref);
}

type ToWhole = (lookup: Lookup, ref: RefText) => RefText;

function toStructure({ lookup, estate }: GraphSources, ref: RefText, toWhole: ToWhole): Structure | undefined {
  const parts = listParts(lookup, ref);
  const nodes = [...parts].flatMap((part) => estate.graph.numbers.get(part) ?? []);
  const toUnit = (node: number) => toWhole(lookup, estate.graph.refs[node] ?? '');
  const flows = countFlows(estate, nodes, toUnit);
  if (flows.length === 0) return undefined;
  const inside = new Set([...parts].map((part) => toWhole(lookup, part)).filter((unit) => unit !== ref));
  return { draft: toDraft(lookup, ref, inside, flows), flows, inside: inside.size };
}

/** The system that an entity is a part of; of a part of a component, that of the component. */
export function findSystem(lookup: Lookup, ref: RefText): RefText | undefined {
  for (let [at, steps] = [lookup.catalog.entities.get(ref), 0]; at && steps < 5; steps += 1) {
    if (toRef(at.ref).kind === 'system') return at.ref;
    const above = findTarget(at, 'partOf', 'system') ?? findTarget(at, 'partOf', 'component');
    at = above === undefined ? undefined : lookup.catalog.entities.get(above);
  }
  return undefined;
}

/** Everything that is a part of something, and the parts of those parts. */
function listParts({ catalog }: Lookup, ref: RefText): Set<RefText> {
  const parts = new Set([ref]);
  for (const part of parts)
    for (const { type, target } of catalog.entities.get(part)?.relations ?? [])
      if (type === 'hasPart') parts.add(target);
  parts.delete(ref);
  return parts;
}

function toDraft(lookup: Lookup, ref: RefText, parts: ReadonlySet<RefText>, flows: readonly Flow[]): Draft {
  const inside = foldInside(parts, flows);
  const sides = foldOutside(lookup, parts, flows);
  const toId = (unit: RefText) => inside.get(unit) ?? sides.get(unit)?.id ?? unit;
  const edges = joinEdges(flows.map(({ from, to, count }) => ({ from: toId(from), to: toId(to), count })));
  const ids = [...new Set(inside.values())];
  const places = new Map(ids.map((id, place) => [id, place]));
  const among = edges.flatMap(({ from, to }): [number, number][] => {
    const [start, end] = [places.get(from), places.get(to)];
    return start === undefined || end === undefined ? [] : [[start, end]];
  });
  const ranks = rankNodes(ids.length, among);
  const [first, last] = [Math.min(0, ...ranks), Math.max(0, ...ranks)];
  const hidden = [...inside.values()].filter((id) => id === restInside).length;
  const nodes = ids.map((id, at): DraftNode => {
    const rank = ranks[at] ?? 0;
    const drawn = id === restInside ? toRest(lookup, rank, hidden) : toDraftNode(lookup, id, rank);
    return { ...drawn, box: ref };
  });
  const outside = new Map([...sides.values()].map((side) => [side.id, side]));
  for (const { id, isBefore, count, of } of outside.values()) {
    const rank = isBefore ? first - 1 : last + 1;
    nodes.push(count === 1 ? toDraftNode(lookup, id, rank) : toOutsideFold(lookup, { id, rank, count, of }));
  }
  const { label } = lookup.toLink(ref);
  return { nodes, edges, boxes: [{ id: ref, label }] };
}

const restInside = 'more inside';

const toRest = (lookup: Lookup, rank: number, count: number): DraftNode => ({
  ...toFoldNode(lookup, { id: restInside, rank, count }),
  note: 'inside',
});

function toOutsideFold(lookup: Lookup, fold: Parameters<typeof toFoldNode>[1]): DraftNode {
  const node = toFoldNode(lookup, fold);
  const name = `${fold.count.toLocaleString('en-US')} ${fold.of === undefined ? 'more' : 'things'}`;
  return { ...node, name, ...(fold.of === undefined && { note: 'outside' }) };
}

/** What each part is drawn as: itself, as long as there is room for it. */
function foldInside(parts: ReadonlySet<RefText>, flows: readonly Flow[]): Map<RefText, string> {
  const busy = new Map<RefText, number>();
  for (const { from, to, count } of flows) for (const end of [from, to]) busy.set(end, (busy.get(end) ?? 0) + count);
  const sorted = [...parts].toSorted((a, b) => (busy.get(b) ?? 0) - (busy.get(a) ?? 0) || (a < b ? -1 : 1));
  const room = sorted.length > limits.inside ? limits.inside - 1 : limits.inside;
  const shown = new Set(sorted.slice(0, room));
  return new Map([...parts].toSorted().map((part) => [part, shown.has(part) ? part : restInside]));
}

type Side = { id: string; isBefore: boolean; count: number; of?: RefText | undefined };

/** What each thing outside is drawn as: itself if there is room on its side, else its system or owner, else the rest. */
function foldOutside(lookup: Lookup, parts: ReadonlySet<RefText>, flows: readonly Flow[]): Map<RefText, Side> {
  const sides = new Map<RefText, boolean>();
  for (const { from, to } of flows) {
    if (!parts.has(from)) sides.set(from, true);
    if (!parts.has(to) && !sides.has(to)) sides.set(to, false);
  }
  return new Map([true, false].flatMap((isBefore) => [...foldSide(lookup, sides, isBefore)]));
}

function foldSide(lookup: Lookup, sides: ReadonlyMap<RefText, boolean>, isBefore: boolean): Map<RefText, Side> {
  const units = [...sides].filter(([, side]) => side === isBefore).map(([unit]) => unit);
  if (units.length <= limits.outside) return new Map(units.map((id) => [id, { id, isBefore, count: 1 }]));
  const groups = Map.groupBy(units, (unit) => findSystem(lookup, unit) ?? lookup.toLine(unit).owner?.ref ?? '');
  const sorted = [...groups].toSorted(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  const named = sorted.filter(([whole]) => whole !== '').slice(0, limits.outside - 1);
  const rest = sorted.filter((group) => !named.includes(group)).flatMap(([, group]) => group);
  const toSides = (group: readonly RefText[], id: string, of?: RefText) =>
    group.map((unit): [RefText, Side] => [
      unit,
      group.length === 1 ? { id: unit, isBefore, count: 1 } : { id, isBefore, count: group.length, of },
    ]);
  return new Map([
    ...named.flatMap(([whole, group]) => toSides(group, `${isBefore ? 'from' : 'to'} ${whole}`, whole)),
    ...toSides(rest, `${isBefore ? 'from' : 'to'} the rest`),
  ]);
}

/** Edges with the same ends as one. */
function joinEdges(edges: readonly { from: string; to: string; count: number }[]): Draft['edges'] {
  const joined = new Map<string, { from: string; to: string; count: number }>();
  for (const { from, to, count } of edges) {
    if (from === to) continue;
    const key = `${from}\n${to}`;
    joined.set(key, { from, to, count: count + (joined.get(key)?.count ?? 0) });
  }
  return [...joined.values()];
}
