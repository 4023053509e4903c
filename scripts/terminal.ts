/** How text is written where it goes: with colours, and how wide. */
export type Style = { colour: boolean; width: number };

type Terminal = { isTTY?: boolean; columns?: number; isPlain?: boolean };

/** A terminal has colours, unless nobody wants them, and an edge; a file or a pipe has neither. */
export function toStyle({ isTTY = false, columns = 0, isPlain = false }: Terminal): Style {
  return { colour: isTTY && !isPlain, width: isTTY && columns > 0 ? columns : Number.POSITIVE_INFINITY };
}

/**
 * Text whose lines are broken between words where they would be wider. What goes on is indented as its line is, and what
 * stands in a second column stays in it, or below the first where little room is left beside it.
 */
export function wrap(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const indent = /^ */.exec(line)?.[0] ?? '';
  const first = /^ *\S+ {2,}(?=\S)/.exec(line)?.[0];
  if (first === undefined) return breakText(line.trim(), indent, width);
  const text = line.slice(first.length);
  if (first.length > width / 2) return `${first.trimEnd()}\n${breakText(text, `${indent}    `, width)}`;
  return `${first}${breakText(text, ' '.repeat(first.length), width).trimStart()}`;
}

function breakText(text: string, indent: string, width: number): string {
  const lines: string[] = [];
  let last = '';
  for (const word of text.split(' ')) {
    if (last !== '' && indent.length + last.length + 1 + word.length > width) {
      lines.push(last);
      last = word;
    } else last = last === '' ? word : `${last} ${word}`;
  }
  return [...lines, last].map((each) => `${indent}${each}`).join('\n');
}
