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

/** How often the order is mended, and how many times in a row that may help nothing. */
const sweeps = 8;
const patience = 2;

/** The same columns with their slots in an order in which few edges cross; of all that were tried, the best. */
function orderColumns(columns: Slot[][], links: readonly [string, string][]): Slot[][] {
  const web = toWeb(columns, links);
  let current = web.columns;
  let best = { columns: current, crossings: countCrossings(current, web) };
  for (let [sweep, idle] = [0, 0]; sweep < sweeps && idle < patience && best.crossings > 0; sweep += 1) {
    current = orderOnce(current, web, sweep % 2 === 1);
    const crossings = countCrossings(current, web);
    idle += 1;
    if (crossings >= best.crossings) continue;
    best = { columns: current, crossings };
    idle = 0;
  }
  return best.columns.map((column) => column.flatMap((slot) => web.slots[slot] ?? []));
}

/** Columns as numbers of slots, and for each slot those that it is linked with in the column before and in the one after. */
type Web = {
  slots: Slot[];
  columns: number[][];
  before: number[][];
  after: number[][];
  /** Where each slot stands in its column, where it wants to stand, and sums for counting; written again and again. */
  places: Uint32Array;
  wishes: Float64Array;
  sums: Uint32Array;
};

function toWeb(columns: readonly Slot[][], links: readonly [string, string][]): Web {
  const slots = columns.flat();
  const numbers = new Map(slots.map(({ key }, number) => [key, number]));
  const columnOf = columns.flatMap((column, at) => column.map(() => at));
  const [before, after] = [slots.map((): number[] => []), slots.map((): number[] => [])];
  for (const [one, other] of links) {
    const ends = [numbers.get(one) ?? 0, numbers.get(other) ?? 0];
    const [left = 0, right = 0] = (columnOf[ends[0] ?? 0] ?? 0) < (columnOf[ends[1] ?? 0] ?? 0) ? ends : ends.reverse();
    after[left]?.push(right);
    before[right]?.push(left);
  }
  const places = Uint32Array.from(columns.flatMap((column) => column.map((_, place) => place)));
  let first = 0;
  const numbered = columns.map((column) => column.map(() => first++));
  const memory = { places, wishes: new Float64Array(slots.length), sums: new Uint32Array(slots.length + 1) };
  return { slots, columns: numbered, before, after, ...memory };
}

function orderOnce(columns: readonly number[][], { before, after, places, wishes }: Web, isBackward: boolean) {
  const ordered = [...columns];
  const toSlots = isBackward ? after : before;
  for (let turn = 1; turn < columns.length; turn += 1) {
    const at = isBackward ? columns.length - 1 - turn : turn;
    const column = columns[at] ?? [];
    for (const slot of column) {
      const beside = toSlots[slot] ?? [];
      let sum = 0;
      for (const other of beside) sum += places[other] ?? 0;
      wishes[slot] = beside.length === 0 ? (places[slot] ?? 0) : sum / beside.length;
    }
    const sorted = column.toSorted((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0));
    for (const [place, slot] of sorted.entries()) places[slot] = place;
    ordered[at] = sorted;
  }
  return ordered;
}

function countCrossings(columns: readonly number[][], { after, places, sums }: Web): number {
  let crossings = 0;
  const ends: number[] = [];
  for (const [at, column] of columns.entries()) {
    ends.length = 0;
    for (const slot of column) {
      const first = ends.length;
      for (const other of after[slot] ?? []) insert(ends, first, places[other] ?? 0);
    }
    if (ends.length > 1) crossings += countInversions(ends, columns[at + 1]?.length ?? 0, sums);
  }
  return crossings;
}

/** Puts a number among those from a place on, which are sorted. */
function insert(numbers: number[], first: number, number: number): void {
  let at = numbers.length;
  for (; at > first && (numbers[at - 1] ?? 0) > number; at -= 1) numbers[at] = numbers[at - 1] ?? 0;
  numbers[at] = number;
}

/** How many pairs of numbers below a limit stand in the wrong order, in time that hardly grows faster than their number. */
function countInversions(numbers: readonly number[], limit: number, sums: Uint32Array): number {
  // A tree of sums: how many of the numbers seen so far are at most so large.
  sums.fill(0, 0, limit + 1);
  let inversions = 0;
  for (const [seen, number] of numbers.entries()) {
    let notLarger = 0;
    for (let at = number + 1; at > 0; at -= at & -at) notLarger += sums[at] ?? 0;
    inversions += seen - notLarger;
    for (let at = number + 1; at <= limit; at += at & -at) sums[at] = (sums[at] ?? 0) + 1;
  }
  return inversions;
}
