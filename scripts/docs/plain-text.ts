import { decodeHTML } from 'entities';
import { isInline, listPieces } from './html-pieces.ts';

/** The text of a finished page, one line, at most `limit` characters; `of` begins it at the first element of a name. */
export function toPageText(html: string, limit: number, of?: string): string {
  let text = '';
  let isOpen = of === undefined;
  for (const piece of listPieces(html)) {
    if (text.length >= limit * 2) break;
    if (piece.kind === 'text') {
      if (isOpen) text += piece.text;
      continue;
    }
    const isStart = piece.kind === 'start';
    if (piece.name === of && !isStart && isOpen && text.trim() !== '') break;
    if (piece.name === of) isOpen = isStart;
    if (!isInline(piece.name)) text += ' ';
  }
  const plain = toLine(text);
  return plain.length <= limit ? plain : plain.slice(0, plain.lastIndexOf(' ', limit) + 1 || limit).trim();
}

/** Text of HTML as people read it, on one line. */
export function toLine(html: string): string {
  return decodeHTML(html)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
}

/** The first sentence of a page, as plain text. */
export function toSummary(html: string): string {
  const text = toPageText(html, 300, 'p');
  const sentence = /^.{20,200}?[.!?](?=\s|$)/u.exec(text)?.[0] ?? text;
  return sentence.length <= 200 ? sentence : `${sentence.slice(0, sentence.lastIndexOf(' ', 199))}…`;
}
