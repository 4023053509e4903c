import { listEdges } from '#model/graph.ts';
import type { BlastRadius, BlastRow } from '#model/pages/graph-page.ts';
import type { RefText } from '#model/ref.ts';
import { toContacts } from '../contacts.ts';
import type { GraphSources } from './around.ts';
import type { Estate } from './estate.ts';
import { countNamed, findSurvey, listThrough, type Side, type Survey } from './survey.ts';

/** Who is hit if a thing is down, directly or through others; nothing where nothing depends on it. */
export function findBlastRadius(sources: GraphSources, ref: RefText): BlastRadius | undefined {
  const { lookup, estate } = sources;
  const start = estate.graph.numbers.get(ref);
  if (start === undefined) return undefined;
  const survey = findSurvey(estate, start);
  const { apis, ...counts } = survey.hit;
  if (counts.total === 0) return undefined;
  const places = takeThings(estate, survey.sides.dependents, countNamed(counts.total));
  return {
    ...counts,
    apis: { count: apis.count, links: apis.first.map((node) => lookup.toLink(estate.graph.refs[node] ?? '')) },
    byTeam: toTeams(sources, survey, places),
    left: counts.total - places.length,
  };
}

/** The places of the nearest things that are hit. */
function takeThings({ isApi }: Estate, { nodes }: Side, room: number): number[] {
  const places: number[] = [];
  for (let place = 1; place < nodes.length && places.length < room; place += 1)
    if (!isApi[nodes[place] ?? 0]) places.push(place);
  return places;
}

function toTeams(sources: GraphSources, survey: Survey, places: readonly number[]): BlastRadius['byTeam'] {
  const { lookup, estate } = sources;
  const { nodes } = survey.sides.dependents;
  const resources = listResources(estate, nodes[0] ?? 0);
  const groups = Map.groupBy(places, (place) => estate.owners[nodes[place] ?? 0] ?? -1);
  const teams = [...groups].map(([owner, of]) => {
    const ref = estate.ownerRefs[owner];
    return {
      ...(ref !== undefined && { owner: lookup.toLink(ref) }),
      contacts: toContacts(lookup.catalog.entities.get(ref ?? '')),
      count: survey.owned[of[0] ?? 0] ?? 0,
      rows: of.map((place) => toRow(sources, survey.sides.dependents, place, resources)),
    };
  });
  return teams.toSorted(
    (a, b) => Number(!a.owner) - Number(!b.owner) || b.count - a.count || compare(a.owner?.label, b.owner?.label),
  );
}

const compare = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);

/** The resources that a node uses itself. */
function listResources({ graph }: Estate, node: number): Set<number> {
  const needed = listEdges(graph.needs, node).map(({ to }) => to);
  return new Set(needed.filter((to) => graph.refs[to]?.startsWith('resource:')));
}

function toRow({ lookup, estate }: GraphSources, side: Side, place: number, resources: ReadonlySet<number>): BlastRow {
  const node = side.nodes[place] ?? 0;
  const through = listThrough(side, place).map((each) => lookup.toLink(estate.graph.refs[each] ?? ''));
  const shared = resources.size === 0 ? [] : [...listResources(estate, node)].filter((each) => resources.has(each));
  const { owner: _, ...line } = lookup.toLine(estate.graph.refs[node] ?? '');
  const tier = estate.tiers[node] ?? 0;
  const path = through[0]?.path;
  return {
    line,
    ...(tier > 0 && { tier }),
    through: through.map(({ label }) => label),
    ...(path !== undefined && { firstPath: path }),
    ...(shared.length > 0 && { shared: shared.map((each) => lookup.toLink(estate.graph.refs[each] ?? '')) }),
  };
}
