import type { Registry } from '../registry.ts';
import { createCodeProcessor, emptyProcessor } from './code.ts';
import { hashHeadingProcessor, ruleProcessor, setextHeadingProcessor } from './headings.ts';
import { createListIndentProcessor, createListProcessor } from './lists.ts';
import { paragraphProcessor, quoteProcessor, referenceProcessor } from './paragraphs.ts';

const both = { indent: 4, joins: ['ol', 'ul'], mixes: true, keepsStart: false };

/** Adds the blocks that Markdown has without any extension. */
export function addBasicBlocks({ blocks }: Registry): void {
  blocks.add('empty', 100, emptyProcessor);
  blocks.add('indent', 90, createListIndentProcessor());
  blocks.add('code', 80, createCodeProcessor());
  blocks.add('hashheader', 70, hashHeadingProcessor);
  blocks.add('setextheader', 60, setextHeadingProcessor);
  blocks.add('hr', 50, ruleProcessor);
  blocks.add('olist', 40, createListProcessor({ tag: 'ol', ...both }));
  blocks.add('ulist', 30, createListProcessor({ tag: 'ul', ...both }));
  blocks.add('quote', 20, quoteProcessor);
  blocks.add('reference', 15, referenceProcessor);
  blocks.add('paragraph', 10, paragraphProcessor);
}
