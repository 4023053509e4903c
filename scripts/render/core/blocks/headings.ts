import type { BlockProcessor } from '../block-parser.ts';
import { looseDetab } from '../block-parser.ts';

type HashHeading = { start: number; end: number; level: number; text: string };

/** Finds the first line of a block that begins with one to six `#`. */
function findHashHeading(block: string): HashHeading | undefined {
  for (let start = 0; start >= 0 && start < block.length; ) {
    const heading = block[start] === '#' ? hashHeadingAt(block, start) : undefined;
    if (heading) return heading;
    const lineBreak = block.indexOf('\n', start);
    start = lineBreak < 0 ? -1 : lineBreak + 1;
  }
  return undefined;
}

function hashHeadingAt(block: string, start: number): HashHeading | undefined {
  let level = 0;
  while (level < 6 && block[start + level] === '#') level++;
  const end = block.indexOf('\n', start + level);
  const stop = end < 0 ? block.length : end;
  // Nothing is left for a backslash at the end of the line to escape, so the line is no heading.
  if (oddBackslashes(block, stop)) return undefined;
  return { start, end: stop + 1, level, text: withoutClosing(block.slice(start + level, stop)).trim() };
}

function oddBackslashes(text: string, end: number): boolean {
  let count = 0;
  while (text[end - 1 - count] === '\\') count++;
  return count % 2 === 1;
}

function withoutClosing(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '#') end--;
  return end < text.length && oddBackslashes(text, end) ? text.slice(0, end + 1) : text.slice(0, end);
}

/** Reads headings written with `#`; what stands before and after on other lines are blocks of their own. */
export const hashHeadingProcessor: BlockProcessor = {
  test: (_, block) => block.includes('#') && findHashHeading(block) !== undefined,
  run(parent, blocks, parser) {
    const block = blocks.take();
    const heading = findHashHeading(block);
    if (!heading) return;
    const before = block.slice(0, Math.max(heading.start - 1, 0));
    if (before) parser.parseBlocks(parent, [before]);
    parent.add(`h${heading.level}`).text = heading.text;
    const after = block.slice(heading.end);
    if (after) blocks.put(parser.isState('looselist') ? looseDetab(after, 4) : after);
  },
};

/** Reads headings that are underlined by `=` or `-`. */
export const setextHeadingProcessor: BlockProcessor = {
  test: (_, block) => /^[^\n]*\n[=-]+ *(?:\n|$)/.test(block),
  run(parent, blocks) {
    const block = blocks.take();
    const first = block.indexOf('\n');
    const end = block.indexOf('\n', first + 1);
    parent.add(block[first + 1] === '=' ? 'h1' : 'h2').text = block.slice(0, first).trim();
    if (end >= 0) blocks.put(block.slice(end + 1));
  },
};

/** Finds the first line that is a rule: where it begins and where the next line does. */
function findRule(block: string): { start: number; end: number } | undefined {
  const candidate = /^ {0,3}[-_*]/gm;
  for (let match = candidate.exec(block); match; match = candidate.exec(block)) {
    const lineBreak = block.indexOf('\n', match.index);
    const end = lineBreak < 0 ? block.length : lineBreak;
    if (isRule(block.slice(match.index, end))) return { start: match.index, end: end + 1 };
    candidate.lastIndex = end;
  }
  return undefined;
}

function isRule(line: string): boolean {
  const match = /^ {0,3}([-_*])/.exec(line);
  const mark = match?.[1];
  if (!mark) return false;
  let marks = 0;
  let spaces = 0;
  const text = line.trimEnd();
  for (let index = match[0].length - 1; index < text.length; index++) {
    if (text[index] === mark) {
      marks++;
      spaces = 0;
    } else if (text[index] !== ' ' || ++spaces > 2) return false;
  }
  return marks >= 3;
}

/** Reads horizontal rules: three or more `-`, `_` or `*` alone on a line. */
export const ruleProcessor: BlockProcessor = {
  test: (_, block) => findRule(block) !== undefined,
  run(parent, blocks, parser) {
    const block = blocks.take();
    const rule = findRule(block);
    if (!rule) return;
    const before = block.slice(0, rule.start).trimEnd();
    if (before) parser.parseBlocks(parent, [before]);
    parent.add('hr');
    const after = block.slice(rule.end).replace(/^\n+/, '');
    if (after) blocks.put(after);
  },
};
