import type { Found, Marks, Shape } from './emphasis.ts';

/** Letters, digits and the underscore, of any script. */
export const word = '[\\p{L}\\p{N}_]';
const wordBefore = new RegExp(`${word}$`, 'u');

export const isWordBefore = (text: string, at: number): boolean =>
  at > 0 && wordBefore.test(text.slice(Math.max(0, at - 2), at));

/** `***a⟨first⟩b⟨second⟩`: three marks, then two closings one after the other. */
function triple(mark: string, first: number, second: number): Shape['find'] {
  const one = mark.repeat(first);
  const two = mark.repeat(second);
  return (text, at, marks): Found | undefined => {
    if (!text.startsWith(mark.repeat(3), at)) return undefined;
    const close = marks.next(one, at + 4);
    const end = close < 0 ? -1 : marks.next(two, close + first);
    return end < 0
      ? undefined
      : {
          pieces: [
            [at + 3, close],
            [close + first, end],
          ],
          end: end + second,
        };
  };
}

function strongThenBoth(text: string, at: number, marks: Marks): Found | undefined {
  if (!text.startsWith('**', at) || text[at + 2] === '*') return undefined;
  const inner = marks.next('*', at + 2);
  if (inner < at + 3 || text[inner + 1] === '*') return undefined;
  const close = marks.next('***', inner + 2);
  return close < 0
    ? undefined
    : {
        pieces: [
          [at + 2, inner],
          [inner + 1, close],
        ],
        end: close + 3,
      };
}

function strong(text: string, at: number, marks: Marks): Found | undefined {
  const close = text.startsWith('**', at) ? marks.next('**', at + 3) : -1;
  return close < 0 ? undefined : { pieces: [[at + 2, close]], end: close + 2 };
}

function em(_: string, at: number, marks: Marks): Found | undefined {
  const close = marks.next('*', at + 1);
  return close < at + 2 ? undefined : { pieces: [[at + 1, close]], end: close + 1 };
}

export const starShapes: readonly Shape[] = [
  { tags: ['strong', 'em'], find: triple('*', 1, 2) },
  { tags: ['em', 'strong'], find: triple('*', 2, 1) },
  { tags: ['strong', 'em', 'inner-last'], find: strongThenBoth },
  { tags: ['strong'], find: strong },
  { tags: ['em'], find: em },
];

function smart(mark: string): Shape['find'] {
  const close = new RegExp(`(?<!_)${mark}(?!${word})`, 'gu');
  return (text, at, marks) => {
    if (!text.startsWith(mark, at) || text[at + mark.length] === '_' || isWordBefore(text, at)) return undefined;
    const end = marks.next(close, at + mark.length + 1);
    return end < 0 ? undefined : { pieces: [[at + mark.length, end]], end: end + mark.length };
  };
}

const innerOpen = new RegExp(`(?<!${word})_(?!_)`, 'gu');
const lastClose = new RegExp(`___(?!${word})`, 'gu');

function smartStrongThenBoth(text: string, at: number, marks: Marks): Found | undefined {
  if (!text.startsWith('__', at) || text[at + 2] === '_' || isWordBefore(text, at)) return undefined;
  const inner = marks.next(innerOpen, at + 3);
  const close = inner < 0 ? -1 : marks.next(lastClose, inner + 2);
  return close < 0
    ? undefined
    : {
        pieces: [
          [at + 2, inner],
          [inner + 1, close],
        ],
        end: close + 3,
      };
}

export const underscoreShapes: readonly Shape[] = [
  { tags: ['strong', 'em'], find: triple('_', 1, 2) },
  { tags: ['em', 'strong'], find: triple('_', 2, 1) },
  { tags: ['strong', 'em', 'inner-last'], find: smartStrongThenBoth },
  { tags: ['strong'], find: smart('__') },
  { tags: ['em'], find: smart('_') },
];
