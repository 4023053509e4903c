import { toEscaped } from './markup.ts';
import type { Highlight } from './render.ts';

/** How much of a text is shown; the whole of it is the file. */
const shown = 200_000;

/** The text of a definition as it is written, its lines numbered, those that are wrong marked. */
export function renderSource(
  text: string,
  language: string,
  lines: readonly number[],
  highlight: Highlight,
): { body: string; isShortened: boolean } {
  const code = text.length > shown ? text.slice(0, text.lastIndexOf('\n', shown) + 1 || shown) : text;
  const marked = lines.length > 0 ? ` data-marked-lines="${lines.join(' ')}"` : '';
  const painted = highlight(code, language) ?? toEscaped(code);
  const body = `<div class="highlight" data-line-start="1"${marked}><pre><code>${painted}</code></pre></div>`;
  return { body, isShortened: code.length < text.length };
}
