import { decodeHTML } from 'entities';
import { readHtmlToken } from '../render/core/html-scanner.ts';

/** Elements whose text is no part of a sentence: marks beside headings, numbers of lines, drawings. */
const silent = /\b(?:headerlink|linenos|linenodiv|footnote-backref)\b/;
const inline = /^(?:a|abbr|b|code|del|em|i|ins|kbd|mark|s|small|span|strong|sub|sup|svg|u|wbr)$/;
const empty = /^(?:area|br|col|hr|img|input|source|track|wbr)$/;

/** The text of a finished page, one line, at most `limit` characters; `of` begins it at the first element of a name. */
export function toPageText(html: string, limit: number, of?: string): string {
  let text = '';
  let depth = 0;
  let isOpen = of === undefined;
  for (let at = 0; at < html.length && text.length < limit * 2; ) {
    const next = html.indexOf('<', at);
    const end = next < 0 ? html.length : next;
    if (depth === 0 && isOpen) text += html.slice(at, end);
    const token = next < 0 ? undefined : readHtmlToken(html, next);
    at = token?.end ?? end + 1;
    if (!token && next >= 0 && depth === 0 && isOpen) text += '<';
    if (token?.kind !== 'start' && token?.kind !== 'end') continue;
    const { name } = token;
    const isStart = token.kind === 'start';
    if (name === of && !isStart && isOpen && text.trim() !== '') break;
    if (name === of) isOpen = isStart;
    if (depth === 0 && !inline.test(name)) text += ' ';
    if (depth > 0) depth += isStart ? Number(!token.selfClosing && !empty.test(name)) : -1;
    else if (token.kind === 'start' && isSilent(token)) depth = 1;
  }
  const plain = decodeHTML(text)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return plain.length <= limit ? plain : plain.slice(0, plain.lastIndexOf(' ', limit) + 1 || limit).trim();
}

function isSilent({ name, attributes }: { name: string; attributes: [string, string][] }): boolean {
  if (empty.test(name)) return false;
  return name === 'svg' || attributes.some(([key, value]) => key === 'class' && silent.test(value));
}

/** The first sentence of a page, as plain text. */
export function toSummary(html: string): string {
  const text = toPageText(html, 300, 'p');
  const sentence = /^.{20,200}?[.!?](?=\s|$)/u.exec(text)?.[0] ?? text;
  return sentence.length <= 200 ? sentence : `${sentence.slice(0, sentence.lastIndexOf(' ', 199))}…`;
}
