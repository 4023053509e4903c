import type { CatalogEntity } from '#model/catalog.ts';
import { type Direction, dependenceTypes, listEdges, type Reach, reachBoth } from '#model/graph.ts';
import { toMermaid } from '#model/graph-mermaid.ts';
import { findKind } from '#model/kinds/index.ts';
import type { GraphPage, GraphRow, Neighbourhood } from '#model/pages/graph-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import type { RefText } from '#model/ref.ts';
import { toGraphFilePath, toGraphPath, wholeGraphPath } from '#model/urls.ts';
import type { SiteFile } from '../compose.ts';
import { draftAround, draftNear, type GraphSources } from './around.ts';
import { listBlastFiles } from './blast-files.ts';
import { fileRows, findBlastRadius, pageRows } from './blast-radius.ts';
import { toFlowRows } from './flows.ts';
import { toGraphFile, toWholeGraphFile } from './graph-file.ts';
import { toLandscapeFile } from './landscape.ts';
import { toPicture } from './picture.ts';
import { findStructure } from './structure.ts';

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

/** The files beside those pages, and the graph of everything. */
export function* listGraphFiles(sources: GraphSources): Generator<SiteFile> {
  for (const { ref } of sources.lookup.catalog.entities.values()) {
    const structure = findStructure(sources, ref);
    if (structure) yield { path: toGraphFilePath(ref, 'graph.mmd'), text: toMermaid(structure.draft) };
    const start = sources.estate.graph.numbers.get(ref);
    if (start === undefined) continue;
    const reaches = reachBoth(sources.estate.graph, start);
    if (!structure)
      yield { path: toGraphFilePath(ref, 'graph.mmd'), text: toMermaid(draftAround(sources, start, reaches)) };
    yield {
      path: toGraphFilePath(ref, 'graph.json'),
      text: `${JSON.stringify(toGraphFile(sources, start, reaches))}\n`,
    };
    const radius = findBlastRadius(sources, ref, fileRows, reaches.dependents);
    if (radius) yield* listBlastFiles(sources.lookup.toLink(ref), radius);
  }
  yield { path: wholeGraphPath, text: `${JSON.stringify(toWholeGraphFile(sources))}\n` };
  yield toLandscapeFile(sources);
}

/** What an entity's own page draws of its graph; nothing where one line would say as much. */
export function findNeighbourhood(sources: GraphSources, ref: RefText): Neighbourhood | undefined {
  const structure = findStructure(sources, ref);
  if (structure) return { picture: toPicture(structure.draft), path: toGraphPath(ref) };
  const start = sources.estate.graph.numbers.get(ref);
  if (start === undefined) return undefined;
  const draft = draftNear(sources, start, neighbours);
  return draft.edges.length > 1 ? { picture: toPicture(draft), path: toGraphPath(ref) } : undefined;
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
  const hasJson = sources.estate.graph.numbers.has(entry.ref);
  return {
    ...toFrame(sources, entry),
    summary: `${count(inside, 'part', 'parts')} inside the frame, what needs them left of it, and what they need right of it.`,
    picture: toPicture(draft),
    rows: [],
    left: { dependents: 0, needs: 0 },
    flows: toFlowRows(sources.lookup, flows, listedFlows),
    files: {
      mermaid: toGraphFilePath(entry.ref, 'graph.mmd'),
      ...(hasJson && { json: toGraphFilePath(entry.ref, 'graph.json') }),
    },
  };
}

function toAroundPage(sources: GraphSources, entry: CatalogEntity): GraphPage | undefined {
  const start = sources.estate.graph.numbers.get(entry.ref);
  if (start === undefined) return undefined;
  const { graph } = sources.estate;
  const reaches = reachBoth(graph, start);
  const sides = (['dependents', 'needs'] as const).map((direction) =>
    toRows(sources, start, reaches[direction], direction),
  );
  const [left, right] = [reaches.dependents.order.length, reaches.needs.order.length];
  const hasRadius = reaches.dependents.order.some((node) => !sources.estate.isApi[node]);
  return {
    ...toFrame(sources, entry),
    summary: toSummary(left, right),
    picture: toPicture(draftAround(sources, start, reaches)),
    rows: sides.flat(),
    left: { dependents: left - (sides[0]?.length ?? 0), needs: right - (sides[1]?.length ?? 0) },
    flows: [],
    files: {
      mermaid: toGraphFilePath(entry.ref, 'graph.mmd'),
      json: toGraphFilePath(entry.ref, 'graph.json'),
    },
    ...(hasRadius && {
      exports: {
        csv: toGraphFilePath(entry.ref, 'blast-radius.csv'),
        json: toGraphFilePath(entry.ref, 'blast-radius.json'),
        markdown: toGraphFilePath(entry.ref, 'blast-radius.md'),
      },
    }),
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
function toRows(
  { lookup, estate: { graph } }: GraphSources,
  start: number,
  { order, distances, before }: Reach,
  direction: Direction,
): GraphRow[] {
  const room = order.length <= pageRows.whole ? order.length : pageRows.part;
  const toLink = (node: number) => lookup.toLink(graph.refs[node] ?? '');
  return Array.from(order.subarray(0, room), (node): GraphRow => {
    const through: number[] = [];
    for (let at = before[node] ?? -1; at !== start && at !== -1; at = before[at] ?? -1) through.unshift(at);
    const last = listEdges(graph[direction], before[node] ?? -1).find(({ to }) => to === node);
    return {
      line: lookup.toLine(graph.refs[node] ?? ''),
      direction,
      distance: distances[node] ?? 0,
      type: last?.type ?? dependenceTypes[0],
      through: through.map(toLink),
    };
  });
}
