import { isWordBefore, word } from '../core/inline/basic-emphasis.ts';
import { createEmphasisRule, type Found, type Shape } from '../core/inline/emphasis.ts';
import { toText } from '../core/options.ts';
import { defineExtension } from './define.ts';

/** How one mark behaves: which marks may stand inside of text, and where an opening and a closing may be. */
type Style = {
  mark: string;
  /** Whether a single mark at a place may be part of the text between marks. */
  inner(text: string, at: number): boolean;
  /** The same between two marks. */
  innerOfTwo(text: string, at: number): boolean;
  opens(text: string, at: number): boolean;
  closes(text: string, end: number): boolean;
  /** Whether marks right before the closing may belong to the text. */
  trailing: boolean;
  /** Whether the text itself may be nothing but one mark. */
  lone: boolean;
};

const maxClosings = 50;
/** Places where text of two parts may end that are looked at in all. */
const maxPairs = 300;
const isSpace = (char: string | undefined): boolean => char !== undefined && /\s/.test(char);
const wordStart = new RegExp(`^${word}`, 'u');
const letterStart = /^[\p{L}\p{N}]/u;
const isWordAt = (text: string, at: number): boolean => wordStart.test(text.slice(at, at + 2));
const isLetterAt = (text: string, at: number): boolean => letterStart.test(text.slice(at, at + 2));

/** Every place where text that begins at `from` may end before `count` marks, nearest first. */
function* closings(
  text: string,
  from: number,
  count: number,
  style: Style,
  trailing = style.trailing,
  tries = { left: maxClosings },
): Generator<number> {
  const { mark } = style;
  const closing = mark.repeat(count);
  for (let at = text.indexOf(mark, from); at >= 0 && tries.left-- > 0; at = text.indexOf(mark, at + 1)) {
    const canClose = (place: number) =>
      place > from &&
      text.startsWith(closing, place) &&
      !isSpace(text[place - 1]) &&
      (trailing === style.trailing || text[place - 1] !== mark) &&
      style.closes(text, place + count);
    if (canClose(at)) yield at;
    if (trailing && at > from)
      for (let place = at + 1; text[place - 1] === mark && place < at + 8; place++) if (canClose(place)) yield place;
    if (!(count === 2 ? style.innerOfTwo(text, at) : style.inner(text, at))) return;
  }
}

/** How many marks between an opening and a closing of them are the text itself. */
function loneMarks(text: string, from: number, count: number, mark: string): number {
  const most = [0, 1, 0, 2][count] ?? 0;
  for (let marks = most; marks > 0; marks--) if (text.startsWith(mark.repeat(marks + count), from)) return marks;
  return 0;
}

function oneShape(count: number, tags: string[], style: Style): Shape {
  const opening = style.mark.repeat(count);
  return {
    tags,
    find(text, at): Found | undefined {
      const from = at + count;
      if (!text.startsWith(opening, at) || isSpace(text[from]) || from >= text.length || !style.opens(text, at))
        return undefined;
      if (style.trailing && text[from] === style.mark) return undefined;
      const marks = style.lone ? loneMarks(text, from, count, style.mark) : 0;
      if (marks > 0) return { pieces: [[from, from + marks]], end: from + marks + count };
      for (const end of closings(text, from, count, style)) return { pieces: [[from, end]], end: end + count };
      return undefined;
    },
  };
}

function twoShape(open: number, middle: number, close: number, tags: string[], style: Style): Shape {
  const opening = style.mark.repeat(open);
  return {
    tags,
    find(text, at): Found | undefined {
      const from = at + open;
      if (!text.startsWith(opening, at) || isSpace(text[from]) || text[from] === style.mark || !style.opens(text, at))
        return undefined;
      const tries = { left: maxPairs };
      for (const end of closings(text, from, middle, style, false)) {
        for (const stop of closings(text, end + middle, close, style, false, tries))
          return {
            pieces: [
              [from, end],
              [end + middle, stop],
            ],
            end: stop + close,
          };
      }
      return undefined;
    },
  };
}

function shapesOf(style: Style): Shape[] {
  return [
    oneShape(3, ['strong', 'em'], style),
    twoShape(3, 1, 2, ['strong', 'em'], style),
    twoShape(3, 2, 1, ['em', 'strong'], style),
    oneShape(2, ['strong'], style),
    oneShape(1, ['em'], style),
  ];
}

const plain = (mark: string): Style => ({
  mark,
  inner: (text, at) => isSpace(text[at - 1]),
  innerOfTwo: (text, at) => text[at - 1] !== mark && (text[at + 1] === mark || isLetterAt(text, at + 1)),
  opens: () => true,
  closes: () => true,
  trailing: false,
  lone: true,
});

const smart = (mark: string): Style => {
  const other = mark === '*' ? '_' : '';
  const inner = (text: string, at: number) =>
    text[at + 1] === mark ||
    isSpace(text[at + 1]) ||
    isSpace(text[at - 1]) ||
    (mark === '*' ? isLetterAt(text, at + 1) : isWordAt(text, at + 1));
  return {
    mark,
    inner,
    innerOfTwo: (text, at) => (text[at - 1] !== mark && text[at + 1] !== mark) || inner(text, at),
    opens: (text, at) => (other !== '' && text[at - 1] === other) || (text[at - 1] !== mark && !isWordBefore(text, at)),
    closes: (text, end) => (other !== '' && text[end] === other) || (text[end] !== mark && !isWordAt(text, end)),
    trailing: true,
    lone: false,
  };
};

/** Emphasis that minds the words around it. */
export const betterem = defineExtension({
  name: 'pymdownx.betterem',
  aliases: [],
  install({ inline }, options) {
    const enabled = toText(options.smart_enable, 'underscore');
    const styleOf = (mark: string, name: string) => (enabled === 'all' || enabled === name ? smart(mark) : plain(mark));
    inline.add('em_strong', 60, createEmphasisRule('*', shapesOf(styleOf('*', 'asterisk'))));
    inline.add('em_strong2', 50, createEmphasisRule('_', shapesOf(styleOf('_', 'underscore'))));
  },
});
