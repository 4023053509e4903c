/** An item of a list: a title, where it leads, and the items below it. Without a title the target may be a wildcard. */
export type SummaryRow = { title?: string; target?: string; children?: SummaryRow[] };

const item = /^([ \t]*)(?:[*+-]|\d{1,9}\.)[ \t]+(.*)$/;
const deepest = 20;

/** Reads the last list of a text, or the first one after a line `<!--nav-->`, as a navigation. */
export function parseSummary(text: string): SummaryRow[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const mark = lines.findIndex((line) => line.trim() === '<!--nav-->');
  const lists = splitLists(lines.slice(mark + 1));
  return toRows((mark < 0 ? lists.at(-1) : lists[0]) ?? []);
}

type Line = { indent: number; text: string };

/** The lists of a text, each as its items with how far they are indented. */
function splitLists(lines: readonly string[]): Line[][] {
  const lists: Line[][] = [];
  let current: Line[] | undefined;
  let isCode = false;
  for (const line of lines) {
    if (/^(?:```|~~~)/.test(line)) isCode = !isCode;
    const [, space = '', text] = (!isCode && item.exec(line)) || [];
    if (text !== undefined && (current || space.length < 4)) {
      if (!current) {
        current = [];
        lists.push(current);
      }
      current.push({ indent: space.replaceAll('\t', '    ').length, text: text.trim() });
    } else if (line.trim() !== '' && !/^\s/.test(line)) current = undefined;
  }
  return lists;
}

function toRows(lines: readonly Line[], depth = 0): SummaryRow[] {
  const [first] = lines;
  if (!first || depth > deepest) return [];
  const starts = lines.flatMap(({ indent }, at) => (indent <= first.indent ? [at] : []));
  return starts.map((start, at) => {
    const below = toRows(lines.slice(start + 1, starts[at + 1] ?? lines.length), depth + 1);
    return { ...toRow(lines[start]?.text ?? ''), ...(below.length > 0 && { children: below }) };
  });
}

/** What an item says: a link with its title, a bare wildcard, or a title alone. */
function toRow(text: string): SummaryRow {
  const [, title, target] = /\[((?:[^[\]]|\[[^\]]*\])*)\]\(\s*<?([^\s)>]+)>?[^)]*\)/.exec(text) ?? [];
  if (title !== undefined && target !== undefined) return { title: toPlain(title), target: decode(target) };
  const bare = text.replace(/^`|`$/g, '').replaceAll('\\*', '*');
  return /\*/.test(bare) && !/\s/.test(bare) ? { target: bare } : { title: toPlain(text) };
}

const toPlain = (text: string): string => text.replace(/[`*]|(?<!\w)_|_(?!\w)|\\(?=\W)/g, '').trim();

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
