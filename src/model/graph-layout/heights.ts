import type { Columns, Slot } from './define.ts';

const gap = 12;
const sweeps = 6;

/** The middle of every slot, from the top: as near to those that it is linked with as its column lets it. */
export function toHeights({ columns, links }: Pick<Columns, 'columns' | 'links'>): Map<string, number> {
  const slots = columns.flat();
  const linked = toLinked(slots, links);
  const middles = new Float64Array(slots.length);
  let first = 0;
  const runs = columns.map((column): Run => {
    const run = { first, offsets: toOffsets(column) };
    first += column.length;
    return run;
  });
  for (const run of runs) settle(run, middles, () => 0);
  const wish = (slot: number) => {
    const others = linked[slot] ?? [];
    let sum = 0;
    for (const other of others) sum += middles[other] ?? 0;
    return others.length === 0 ? (middles[slot] ?? 0) : sum / others.length;
  };
  for (let sweep = 0; sweep < sweeps; sweep += 1)
    for (const run of sweep % 2 === 0 ? runs : runs.toReversed()) settle(run, middles, wish);
  const top = Math.min(...slots.map(({ height }, slot) => (middles[slot] ?? 0) - height / 2));
  return new Map(slots.map(({ key }, slot) => [key, Math.round((middles[slot] ?? 0) - top)]));
}

/** The slots of a column, numbered from the first on, and how far below the first each has to stand at least. */
type Run = { first: number; offsets: number[] };

/** The slots that each slot is linked with, in whichever column. */
function toLinked(slots: readonly Slot[], links: readonly [string, string][]): number[][] {
  const numbers = new Map(slots.map(({ key }, number) => [key, number]));
  const linked = slots.map((): number[] => []);
  for (const [one, other] of links) {
    const [start = 0, end = 0] = [numbers.get(one), numbers.get(other)];
    linked[start]?.push(end);
    linked[end]?.push(start);
  }
  return linked;
}

function toOffsets(column: readonly Slot[]): number[] {
  let offset = 0;
  return column.map(({ height }, at) => {
    if (at > 0) offset += ((column[at - 1]?.height ?? 0) + height) / 2 + gap;
    return offset;
  });
}

/** Slots that touch each other and move as one: where the first would like to be, and how many they are. */
type Block = { sum: number; count: number };

/** Gives a column's slots their middles in their order, none over another, as near to their wishes as all together can be. */
function settle({ first, offsets }: Run, middles: Float64Array, wish: (slot: number) => number): void {
  const blocks: Block[] = [];
  for (const [at, offset] of offsets.entries()) {
    const block: Block = { sum: wish(first + at) - offset, count: 1 };
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop();
      block.sum = last.sum + block.sum;
      block.count += last.count;
    }
    blocks.push(block);
  }
  let at = 0;
  for (const block of blocks)
    for (let left = block.count; left > 0; left -= 1) {
      middles[first + at] = mean(block) + (offsets[at] ?? 0);
      at += 1;
    }
}

const mean = ({ sum, count }: Block) => sum / count;
