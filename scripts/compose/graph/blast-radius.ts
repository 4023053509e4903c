import { listEdges, type Reach, reach } from '#model/graph.ts';
import type { BlastRadius, BlastRow } from '#model/pages/graph-page.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { toGraphFilePath } from '#model/urls.ts';
import { toContacts } from '../contacts.ts';
import type { GraphSources } from './around.ts';
import type { Estate } from './estate.ts';

/** A page names everything that is hit up to `whole`; of more it names the nearest, `part` of them, and counts the rest. */
export type RowLimits = { whole: number; part: number };
export const pageRows: RowLimits = { whole: 100, part: 25 };
export const fileRows: RowLimits = { whole: 250, part: 50 };

/** Who is hit if a thing is down, directly or through others; nothing where nothing depends on it. `found` is who depends on it, where that is known. */
export function findBlastRadius(
  sources: GraphSources,
  ref: RefText,
  limits: RowLimits,
  found?: Reach,
): BlastRadius | undefined {
  const { lookup, estate } = sources;
  const start = estate.graph.numbers.get(ref);
  if (start === undefined) return undefined;
  const reached = found ?? reach(estate.graph, start, 'dependents');
  const counts = countHit(estate, reached);
  if (counts.total === 0) return undefined;
  const room = counts.total <= limits.whole ? counts.total : limits.part;
  const hit = takeThings(estate, reached, room);
  const resources = listResources(estate, start);
  const rows = hit.map((node) => toRow(sources, reached, { node, start, resources }));
  const groups = Map.groupBy(rows, ({ line }) => line.owner?.ref ?? '');
  const { ownCounts, ...rest } = counts;
  const byTeam = [...groups].map(([owner, of]) => ({
    ...(owner !== '' && { owner: lookup.toLink(owner) }),
    contacts: toContacts(lookup.catalog.entities.get(owner)),
    count: ownCounts.get(owner) ?? 0,
    rows: of,
  }));
  return {
    ...rest,
    apis: {
      count: rest.apis.count,
      links: rest.apis.first.map((node) => lookup.toLink(estate.graph.refs[node] ?? '')),
    },
    byTeam: byTeam.toSorted(
      (a, b) => Number(!a.owner) - Number(!b.owner) || b.count - a.count || compare(a.owner?.label, b.owner?.label),
    ),
    left: counts.total - rows.length,
    exports: {
      csv: toGraphFilePath(ref, 'blast-radius.csv'),
      json: toGraphFilePath(ref, 'blast-radius.json'),
      markdown: toGraphFilePath(ref, 'blast-radius.md'),
    },
  };
}

const compare = (a = '', b = '') => (a < b ? -1 : a > b ? 1 : 0);
const namedApis = 6;

/** Counts all that is hit. APIs are counted apart: they are the way from one thing to another. */
function countHit(estate: Estate, reached: Reach) {
  const { owners, ownerRefs, tiers, isApi } = estate;
  const ownerCounts = new Int32Array(ownerRefs.length + 1);
  const tierCounts = new Int32Array(10);
  const apis: { count: number; first: number[] } = { count: 0, first: [] };
  let [total, direct] = [0, 0];
  for (const node of reached.order) {
    if (isApi[node]) {
      if (apis.count++ < namedApis) apis.first.push(node);
      continue;
    }
    total += 1;
    if (isDirect(estate, reached, node)) direct += 1;
    const [owner, tier] = [(owners[node] ?? -1) + 1, tiers[node] ?? 0];
    ownerCounts[owner] = (ownerCounts[owner] ?? 0) + 1;
    tierCounts[tier] = (tierCounts[tier] ?? 0) + 1;
  }
  const ownCounts = new Map<RefText, number>();
  for (const [at, count] of ownerCounts.entries()) if (count > 0) ownCounts.set(ownerRefs[at - 1] ?? '', count);
  const tiersHit = [...tierCounts.entries()].filter(([tier, count]) => tier > 0 && count > 0);
  return {
    ...{ total, direct, apis, ownCounts },
    teams: [...ownCounts.keys()].filter((owner) => owner !== '').length,
    tiers: tiersHit.map(([tier, count]) => ({ tier, count })),
  };
}

/** Whether nothing but an API stands between. */
function isDirect({ isApi }: Estate, { distances, before }: Reach, node: number): boolean {
  return distances[node] === 1 || (distances[node] === 2 && isApi[before[node] ?? -1] === 1);
}

/** The nearest things that are hit. */
function takeThings({ isApi }: Estate, { order }: Reach, room: number): number[] {
  const things: number[] = [];
  for (const node of order) {
    if (things.length === room) break;
    if (!isApi[node]) things.push(node);
  }
  return things;
}

/** The resources that a node uses itself. */
function listResources({ graph }: Estate, node: number): Set<number> {
  const needed = listEdges(graph.needs, node).map(({ to }) => to);
  return new Set(needed.filter((to) => toRef(graph.refs[to] ?? '').kind === 'resource'));
}

function toRow(
  { lookup, estate }: GraphSources,
  { before }: Reach,
  { node, start, resources }: { node: number; start: number; resources: ReadonlySet<number> },
): BlastRow {
  const through: number[] = [];
  for (let at = before[node] ?? -1; at !== start && at !== -1; at = before[at] ?? -1) through.unshift(at);
  const shared = resources.size === 0 ? [] : [...listResources(estate, node)].filter((each) => resources.has(each));
  const toLink = (each: number) => lookup.toLink(estate.graph.refs[each] ?? '');
  const tier = estate.tiers[node] ?? 0;
  return {
    line: lookup.toLine(estate.graph.refs[node] ?? ''),
    ...(tier > 0 && { tier }),
    distance: 1 + through.filter((each) => !estate.isApi[each]).length,
    through: through.map(toLink),
    shared: shared.map(toLink),
  };
}
