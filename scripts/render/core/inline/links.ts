import type { Reference } from '../conversion.ts';
import { Element } from '../element.ts';
import type { InlineContext, InlineMatch, InlineRule } from '../inline-parser.ts';
import { unhide } from '../stash.ts';
import { marksOf } from './emphasis.ts';

/** For every `[` of a text the place of the `]` that closes it. */
function bracketsOf(text: string, memory: Map<unknown, unknown>): Map<number, number> {
  const known = memory.get(bracketsOf) as Map<number, number> | undefined; // only this function writes under its own key
  if (known) return known;
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '[') open.push(index);
    else if (text[index] === ']') {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, index);
    }
  }
  memory.set(bracketsOf, pairs);
  return pairs;
}

type Target = Reference & { end: number };
const spaces = /\s*/y;

function skipSpaces(text: string, at: number): number {
  spaces.lastIndex = at;
  return at + (spaces.exec(text)?.[0].length ?? 0);
}

const angled = /(<[^<>]*>)\s*(?:('[^']*'|"[^"]*")\s*)?\)/y;

/** Reads `(target "title")` from its parenthesis on. */
function readTarget(text: string, at: number): Target | undefined {
  const start = skipSpaces(text, at + 1);
  angled.lastIndex = start;
  const match = text[start] === '<' ? angled.exec(text) : null;
  if (match) return { href: match[1]?.slice(1, -1) ?? '', title: match[2]?.slice(1, -1), end: angled.lastIndex };
  return readBareTarget(text, start);
}

const limit = 1_000_000;
const maxDepth = 32;

type Quote = { mark: string; start: number; end: number };

/**
 * A target without angle brackets ends at the parenthesis that balances the first one. A quote opens a title in which
 * parentheses do not count; it is one when its last mark stands right before the end.
 */
function readBareTarget(text: string, start: number): Target | undefined {
  const stop = Math.min(text.length, start + limit);
  const quotes: Quote[] = [];
  let depth = 1;
  let outside = 1; // the depth that holds if the quote turns out to be none
  let fallback = -1;
  let last = '';
  for (let at = start; at < stop; at++) {
    const char = text[at] ?? '';
    const quoted = quotes.length > 0;
    if (depth > maxDepth || outside > maxDepth) return undefined;
    if (char === '(') quoted ? outside > 0 && outside++ : depth++;
    else if (char === ')') {
      const title = quotes.find((quote) => quote.end >= 0 && quote.mark === last);
      if (title)
        return { href: text.slice(start, title.start), title: text.slice(title.start + 1, title.end), end: at + 1 };
      if (!quoted) depth--;
      else if (outside > 0 && --outside === 0) fallback = at;
      if (depth === 0) return { href: text.slice(start, at), title: undefined, end: at + 1 };
    } else if (char === '"' || char === "'") {
      const quote = quotes.find(({ mark }) => mark === char);
      if (quote) quote.end = at;
      else {
        if (!quoted) outside = depth;
        quotes.push({ mark: char, start: at, end: -1 });
      }
    }
    if (char !== ' ') last = char;
  }
  return fallback < 0 ? undefined : { href: text.slice(start, fallback), title: undefined, end: fallback + 1 };
}

function readReference(
  text: string,
  close: number,
  label: string,
  { page }: InlineContext,
): Target | number | undefined {
  const open = /\s/.test(text[close + 1] ?? '') ? close + 2 : close + 1;
  if (text[open] !== '[') return undefined;
  const end = text.indexOf(']', open);
  if (end < 0) return undefined;
  const id = (text.slice(open + 1, end).toLowerCase() || label.toLowerCase()).replace(/\s+/g, ' ');
  const known = page.references.get(id);
  return known ? { ...known, end: end + 1 } : end + 1;
}

function readShortReference(close: number, label: string, { page }: InlineContext): Target | number {
  const known = page.references.get(label.toLowerCase().replace(/\s+/g, ' '));
  return known ? { ...known, end: close + 1 } : close + 1;
}

type Form = (text: string, close: number, label: string, context: InlineContext) => Target | number | undefined;

const forms = {
  link: (text, close, _, { memory }) => {
    if (text[close + 1] !== '(' || marksOf(text, memory).next(')', close) < 0) return undefined;
    return readTarget(text, close + 1);
  },
  reference: readReference,
  short: (_, close, label, context) => readShortReference(close, label, context),
} satisfies Record<string, Form>;

const clean = (text: string, context: InlineContext) => unhide(context.reveal(text)).trim();

function toTitle(title: string, context: InlineContext): string {
  return clean(title, context).replace(/\s/g, ' ');
}

function toLink(label: string, target: Target, context: InlineContext): Element {
  const link = new Element('a', [['href', clean(target.href, context)]]);
  if (target.title !== undefined) link.attributes.set('title', toTitle(target.title, context));
  link.text = label;
  return link;
}

function toImage(label: string, target: Target, context: InlineContext): Element {
  const image = new Element('img', [
    ['alt', unhide(context.reveal(label))],
    ['src', clean(target.href, context)],
  ]);
  if (target.title !== undefined) image.attributes.set('title', toTitle(target.title, context));
  return image;
}

/** A link or an image, with its target beside it or defined elsewhere. */
export function createLinkRule(kind: 'link' | 'image', form: keyof typeof forms): InlineRule {
  const isImage = kind === 'image';
  return {
    triggers: '[',
    find(text, at, context): InlineMatch | number | undefined {
      if ((text[at - 1] === '!' && at > context.from) !== isImage) return undefined;
      const close = bracketsOf(text, context.memory).get(at);
      if (close === undefined) return undefined;
      const label = text.slice(at + 1, close);
      const target = forms[form](text, close, label, context);
      if (target === undefined || typeof target === 'number') return target;
      return isImage
        ? { start: at - 1, end: target.end, node: toImage(label, target, context) }
        : { start: at, end: target.end, node: toLink(label, target, context) };
    },
  };
}
