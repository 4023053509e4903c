import { createListIndentProcessor, createListProcessor } from '../core/blocks/lists.ts';
import { toFlag, toNumber } from '../core/options.ts';
import { defineExtension } from './define.ts';

/** Lists nest by two spaces, and lists of different kinds stay apart. */
export const trulySaneLists = defineExtension({
  name: 'mdx_truly_sane_lists',
  aliases: [],
  install({ blocks }, options) {
    const indent = Math.max(1, toNumber(options.nested_indent, 2));
    const sane = toFlag(options.truly_sane, true);
    const rest = { indent, mixes: !sane, keepsStart: false };
    blocks.add('indent', 90, createListIndentProcessor(indent));
    blocks.add('olist', 40, createListProcessor({ tag: 'ol', joins: sane ? ['ol'] : ['ol', 'ul'], ...rest }));
    blocks.add('ulist', 30, createListProcessor({ tag: 'ul', joins: sane ? [] : ['ol', 'ul'], ...rest }));
  },
});
