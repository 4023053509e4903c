import { type BlockParser, type BlockProcessor, detab, TAB } from './block-parser.ts';
import type { Element } from './element.ts';

/** A block with a head line of its own whose content is indented below it, over any number of blank lines. */
export type Container = {
  /** Finds the head line: it must be the first line of a block or follow a line break. */
  head: RegExp;
  /** Makes the element and returns the one that takes the content. */
  open(parent: Element, match: RegExpExecArray): Element;
  /** The element that takes more content, if the last child of the parent is such a block. */
  reopen(last: Element): Element | undefined;
};

type Continuation = { target: Element; inner: string; rest: string };

const lists = ['ul', 'ol', 'dl'];
const margin = ' '.repeat(TAB);

/** Finds where an indented block goes: into the container above it, or into a list at the end of that. */
function findContinuation(parent: Element, block: string, container: Container): Continuation | undefined {
  if (!block.startsWith(margin) || !parent.last) return undefined;
  let target = container.reopen(parent.last);
  let text = block;
  let width = 0;
  let last = target?.last;
  while (target && last && text.startsWith(margin + margin) && lists.includes(last.tag)) {
    target = last.last;
    last = target?.last;
    text = text.slice(TAB);
    width += TAB;
  }
  if (!target || !text.startsWith(margin)) return undefined;
  return { target, ...detab(block, width + TAB) };
}

function continueWith({ target, inner, rest }: Continuation, parser: BlockParser): string {
  if (['li', 'dd'].includes(target.tag) && target.text) target.wrapText();
  parser.parseChunk(target, inner);
  return rest;
}

/** Reads containers such as admonitions. */
export function createContainerProcessor(container: Container): BlockProcessor {
  return {
    test: (parent, block) => container.head.test(block) || findContinuation(parent, block, container) !== undefined,
    run(parent, blocks, parser) {
      const block = blocks.take();
      const match = container.head.exec(block);
      const continuation = match ? undefined : findContinuation(parent, block, container);
      let rest = '';
      if (match) {
        if (match.index > 0) parser.parseBlocks(parent, [block.slice(0, match.index)]);
        const content = detab(block.slice(match.index + match[0].length));
        parser.parseChunk(container.open(parent, match), content.inner);
        rest = content.rest;
      } else if (continuation) rest = continueWith(continuation, parser);
      if (rest) blocks.put(rest);
    },
  };
}
