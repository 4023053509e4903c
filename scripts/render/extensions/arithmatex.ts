import type { BlockProcessor } from '../core/block-parser.ts';
import { Element } from '../core/element.ts';
import { countBackslashes } from '../core/inline/code.ts';
import { marksOf } from '../core/inline/emphasis.ts';
import type { InlineRule } from '../core/inline-parser.ts';
import { escapeAll } from '../core/serialize.ts';
import { defineExtension } from './define.ts';

const toSpan = (formula: string): Element =>
  new Element('span', [['class', 'arithmatex']]).setAtomic(escapeAll(`\\(${formula}\\)`));

const space = /\s/;

const dollarRule: InlineRule = {
  triggers: '$',
  find(text, at, { from }) {
    if (countBackslashes(text, at, from) % 2 === 1) return undefined;
    if (text[at + 1] === '$' || space.test(text[at + 1] ?? ' ')) return undefined;
    for (let end = text.indexOf('$', at + 2); end > 0 && end - at < 5000; end = text.indexOf('$', end + 1)) {
      if (countBackslashes(text, end, at) % 2 === 1) continue;
      if (space.test(text[end - 1] ?? '') || text[end + 1] === '$' || /\d/.test(text[end + 1] ?? '')) return undefined;
      return { start: at, end: end + 1, node: toSpan(text.slice(at + 1, end)) };
    }
    return undefined;
  },
};

const parenRule: InlineRule = {
  triggers: '\\',
  find(text, at, { memory }) {
    if (text[at + 1] !== '(') return undefined;
    const end = marksOf(text, memory).next('\\)', at + 2);
    return end > at + 2 ? { start: at, end: end + 2, node: toSpan(text.slice(at + 2, end)) } : undefined;
  },
};

const forms = [
  /^\$\$([\s\S]*?[^\\])\$\$[ ]*$/,
  /^\\\[([\s\S]*?[^\\])\\\][ ]*$/,
  /^(\\begin\{([a-z]+\*?)\}[\s\S]+\\end\{\2\})[ ]*$/,
];

const findFormula = (block: string): string | undefined => {
  for (const form of forms) {
    const match = form.exec(block);
    if (match) return match[1];
  }
  return undefined;
};

const blockProcessor: BlockProcessor = {
  test: (_, block) =>
    (block.startsWith('$$') || block.startsWith('\\[') || block.startsWith('\\begin{')) &&
    findFormula(block) !== undefined,
  run(parent, blocks) {
    const formula = findFormula(blocks.take()) ?? '';
    parent.add('div', [['class', 'arithmatex']]).setAtomic(escapeAll(`\\[${formula}\\]`));
  },
};

/** Mathematics: `$x$`, `\(x\)`, and blocks between `$$` or `\[` and `\]`. */
export const arithmatex = defineExtension({
  name: 'pymdownx.arithmatex',
  aliases: [],
  install({ inline, blocks, escapable }) {
    escapable.add('$');
    inline.add('arithmatex-inline', 189.9, dollarRule);
    inline.add('arithmatex-paren', 189.8, parenRule);
    blocks.add('arithmatex-block', 79.9, blockProcessor);
  },
});
