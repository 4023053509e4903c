/** A line and a column, counted from 1. */
export type Position = { line: number; column: number };

/** After so many texts that are nowhere, no more are looked for. */
const mostMisses = 200;

/** Finds many texts in one source, below a line of it, fastest in the order in which they stand there. */
export function createLocator(source: string, fromLine = 1): (text: string) => Position {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  const start = starts[fromLine - 1] ?? 0;
  let [cursor, misses, line] = [start, 0, fromLine];
  const known = new Map<string, Position>();
  const find = (text: string): Position => {
    if (misses > mostMisses) return { line: fromLine, column: 1 };
    let at = source.indexOf(text, cursor);
    if (at < 0) {
      [cursor, line] = [start, fromLine];
      at = source.indexOf(text, cursor);
    }
    if (at < 0) {
      misses += 1;
      return { line: fromLine, column: 1 };
    }
    while ((starts[line] ?? source.length + 1) <= at) line += 1;
    cursor = at;
    return { line, column: at - (starts[line - 1] ?? 0) + 1 };
  };
  return (text) => {
    const position = known.get(text) ?? find(text);
    known.set(text, position);
    return position;
  };
}
