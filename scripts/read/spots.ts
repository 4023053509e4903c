/** A line and a column, both counted from 1. */
export type Spot = { line: number; column: number };

/** Turns offsets of a text into lines and columns; quick when they are asked for in rising order. */
export function toSpots(text: string): { find: (offset: number) => Spot } {
  let line = 1;
  let lineStart = 0;
  return {
    find: (offset) => {
      if (offset < lineStart) {
        line = 1;
        lineStart = 0;
      }
      for (let end = text.indexOf('\n', lineStart); end >= 0 && end < offset; end = text.indexOf('\n', lineStart)) {
        line += 1;
        lineStart = end + 1;
      }
      return { line, column: offset - lineStart + 1 };
    },
  };
}
