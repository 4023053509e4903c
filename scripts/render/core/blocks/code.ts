import { type BlockProcessor, detab } from '../block-parser.ts';
import type { Element } from '../element.ts';
import { escapeAll } from '../serialize.ts';

/** The `code` of an indented code block, if the element is one. */
export function findCode(element: Element | undefined): Element | undefined {
  return element?.tag === 'pre' && element.children[0]?.tag === 'code' ? element.children[0] : undefined;
}

/** Reads code that is indented by four spaces; blocks in a row become one. */
export function createCodeProcessor(): BlockProcessor {
  return {
    test: (_, block) => block.startsWith('    '),
    run(parent, blocks) {
      const { inner, rest } = detab(blocks.take());
      const text = `${escapeAll(inner.trimEnd())}\n`;
      const before = findCode(parent.last);
      if (before) before.setAtomic(`${before.text}\n${text}`);
      else parent.add('pre').add('code').setAtomic(text);
      if (rest) blocks.put(rest);
    },
  };
}

/** Reads what is left between blank lines; inside of code the blank lines count. */
export const emptyProcessor: BlockProcessor = {
  test: (_, block) => block === '' || block.startsWith('\n'),
  run(parent, blocks) {
    const block = blocks.take();
    const rest = block.slice(1);
    if (rest) blocks.put(rest);
    const code = findCode(parent.last);
    if (code) code.setAtomic(code.text + (block ? '\n' : '\n\n'));
  },
};
