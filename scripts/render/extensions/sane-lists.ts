import { createListProcessor } from '../core/blocks/lists.ts';
import { defineExtension } from './define.ts';

/** Lists of different kinds stay apart, and an ordered list keeps its first number. */
export const saneLists = defineExtension({
  name: 'sane_lists',
  aliases: ['markdown.extensions.sane_lists'],
  install({ blocks }) {
    blocks.add(
      'olist',
      40,
      createListProcessor({ tag: 'ol', indent: 4, joins: ['ol'], mixes: false, keepsStart: true }),
    );
    blocks.add(
      'ulist',
      30,
      createListProcessor({ tag: 'ul', indent: 4, joins: ['ul'], mixes: false, keepsStart: false }),
    );
  },
});
