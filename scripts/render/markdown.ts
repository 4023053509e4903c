import { BlockParser } from './core/block-parser.ts';
import { addBasicBlocks } from './core/blocks/index.ts';
import { Conversion } from './core/conversion.ts';
import { descendants, type Element } from './core/element.ts';
import { stashHtmlBlocks } from './core/html-blocks.ts';
import { addBasicInline } from './core/inline/index.ts';
import { InlineParser, toPlaced } from './core/inline-parser.ts';
import { normalize } from './core/normalize.ts';
import { restoreRawHtml } from './core/raw-html.ts';
import { Registry } from './core/registry.ts';
import { serializeContent } from './core/serialize.ts';
import { unhide } from './core/stash.ts';

/** Adds itself to the registry, with the options of the tree. */
export type Install = (registry: Registry) => void;

/** Turns one page of Markdown into HTML and what else is known of it then. */
export type Markdown = { convert(source: string, page?: Conversion): { html: string; page: Conversion } };

/** Makes a converter from extensions; the algorithm is the one of Python-Markdown, so that pages come out the same. */
export function createMarkdown(extensions: readonly Install[]): Markdown {
  const registry = new Registry();
  registry.preprocessors.add('html_block', 20, (text, page) => stashHtmlBlocks(text, page, registry.blockTags));
  registry.postprocessors.add('raw_html', 30, (html, page) => restoreRawHtml(html, page.stash, registry.blockTags));
  registry.tree.add('unescape', 0, unhideAll);
  addBasicBlocks(registry);
  addBasicInline(registry);
  for (const install of extensions) install(registry);
  const preprocessors = registry.preprocessors.list();
  const blocks = registry.blocks.list();
  const rules = registry.inline.entries().map(({ name, value }) => toPlaced(name, value));
  registry.tree.add('inline', 20, (root, page) => new InlineParser(rules, page).run(root));
  const passes = registry.tree.list();
  const postprocessors = registry.postprocessors.list();

  return {
    convert(source, page = new Conversion()) {
      const text = preprocessors.reduce((current, step) => step(current, page), normalize(source));
      const root: Element = new BlockParser(blocks, page).parseDocument(text);
      for (const pass of passes) pass(root, page);
      const html = postprocessors.reduce((current, step) => step(current, page), serializeContent(root));
      return { html, page };
    },
  };
}

function unhideAll(root: Element): void {
  for (const element of descendants(root)) {
    if (element.text) element.text = unhide(element.text);
    if (element.tail) element.tail = unhide(element.tail);
    for (const [name, value] of element.listed)
      if (value.includes('\ufdd0')) element.attributes.set(name, unhide(value));
  }
}
