import type { BlockProcessor } from '../core/block-parser.ts';
import { type Conversion, defineNote } from '../core/conversion.ts';
import type { Element } from '../core/element.ts';
import { firstFrom } from '../core/inline/code.ts';
import { defineExtension } from './define.ts';

/** Splits a row at pipes that are neither escaped nor inside of code. */
function splitRow(row: string): string[] {
  if (!row.includes('`') && !row.includes('\\')) return row.split('|');
  const cells: string[] = [];
  const code = codeSpans(row);
  let start = 0;
  for (let at = 0; at < row.length; at++) {
    const span = code.get(at);
    if (span !== undefined) at = span - 1;
    else if (row[at] === '\\') at++;
    else if (row[at] === '|') {
      cells.push(row.slice(start, at));
      start = at + 1;
    }
  }
  cells.push(row.slice(start));
  return cells;
}

/** Where spans of code begin, and where each ends. */
function codeSpans(row: string): Map<number, number> {
  const spans = new Map<number, number>();
  const ticks = [...row.matchAll(/(?<!\\)\\*`+/g)].map((match) => {
    const slashes = match[0].lastIndexOf('\\') + 1;
    const escaped = slashes % 2 === 1 ? 1 : 0;
    return {
      start: match.index + slashes + escaped,
      length: match[0].length - slashes - escaped,
      full: match[0].length - slashes,
    };
  });
  const byLength = new Map<number, number[]>();
  for (const [index, { full }] of ticks.entries()) {
    const known = byLength.get(full);
    if (known) known.push(index);
    else byLength.set(full, [index]);
  }
  for (let index = 0; index < ticks.length; index++) {
    const open = ticks[index];
    const close = open && open.length > 0 ? firstFrom(byLength.get(open.length) ?? [], index + 1) : undefined;
    const end = close === undefined ? undefined : ticks[close];
    if (!open || close === undefined || !end) continue;
    spans.set(open.start, end.start + end.length);
    index = close;
  }
  return spans;
}

const endBorder = /(?<!\\)(?:\\\\)*\|$/;
const endsWithPipe = (row: string): boolean => row.endsWith('|') && endBorder.test(row.slice(-50));
const trimSpaces = (text: string): string => text.replace(/^ +/, '').replace(/ +$/, '');

function splitCells(row: string, bordered: boolean): string[] {
  let text = row;
  if (bordered && text.startsWith('|')) text = text.slice(1);
  if (bordered && endsWithPipe(text)) text = text.slice(0, -1);
  return splitRow(text);
}

type Head = { bordered: boolean; header: string[]; aligns: string[] };

/** Reads the first two rows, if they are those of a table: as many cells, and nothing but `|`, `:`, `-` in the second. */
function readHead(block: string): Head | undefined {
  const second = block.indexOf('\n') + 1;
  const end = block.indexOf('\n', second);
  const line = trimSpaces(block.slice(second, end < 0 ? undefined : end));
  if (second === 0 || !/^[|:\- ]*$/.test(line)) return undefined;
  const first = trimSpaces(block.slice(0, second - 1));
  const bordered = first.startsWith('|') || endsWithPipe(first);
  const header = splitCells(first, bordered);
  if (
    header.length === 1 &&
    !(
      bordered &&
      block
        .split('\n')
        .slice(1)
        .map(trimSpaces)
        .every((row) => row.startsWith('|') || endsWithPipe(row))
    )
  )
    return undefined;
  const cells = splitCells(line, bordered);
  return cells.length === header.length ? { bordered, header, aligns: cells.map(toAlign) } : undefined;
}

function toAlign(cell: string): string {
  const text = cell.trim();
  if (text.startsWith(':') && text.endsWith(':')) return 'center';
  return text.startsWith(':') ? 'left' : text.endsWith(':') ? 'right' : '';
}

/** Cells that a page may have beyond those that it writes: short rows of a wide table would otherwise fill the memory. */
const maxMissing = 200_000;
const missingCells = defineNote(() => ({ count: 0 }));

/** The cells of a row as wide as the table, as long as the page may still have cells that it does not write. */
function toWidth(cells: string[], width: number, page: Conversion): string[] {
  const missing = page.note(missingCells);
  if (cells.length >= width) return cells.slice(0, width);
  missing.count += width - cells.length;
  return missing.count > maxMissing ? cells : [...cells, ...Array<string>(width - cells.length).fill('')];
}

function addRow(parent: Element, cells: string[], aligns: string[], tag: 'th' | 'td'): void {
  const row = parent.add('tr');
  cells.forEach((text, index) => {
    const align = aligns[index];
    const cell = row.add(tag);
    cell.text = trimSpaces(text);
    if (align) cell.attributes.set('style', `text-align: ${align};`);
  });
}

const tableProcessor: BlockProcessor = {
  test: (_, block) => block.includes('|') && block.includes('\n') && readHead(block) !== undefined,
  run(parent, blocks, { page }) {
    const block = blocks.take();
    const head = readHead(block);
    if (!head) return;
    const table = parent.add('table');
    addRow(table.add('thead'), head.header, head.aligns, 'th');
    const body = table.add('tbody');
    const rows = block.split('\n').slice(2);
    for (const row of rows)
      addRow(body, toWidth(splitCells(trimSpaces(row), head.bordered), head.aligns.length, page), head.aligns, 'td');
    if (rows.length === 0) addRow(body, toWidth([], head.aligns.length, page), [], 'td');
  },
};

/** Tables of pipes and dashes. */
export const tables = defineExtension({
  name: 'tables',
  aliases: ['markdown.extensions.tables'],
  install(registry) {
    registry.escapable.add('|');
    registry.blocks.add('table', 75, tableProcessor);
  },
});
