import type { Conversion } from './conversion.ts';
import { Element } from './element.ts';

export const TAB = 4;
const maxDepth = 100;
const maxBlock = 300_000;
/** How often the text of a page may be looked at, as one block that shrinks by a few lines, before what is left of it is cut. */
const maxLooks = 20;
const fewLooks = 10_000_000;
const smallBlock = 400;

/** The blocks still to be read, next one first. */
export class BlockQueue {
  private readonly reversed: string[];

  constructor(blocks: string[]) {
    this.reversed = blocks.toReversed();
  }

  get size(): number {
    return this.reversed.length;
  }

  peek(): string {
    return this.reversed[this.reversed.length - 1] ?? '';
  }

  take(): string {
    return this.reversed.pop() ?? '';
  }

  /** Puts a block in front; an empty one is dropped only by those who check. */
  put(block: string): void {
    this.reversed.push(block);
  }
}

/** Reads one kind of block. `run` takes what it reads off the queue; `false` means it was not for it after all. */
export type BlockProcessor = {
  test(parent: Element, block: string, parser: BlockParser): boolean;
  run(parent: Element, blocks: BlockQueue, parser: BlockParser): unknown;
};

export type ParserState = 'list' | 'looselist' | 'detabbed' | 'blockquote' | 'footnote';

/** Turns blocks of lines into a tree: every block goes to the first processor, in order of priority, that accepts it. */
export class BlockParser {
  readonly page: Conversion;
  private readonly processors: BlockProcessor[];
  private readonly states: ParserState[] = [];
  private depth = 0;
  private looked = 0;
  private allowed = fewLooks;

  constructor(processors: BlockProcessor[], page: Conversion) {
    this.processors = processors;
    this.page = page;
  }

  /** Reads a whole document. */
  parseDocument(text: string): Element {
    this.allowed = fewLooks + maxLooks * text.length;
    const root = new Element('div');
    this.parseChunk(root, text);
    return root;
  }

  /** Reads text that may hold several blocks. */
  parseChunk(parent: Element, text: string): void {
    this.parseBlocks(parent, splitBlocks(text));
  }

  /** Reads blocks into `parent`; nesting beyond all reason is kept as plain text. */
  parseBlocks(parent: Element, blocks: string[]): void {
    if (this.depth >= maxDepth) {
      for (const block of blocks) if (block.trim()) parent.add('p').text = block.trim();
      return;
    }
    this.depth++;
    const queue = new BlockQueue(blocks);
    while (queue.size > 0) this.runNext(parent, queue);
    this.depth--;
  }

  private runNext(parent: Element, queue: BlockQueue): void {
    this.looked += queue.peek().length;
    if (this.looked > this.allowed && queue.peek().length > smallBlock)
      for (const piece of cutBlock(queue.take(), smallBlock).toReversed()) queue.put(piece);
    for (const processor of this.processors) {
      if (processor.test(parent, queue.peek(), this) && processor.run(parent, queue, this) !== false) return;
    }
    queue.take();
  }

  isState(state: ParserState): boolean {
    return this.states[this.states.length - 1] === state;
  }

  /** Does something while the parser is in a state. */
  within(state: ParserState, action: () => void): void {
    this.states.push(state);
    action();
    this.states.pop();
  }
}

/** Splits text at blank lines. A block of absurd length is cut at a line break, so that time stays in proportion. */
function splitBlocks(text: string): string[] {
  const blocks = text.split('\n\n');
  return text.length > maxBlock && blocks.some(({ length }) => length > maxBlock)
    ? blocks.flatMap((block) => cutBlock(block, maxBlock))
    : blocks;
}

function cutBlock(block: string, size: number): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (block.length - from > size) {
    const end = block.indexOf('\n', from + size);
    if (end < 0) break;
    pieces.push(block.slice(from, end));
    from = end + 1;
  }
  return [...pieces, block.slice(from)];
}

/** Takes the leading lines that are indented by `width` (and blank ones) off a block: what they hold, and the rest. */
export function detab(text: string, width = TAB): { inner: string; rest: string } {
  const margin = ' '.repeat(width);
  const inner: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    if (line.startsWith(margin)) inner.push(line.slice(width));
    else if (line.trim() === '') inner.push('');
    else break;
    at = end < 0 ? text.length + 1 : end + 1;
  }
  return { inner: inner.join('\n'), rest: text.slice(at) };
}

/** Removes `width` of indentation wherever a line has it. */
export function looseDetab(text: string, width: number): string {
  const margin = ' '.repeat(width);
  return text
    .split('\n')
    .map((line) => (line.startsWith(margin) ? line.slice(width) : line))
    .join('\n');
}
