import type { LayoutNode } from '#model/graph-layout/define.ts';
import { layOut } from '#model/graph-layout/layout.ts';
import { rankNodes } from '#model/graph-layout/rank.ts';
import { toMermaid } from '#model/graph-mermaid.ts';
import type { GraphPicture, LandscapePage, PictureBox, PictureEdge, PictureNode } from '#model/pages/graph-page.ts';
import type { RefText } from '#model/ref.ts';
import type { Lookup } from '../lookup.ts';
import type { GraphSources } from './around.ts';
import { findTarget } from './estate.ts';
import { countFlows, type Flow, toFlowRows } from './flows.ts';
import { type Draft, type DraftNode, toDraftNode, toFramed, toPicture, toWeight } from './picture.ts';
import { findSystem } from './structure.ts';

export const landscapePath = '/landscape/';
const mermaidPath = `${landscapePath}landscape.mmd`;

/** As many systems as can be told apart in one picture; of more, the domains alone are drawn. */
const drawnSystems = 48;
const drawnDomains = 40;
const listedFlows = 200;
const row = 42;
const head = 34;
const card = 220;
const roomForNumbers = 150;

const noDomain = 'no domain';

/** All domains and systems, and how much runs between them. */
export function toLandscapePage(sources: GraphSources): LandscapePage {
  const { lookup, estate } = sources;
  const { draft, flows, picture } = drawLandscape(sources);
  const systems = listSystems(lookup);
  const inside = estate.graph.refs.filter((ref) => findSystem(lookup, ref) !== undefined).length;
  const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
  return {
    ...(draft.nodes.length > 0 && { picture }),
    flows: toFlowRows(lookup, flows, listedFlows),
    leftFlows: Math.max(0, flows.length - listedFlows),
    summary: `${count(systems.length, 'system', 'systems')}; a number, and the thickness of an arrow, says how many dependences run that way among the ${inside.toLocaleString('en-US')} things in them that depend on anything.`,
    files: { mermaid: mermaidPath },
  };
}

/** The same as text for Mermaid. */
export function toLandscapeFile(sources: GraphSources): { path: string; text: string } {
  return { path: mermaidPath, text: toMermaid(drawLandscape(sources).draft) };
}

const listSystems = ({ catalog }: Lookup): RefText[] =>
  [...catalog.entities.keys()].filter((ref) => ref.startsWith('system:'));

function findDomain({ catalog }: Lookup, system: RefText): RefText {
  const entry = catalog.entities.get(system);
  return (entry && findTarget(entry, 'partOf', 'domain')) ?? noDomain;
}

function drawLandscape({ lookup, estate }: GraphSources): { draft: Draft; flows: Flow[]; picture: GraphPicture } {
  const systems = listSystems(lookup);
  const units = estate.graph.refs.map((ref) => findSystem(lookup, ref));
  const flows = countFlows(estate, estate.graph.refs.keys(), (node) => units[node]);
  if (systems.length <= drawnSystems) {
    const draft = draftSystems(lookup, systems, flows);
    return { draft, flows, picture: toCards(draft) };
  }
  const draft = draftDomains(lookup, systems, flows);
  return { draft, flows, picture: toPicture(draft) };
}

function draftSystems(lookup: Lookup, systems: readonly RefText[], flows: readonly Flow[]): Draft {
  const domains = [...new Set(systems.map((system) => findDomain(lookup, system)))].toSorted(
    (a, b) => Number(a === noDomain) - Number(b === noDomain) || (a < b ? -1 : 1),
  );
  const places = new Map(domains.map((domain, place) => [domain, place]));
  const placeOf = (system: RefText) => places.get(findDomain(lookup, system)) ?? 0;
  const ranks = rankNodes(
    domains.length,
    flows.map(({ from, to }) => [placeOf(from), placeOf(to)] as const),
  );
  const nodes = systems.map((system): DraftNode => {
    const { note: _note, ...node } = toDraftNode(lookup, system, ranks[placeOf(system)] ?? 0);
    return { ...node, note: lookup.toLine(system).owner?.label ?? '', box: findDomain(lookup, system) };
  });
  const boxes = domains.map((id) => {
    if (id === noDomain) return { id, label: 'In no domain' };
    const { label, path } = lookup.toLink(id);
    return { id, label, ...(path !== undefined && { path }) };
  });
  return { nodes, edges: flows.map((flow) => ({ ...flow })), boxes };
}

/** Domains as cards with their systems as rows, and edges from row to row. */
function toCards(draft: Draft): GraphPicture {
  const rows = Map.groupBy(draft.nodes, ({ box = '' }) => box);
  const boxOf = new Map(draft.nodes.map(({ id, box = '' }) => [id, box]));
  const toHeight = (box: string) => head + (rows.get(box)?.length ?? 0) * row;
  const cards = draft.boxes.map(
    ({ id }): LayoutNode => ({ id, width: card, height: toHeight(id), rank: rows.get(id)?.[0]?.rank ?? 0 }),
  );
  const toOffset = (id: string) => {
    const box = boxOf.get(id) ?? '';
    const at = rows.get(box)?.findIndex((node) => node.id === id) ?? 0;
    return head + (at + 0.5) * row - toHeight(box) / 2;
  };
  const laid = layOut(
    cards,
    draft.edges.map(({ from, to }) => ({
      from: boxOf.get(from) ?? '',
      to: boxOf.get(to) ?? '',
      leaves: toOffset(from),
      arrives: toOffset(to),
    })),
    roomForNumbers,
  );
  const boxes = draft.boxes.map(({ id, ...box }): PictureBox => {
    const place = laid.places.get(id) ?? { x: 0, y: 0 };
    return { ...box, ...place, width: card, height: toHeight(id) };
  });
  const nodes = draft.boxes.flatMap(({ id: box }, at): PictureNode[] =>
    (rows.get(box) ?? []).map(({ id: _id, ref: _ref, rank: _rank, box: _box, name, ...node }, place) => ({
      ...node,
      ...(name.length > 24 ? { label: `${name.slice(0, 23)}…`, name } : { label: name }),
      x: boxes[at]?.x ?? 0,
      y: (boxes[at]?.y ?? 0) + head + place * row,
      width: card,
      height: row,
    })),
  );
  const most = Math.max(...draft.edges.map(({ count = 1 }) => count));
  const edges = draft.edges.map(({ count = 1 }, at): PictureEdge => {
    const { d = '', middle = { x: 0, y: 0 } } = laid.paths[at] ?? {};
    const label = count > 1 && { label: { ...middle, text: count.toLocaleString('en-US') } };
    return { d, ...label, weight: toWeight(count, most) };
  });
  return toFramed({ width: laid.width, height: laid.height, boxes, nodes, edges });
}

/** The domains alone, those that most runs between first. */
function draftDomains(lookup: Lookup, systems: readonly RefText[], flows: readonly Flow[]): Draft {
  const sizes = Map.groupBy(systems, (system) => findDomain(lookup, system));
  const domains = [...sizes.keys()].filter((domain) => domain !== noDomain).toSorted();
  const shown = domains
    .toSorted((a, b) => (sizes.get(b)?.length ?? 0) - (sizes.get(a)?.length ?? 0))
    .slice(0, drawnDomains);
  const places = new Map(shown.map((domain, place) => [domain, place]));
  const edges = new Map<string, { from: string; to: string; count: number }>();
  for (const { from, to, count } of flows) {
    const [source, target] = [findDomain(lookup, from), findDomain(lookup, to)];
    if (source === target || !places.has(source) || !places.has(target)) continue;
    const key = `${source} ${target}`;
    edges.set(key, { from: source, to: target, count: count + (edges.get(key)?.count ?? 0) });
  }
  const heaviest = [...edges.values()].toSorted((a, b) => b.count - a.count).slice(0, 2 * shown.length);
  const ranks = rankNodes(
    shown.length,
    heaviest.map(({ from, to }) => [places.get(from) ?? 0, places.get(to) ?? 0] as const),
  );
  const nodes = shown.map((domain, at): DraftNode => {
    const { length = 0 } = sizes.get(domain) ?? [];
    return { ...toDraftNode(lookup, domain, ranks[at] ?? 0), note: `${length} ${length === 1 ? 'system' : 'systems'}` };
  });
  return { nodes, edges: heaviest, boxes: [] };
}
