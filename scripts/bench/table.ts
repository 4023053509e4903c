/** A cell: a text, or a number's text, which stands at the right. */
export type Cell = { text: string; right?: boolean };

/** A table for the terminal, with its columns as wide as they need to be; trailing blanks are left out. */
export function formatTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const isRight = head.map((_, at) => rows.some((row) => row[at]?.right));
  const lines = [head.map((text) => ({ text })), ...rows];
  const widths = head.map((_, at) => Math.max(...lines.map((row) => [...(row[at]?.text ?? '')].length)));
  const format = (row: readonly Cell[]) =>
    widths
      .map((width, at) => pad(row[at]?.text ?? '', width, isRight[at] ?? false))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [...[format(lines[0] ?? []), rule], ...rows.map(format)].map((line) => `  ${line}\n`).join('');
}

/** A number with so many decimals, or `n/a` where it is not known. */
export function toNumberCell(value: number | undefined, decimals = 0): Cell {
  const places = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return { text: value === undefined ? 'n/a' : value.toLocaleString('en-US', places), right: true };
}

function pad(text: string, width: number, isRight: boolean): string {
  const blanks = ' '.repeat(width - [...text].length);
  return isRight ? `${blanks}${text}` : `${text}${blanks}`;
}
