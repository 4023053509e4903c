import type { Columns, LayoutEdge, LayoutNode, Slot } from './define.ts';

/** How much room an edge takes in a column that it passes. */
const passing = 10;

/** Puts nodes into columns, and into those between the ends of an edge a slot for the edge to pass. */
export function toColumns(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): Columns {
  const ranks = new Map(nodes.map(({ id, rank }) => [id, rank]));
  const first = Math.min(...ranks.values());
  const columns = Array.from({ length: Math.max(...ranks.values()) - first + 1 }, (): Slot[] => []);
  for (const node of nodes) columns[node.rank - first]?.push({ key: node.id, height: node.height, node });
  const links: [string, string][] = [];
  const routes = edges.map(({ from, to }, at) => {
    const [start, end] = [ranks.get(from) ?? 0, ranks.get(to) ?? 0];
    const step = Math.sign(end - start);
    const route = [from];
    for (let rank = start + step; step !== 0 && rank !== end; rank += step) {
      const key = `${at} ${rank}`;
      columns[rank - first]?.push({ key, height: passing });
      route.push(key);
    }
    route.push(to);
    if (step !== 0) for (const [place, key] of route.slice(1).entries()) links.push([route[place] ?? '', key]);
    return route;
  });
  return { columns: orderColumns(columns, links), links, routes };
}

const sweeps = 8;

/** The same columns with their slots in an order in which few edges cross; of all that were tried, the best. */
function orderColumns(columns: Slot[][], links: readonly [string, string][]): Slot[][] {
  const neighbours = toNeighbours(links);
  let current = columns;
  let best = { columns, crossings: countCrossings(columns, neighbours) };
  for (let sweep = 0; sweep < sweeps && best.crossings > 0; sweep += 1) {
    current = orderOnce(current, neighbours, sweep % 2 === 1);
    const crossings = countCrossings(current, neighbours);
    if (crossings < best.crossings) best = { columns: current, crossings };
  }
  return best.columns;
}

/** The slots that each slot is linked with, in whichever column. */
export function toNeighbours(links: readonly [string, string][]): Map<string, string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (one: string, other: string) => {
    const known = neighbours.get(one);
    if (known) known.push(other);
    else neighbours.set(one, [other]);
  };
  for (const [one, other] of links) {
    add(one, other);
    add(other, one);
  }
  return neighbours;
}

const toPositions = (column: readonly Slot[] = []) => new Map(column.map(({ key }, at) => [key, at]));

function orderOnce(columns: Slot[][], neighbours: ReadonlyMap<string, string[]>, isBackward: boolean): Slot[][] {
  const ordered = isBackward ? columns.toReversed() : [...columns];
  for (const [at, column] of ordered.entries()) {
    if (at === 0) continue;
    const beside = toPositions(ordered[at - 1]);
    const wishes = new Map(
      column.map(({ key }, own) => {
        const places = (neighbours.get(key) ?? []).flatMap((other) => beside.get(other) ?? []);
        return [key, places.length === 0 ? own : places.reduce((sum, place) => sum + place, 0) / places.length];
      }),
    );
    ordered[at] = column.toSorted((a, b) => (wishes.get(a.key) ?? 0) - (wishes.get(b.key) ?? 0));
  }
  return isBackward ? ordered.reverse() : ordered;
}

function countCrossings(columns: readonly Slot[][], neighbours: ReadonlyMap<string, string[]>): number {
  let crossings = 0;
  for (const [at, column] of columns.entries()) {
    const beside = toPositions(columns[at + 1]);
    const ends = column.flatMap(({ key }) =>
      (neighbours.get(key) ?? []).flatMap((other) => beside.get(other) ?? []).toSorted((a, b) => a - b),
    );
    crossings += countInversions(ends, beside.size);
  }
  return crossings;
}

/** How many pairs of numbers below a limit stand in the wrong order, in time that hardly grows faster than their number. */
function countInversions(numbers: readonly number[], limit: number): number {
  // A tree of sums: how many of the numbers seen so far are at most so large.
  const sums = new Uint32Array(limit + 1);
  let inversions = 0;
  for (const [seen, number] of numbers.entries()) {
    let notLarger = 0;
    for (let at = number + 1; at > 0; at -= at & -at) notLarger += sums[at] ?? 0;
    inversions += seen - notLarger;
    for (let at = number + 1; at <= limit; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
  }
  return inversions;
}
