import { toNeighbours } from './columns.ts';
import type { Columns, Slot } from './define.ts';

const gap = 12;
const sweeps = 6;

/** The middle of every slot, from the top: as near to those that it is linked with as its column lets it. */
export function toHeights({ columns, links }: Pick<Columns, 'columns' | 'links'>): Map<string, number> {
  const neighbours = toNeighbours(links);
  const middles = new Map<string, number>();
  const settle = (column: readonly Slot[], wish: (key: string) => number) => {
    const placed = settleColumn(column, wish);
    for (const [at, { key }] of column.entries()) middles.set(key, placed[at] ?? 0);
  };
  for (const column of columns) settle(column, () => 0);
  for (let sweep = 0; sweep < sweeps; sweep += 1)
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed())
      settle(column, (key) => {
        const linked = (neighbours.get(key) ?? []).map((other) => middles.get(other) ?? 0);
        return linked.length === 0 ? (middles.get(key) ?? 0) : linked.reduce((sum, y) => sum + y, 0) / linked.length;
      });
  const top = Math.min(...columns.flat().map(({ key, height }) => (middles.get(key) ?? 0) - height / 2));
  return new Map([...middles].map(([key, y]) => [key, Math.round(y - top)]));
}

/** Slots that touch each other and move as one: where the first would like to be, and how many they are. */
type Block = { sum: number; count: number };

/** The middles of a column's slots in their order, none over another, as near to their wishes as all together can be. */
function settleColumn(column: readonly Slot[], wish: (key: string) => number): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const [at, { height }] of column.entries()) {
    if (at > 0) offset += ((column[at - 1]?.height ?? 0) + height) / 2 + gap;
    offsets.push(offset);
  }
  const blocks: Block[] = [];
  for (const [at, { key }] of column.entries()) {
    let block: Block = { sum: wish(key) - (offsets[at] ?? 0), count: 1 };
    for (let last = blocks.at(-1); last && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, count: last.count + block.count };
    }
    blocks.push(block);
  }
  return blocks.flatMap((block) => Array<number>(block.count).fill(mean(block))).map((y, at) => y + (offsets[at] ?? 0));
}

const mean = ({ sum, count }: Block) => sum / count;
