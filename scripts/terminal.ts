/** How text is written where it goes: with colours, and how wide. */
export type Style = { colour: boolean; width: number };

type Terminal = { isTTY?: boolean; columns?: number; isPlain?: boolean };

/** A terminal has colours, unless nobody wants them, and an edge; a file or a pipe has neither. */
export function toStyle({ isTTY = false, columns = 0, isPlain = false }: Terminal): Style {
  return { colour: isTTY && !isPlain, width: isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY };
}

/** Text whose lines are broken between words where they would be wider; what goes on is indented as its line is. */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const lines: string[] = [];
  let last = '';
  for (const word of line.trim().split(' ')) {
    if (last !== '' && indent.length + last.length + 1 + word.length > width) {
      lines.push(last);
      last = word;
    } else last = last === '' ? word : `${last} ${word}`;
  }
  return [...lines, last].map((each) => `${indent}${each}`).join('\n');
}
