import { Element } from '../element.ts';
import type { InlineRule } from '../inline-parser.ts';
import { unhide } from '../stash.ts';
import { type Marks, marksOf } from './emphasis.ts';

/** `<https://…>` */
export const autolinkRule: InlineRule = {
  triggers: '<',
  find(text, at, context) {
    const match = sticky(/<((?:ftp|https?):\/\/[^<>]*)>/iy, text, at);
    if (!match) return undefined;
    const href = unhide(context.reveal(match[1] ?? ''));
    return { start: at, end: at + match[0].length, node: new Element('a', [['href', href]]).setAtomic(href) };
  },
};

/** `<someone@example.org>` */
export const automailRule: InlineRule = {
  triggers: '<',
  find(text, at, context) {
    const match = sticky(/<([^<> !]+@[^@<> ]+)>/y, text, at);
    if (!match) return undefined;
    const mail = unhide(context.reveal(match[1] ?? '')).replace(/^mailto:/, '');
    return {
      start: at,
      end: at + match[0].length,
      node: new Element('a', [['href', `mailto:${mail}`]]).setAtomic(mail),
    };
  },
};

/** Two spaces at the end of a line. */
export const lineBreakRule: InlineRule = {
  triggers: '\n',
  find(text, at, { from }) {
    return at - 2 >= from && text[at - 1] === ' ' && text[at - 2] === ' '
      ? { start: at - 2, end: at + 1, node: new Element('br') }
      : undefined;
  },
};

/** Tags and comments inside of text. */
export const htmlRule: InlineRule = {
  triggers: '<',
  find(text, at, { page, reveal, memory }) {
    const end = text.startsWith('<!--', at) ? commentEnd(marksOf(text, memory), at) : tagEnd(text, at);
    if (end < 0) return undefined;
    return { start: at, end, node: page.stash.store(unhide(reveal(text.slice(at, end)))) };
  },
};

function commentEnd(marks: Marks, at: number): number {
  const close = marks.next('-->', at + 4);
  const nested = close < 0 ? -1 : marks.next('<!--', at + 4);
  return close < 0 || (nested >= 0 && nested < close) ? -1 : close + 3;
}

function tagEnd(text: string, at: number): number {
  const match = sticky(/<\/?[a-zA-Z][^<>@ ]*(?: [^<>]*)?>/y, text, at);
  return match ? at + match[0].length : -1;
}

/** `&copy;` and its like. */
export const entityRule: InlineRule = {
  triggers: '&',
  find(text, at, { page }) {
    const match = sticky(/&(?:#\d+|#x[\da-f]+|[\da-z]+);/iy, text, at);
    return match ? { start: at, end: at + match[0].length, node: page.stash.store(match[0]) } : undefined;
  },
};

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
