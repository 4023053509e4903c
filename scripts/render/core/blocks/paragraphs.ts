import type { BlockProcessor } from '../block-parser.ts';
import type { Conversion } from '../conversion.ts';

const quoteStart = /(?:^|\n) {0,3}>/;

function unquote(line: string): string {
  const match = /^ {0,3}> ?/.exec(line);
  if (line.trim() === '>') return '';
  return match ? line.slice(match[0].length) : line;
}

/** Reads quotes; every line after the first `>` belongs to it, with or without a mark. */
export const quoteProcessor: BlockProcessor = {
  test: (_, block) => block.includes('>') && quoteStart.test(block),
  run(parent, blocks, parser) {
    const block = blocks.take();
    const start = quoteStart.exec(block)?.index ?? 0;
    if (start > 0) parser.parseBlocks(parent, [block.slice(0, start)]);
    const text = block
      .slice(block[start] === '\n' ? start + 1 : start)
      .split('\n')
      .map(unquote)
      .join('\n');
    const quote = parent.last?.tag === 'blockquote' ? parent.last : parent.add('blockquote');
    parser.within('blockquote', () => parser.parseChunk(quote, text));
  },
};

const reference = /^ {0,3}\[([^[\]]*)\]: *(?:\n *)?(\S+) *(?:\n *)?((["'])(.*)\4 *|\((.*)\) *)?$/m;

/** Reads link definitions and keeps them for the page. */
export const referenceProcessor: BlockProcessor = {
  test: (_, block) => block.includes(']:'),
  run(_, blocks, parser) {
    const block = blocks.take();
    let rest = block;
    // Definitions in a row are read in one go.
    for (let match = reference.exec(rest); match; match = reference.exec(rest)) {
      const before = rest.slice(0, match.index);
      keepReference(match, parser.page);
      rest = rest.slice(match.index + match[0].length).replace(/^\n+/, '');
      if (!before.trim() && isNext(rest)) continue;
      if (rest.trim()) blocks.put(rest);
      if (before.trim()) blocks.put(before.replace(/\n+$/, ''));
      return true;
    }
    if (rest.trim()) blocks.put(rest);
    return rest !== block;
  },
};

const isNext = (text: string): boolean => reference.exec(text.slice(0, 2000))?.index === 0;

function keepReference(match: RegExpExecArray, page: Conversion): void {
  const [, id = '', link = ''] = match;
  const title = match[5] ?? match[6];
  page.references.set(id.trim().toLowerCase(), { href: link.replace(/^<+/, '').replace(/>+$/, ''), title });
}

/** Takes everything that nobody else wanted. In tight list items text stays bare. */
export const paragraphProcessor: BlockProcessor = {
  test: () => true,
  run(parent, blocks, parser) {
    const block = blocks.take();
    if (!block.trim()) return;
    if (!parser.isState('list')) parent.add('p').text = block.trimStart();
    else if (parent.last) parent.last.tail = parent.last.tail ? `${parent.last.tail}\n${block}` : `\n${block}`;
    else parent.text = parent.text ? `${parent.text}\n${block}` : block.trimStart();
  },
};
