export type Position = { line: number; column: number };

/**
 * Finds where texts stand in a source, counted from 1; the beginning for one that does not. Asked in the order of the
 * source it reads that once, however many there are.
 */
export function createLocator(source: string): (wanted: string) => Position {
  const known = new Map<string, Position>();
  let starts: number[] | undefined;
  let last = 0;
  return (wanted) => {
    const before = known.get(wanted);
    if (before) return before;
    starts ??= listLineStarts(source);
    const next = source.indexOf(wanted, last);
    const at = Math.max(next < 0 ? source.indexOf(wanted) : next, 0);
    last = Math.max(last, at);
    const position = toPosition(starts, at);
    known.set(wanted, position);
    return position;
  };
}

function listLineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function toPosition(starts: readonly number[], at: number): Position {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
}
