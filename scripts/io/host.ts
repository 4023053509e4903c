import { createHighlighter } from './highlighter.ts';
import { createGlyphs } from './icons.ts';

/** What the Markdown renderer asks of this machine: code is painted, icons and emoji are found, each read when first needed. */
export function createHost(from: string) {
  return { ...createGlyphs(from), highlight: createHighlighter(from) };
}
