import type { BlockProcessor } from '../core/block-parser.ts';
import { markdownElements, stashHtmlWithMarkdown } from '../core/markdown-in-html.ts';
import { defineExtension } from './define.ts';

const alone = /^\ufdd0r\d+\ufdd1/;

const elementProcessor: BlockProcessor = {
  test: (_, block) => block.startsWith('\ufdd0r'),
  run(parent, blocks, parser) {
    const placeholder = alone.exec(blocks.peek())?.[0] ?? '';
    const found = parser.page.note(markdownElements).get(placeholder);
    if (!found) return false;
    const rest = blocks.take().slice(placeholder.length);
    const element = parent.add(found.tag, found.attributes);
    if (found.content === 'span') element.text = found.text;
    else parser.parseChunk(element, found.text);
    if (rest.trim()) blocks.put(rest);
    return true;
  },
};

/** Markdown inside of HTML elements that have a `markdown` attribute. */
export const mdInHtml = defineExtension({
  name: 'md_in_html',
  aliases: ['markdown.extensions.md_in_html'],
  install({ preprocessors, blocks, blockTags }) {
    preprocessors.add('html_block', 20, (text, page) => stashHtmlWithMarkdown(text, page, blockTags));
    blocks.add('markdown_block', 105, elementProcessor);
  },
});
