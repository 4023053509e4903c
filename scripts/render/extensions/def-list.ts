import { type BlockProcessor, detab } from '../core/block-parser.ts';
import { createListIndentProcessor } from '../core/blocks/lists.ts';
import { defineExtension } from './define.ts';

const mark = /(^|\n)[ ]{0,3}:[ ]{1,3}(.*?)(\n|$)/;
const unindented = /^[ ]{0,3}[^ :]/;

function splitDefinition(block: string, end: number): { text: string; rest: string } {
  const after = block.slice(end);
  if (unindented.test(after)) return { text: after, rest: '' };
  const { inner, rest } = detab(after);
  return { text: inner, rest };
}

const definitionProcessor: BlockProcessor = {
  test: (_, block) => block.includes(':') && mark.test(block),
  run(parent, blocks, parser) {
    const block = blocks.take();
    const match = mark.exec(block);
    if (!match) return false;
    let terms = block
      .slice(0, match.index)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    const { text, rest } = splitDefinition(block, match.index + match[0].length);
    const content = text ? `${match[2]}\n${text}` : (match[2] ?? '');
    const sibling = parent.last;
    if (terms.length === 0 && !sibling) {
      blocks.put(block);
      return false;
    }
    let loose = false;
    if (terms.length === 0 && sibling?.tag === 'p') {
      loose = true;
      terms = sibling.text.split('\n');
      parent.children.pop();
    }
    const list = parent.last?.tag === 'dl' ? parent.last : parent.add('dl');
    if (terms.length === 0 && list.last?.tag === 'dd' && list.last.children.length > 0) loose = true;
    for (const term of terms) list.add('dt').text = term;
    const definition = list.add('dd');
    if (loose) parser.parseBlocks(definition, [content]);
    else parser.within('list', () => parser.parseBlocks(definition, [content]));
    if (rest) blocks.put(rest);
    return true;
  },
};

/** Terms, and below each `:   ` its definitions. */
export const defList = defineExtension({
  name: 'def_list',
  aliases: ['markdown.extensions.def_list'],
  install({ blocks }) {
    blocks.add('defindent', 85, createListIndentProcessor(4, ['dl', 'ol', 'ul'], ['dd', 'li']));
    blocks.add('deflist', 25, definitionProcessor);
  },
});
