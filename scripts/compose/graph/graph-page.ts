import type { CatalogEntity } from '#model/catalog.ts';
import { type Direction, dependenceTypes, listEdges } from '#model/graph.ts';
import { toMermaid } from '#model/graph-mermaid.ts';
import { findKind } from '#model/kinds/index.ts';
import type { GraphPage, GraphRow, Neighbourhood } from '#model/pages/graph-page.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { RefText } from '#model/ref.ts';
import { toGraphPath, toMermaidPath, wholeGraphPath } from '#model/urls.ts';
import type { SiteFile } from '../compose.ts';
import { draftAround, draftNear, type GraphSources } from './around.ts';
import { toFlowRows } from './flows.ts';
import { toGraphFile } from './graph-file.ts';
import { toLandscapeFile } from './landscape.ts';
import { type Draft, toPicture } from './picture.ts';
import { findStructure } from './structure.ts';
import { countNamed, findSurvey, listThrough, type Side } from './survey.ts';

/** The small picture on an entity's page shows no more nodes than this. */
const neighbours = 12;
const listedFlows = 100;

/** The page of every entity that depends on something, or that something depends on, and of what holds such things. */
export function* listGraphPages(sources: GraphSources): Generator<ComposedPage<GraphPage>> {
  for (const entry of sources.lookup.catalog.entities.values()) {
    const view = toStructurePage(sources, entry) ?? toAroundPage(sources, entry);
    if (view) yield { path: toGraphPath(entry.ref), view };
  }
}

/** The same as text beside those pages, and the graph of everything. */
export function* listGraphFiles(sources: GraphSources): Generator<SiteFile> {
  for (const { ref } of sources.lookup.catalog.entities.values()) {
    const draft = findStructure(sources, ref)?.draft ?? findAround(sources, ref);
    if (draft) yield { path: toMermaidPath(ref), text: toMermaid(draft) };
  }
  yield { path: wholeGraphPath, text: `${JSON.stringify(toGraphFile(sources))}\n` };
  yield toLandscapeFile(sources);
}

function findAround(sources: GraphSources, ref: RefText): Draft | undefined {
  const start = sources.estate.graph.numbers.get(ref);
  return start === undefined ? undefined : draftAround(sources, start);
}

/** What an entity's own page draws of its graph; nothing where one line would say as much. */
export function findNeighbourhood(sources: GraphSources, ref: RefText): Neighbourhood | undefined {
  const structure = findStructure(sources, ref);
  if (structure) return { picture: toPicture(structure.draft) };
  const start = sources.estate.graph.numbers.get(ref);
  if (start === undefined) return undefined;
  const draft = draftNear(sources, start, neighbours);
  return draft.edges.length > 1 ? { picture: toPicture(draft) } : undefined;
}

/** The address of an entity's graph, where it has one. */
export function findGraphPath(sources: GraphSources, ref: RefText): string | undefined {
  const hasGraph = sources.estate.graph.numbers.has(ref) || findStructure(sources, ref) !== undefined;
  return hasGraph ? toGraphPath(ref) : undefined;
}

const toFrame = (sources: GraphSources, { ref, entity }: CatalogEntity) => {
  const { label, section = 'catalog' } = findKind(entity.kind);
  return { link: sources.lookup.toLink(ref), kindLabel: label, section };
};

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

function toStructurePage(sources: GraphSources, entry: CatalogEntity): GraphPage | undefined {
  const structure = findStructure(sources, entry.ref);
  if (!structure) return undefined;
  const { draft, flows, inside } = structure;
  return {
    ...toFrame(sources, entry),
    summary: `${count(inside, 'part', 'parts')} inside the frame, what needs them left of it, and what they need right of it.`,
    picture: toPicture(draft),
    rows: { dependents: [], needs: [] },
    left: { dependents: 0, needs: 0 },
    flows: toFlowRows(sources.lookup, flows, listedFlows),
    files: { mermaid: toMermaidPath(entry.ref) },
    hasBlast: false,
  };
}

function toAroundPage(sources: GraphSources, entry: CatalogEntity): GraphPage | undefined {
  const start = sources.estate.graph.numbers.get(entry.ref);
  if (start === undefined) return undefined;
  const { sides, hit } = findSurvey(sources.estate, start);
  const rows = {
    dependents: toRows(sources, sides.dependents, 'dependents'),
    needs: toRows(sources, sides.needs, 'needs'),
  };
  return {
    ...toFrame(sources, entry),
    summary: toSummary(sides.dependents.total, sides.needs.total),
    picture: toPicture(draftAround(sources, start)),
    rows,
    left: {
      dependents: sides.dependents.total - rows.dependents.length,
      needs: sides.needs.total - rows.needs.length,
    },
    flows: [],
    files: { mermaid: toMermaidPath(entry.ref) },
    hasBlast: hit.total > 0,
  };
}

function toSummary(dependents: number, needs: number): string {
  const left =
    dependents === 0
      ? 'Nothing depends on it'
      : `${count(dependents, 'thing depends', 'things depend')} on it, drawn left of it`;
  const right = needs === 0 ? 'it needs nothing' : `it needs ${count(needs, 'thing', 'things')}, drawn right of it`;
  return `${left}; ${right}.`;
}

/** The nearest nodes of one side as rows of the table. */
function toRows(sources: GraphSources, side: Side, direction: Direction): GraphRow[] {
  return Array.from({ length: countNamed(side.total) }, (_, before) => toRow(sources, side, before + 1, direction));
}

function toRow({ lookup, estate: { graph } }: GraphSources, side: Side, place: number, direction: Direction): GraphRow {
  const { nodes, distances, parents } = side;
  const node = nodes[place] ?? 0;
  const { icon, label, path, absent, owner } = lookup.toLine(graph.refs[node] ?? '');
  const last = listEdges(graph[direction], nodes[parents[place] ?? 0] ?? 0).find(({ to }) => to === node);
  return {
    icon,
    label,
    ...(path !== undefined && { path }),
    ...(absent && { absent }),
    ...(owner && { owner: toShort(owner) }),
    distance: distances[place] ?? 0,
    type: last?.type ?? dependenceTypes[0],
    through: listThrough(side, place).map((each) => lookup.toLink(graph.refs[each] ?? '').label),
  };
}

const toShort = ({ label, path, absent }: EntityLink): NonNullable<GraphRow['owner']> => ({
  label,
  ...(path !== undefined && { path }),
  ...(absent && { absent }),
});
