import { type HtmlToken, readHtmlToken } from '../render/core/html-scanner.ts';

/** A stretch of finished HTML: text as it is written, entities and all, or a tag. */
export type HtmlPiece = { kind: 'text'; text: string } | Extract<HtmlToken, { kind: 'start' | 'end' }>;

/** Elements whose text is no part of a sentence: marks beside headings, numbers of lines, drawings. */
const silent = /\b(?:headerlink|linenos|linenodiv|footnote-backref)\b/;
const inline = /^(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|svg|u|wbr)$/;
const empty = /^(?:area|br|col|hr|img|input|source|track|wbr)$/;

/** Whether an element stands in the middle of a sentence. */
export const isInline = (name: string) => inline.test(name);

/** The text and the tags of finished HTML in order; of what says nothing, its first tag alone. */
export function* listPieces(html: string): Generator<HtmlPiece> {
  let depth = 0;
  for (let at = 0; at < html.length; ) {
    const next = html.indexOf('<', at);
    const end = next < 0 ? html.length : next;
    if (depth === 0 && end > at) yield { kind: 'text', text: html.slice(at, end) };
    const token = next < 0 ? undefined : readHtmlToken(html, next);
    at = token?.end ?? end + 1;
    if (!token && next >= 0 && depth === 0) yield { kind: 'text', text: '<' };
    if (token?.kind !== 'start' && token?.kind !== 'end') continue;
    const isStart = token.kind === 'start';
    if (depth === 0) yield token;
    if (depth > 0) depth += isStart ? Number(!token.selfClosing && !empty.test(token.name)) : -1;
    else if (isStart && isSilent(token)) depth = 1;
  }
}

function isSilent({ name, attributes }: { name: string; attributes: [string, string][] }): boolean {
  if (empty.test(name)) return false;
  return name === 'svg' || attributes.some(([key, value]) => key === 'class' && silent.test(value));
}
