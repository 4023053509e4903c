import { Element } from '../element.ts';
import type { InlineRule } from '../inline-parser.ts';
import { isWordBefore, word } from './basic-emphasis.ts';
import { marksOf } from './emphasis.ts';

const maxTries = 100;
const wordAfter = new RegExp(`^${word}`, 'u');
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);

/**
 * Text between double marks such as `~~deleted~~`. The text touches the marks; a smart mark does not stand in the
 * middle of a word.
 */
export function createDoubleMarkRule(mark: string, tag: string, smart: boolean): InlineRule {
  const double = mark + mark;
  return {
    triggers: mark,
    find(text, at, { memory }) {
      if (!text.startsWith(double, at) || isSpace(text[at + 2])) return undefined;
      if (smart && (text[at + 2] === mark || text[at - 1] === mark || (text[at - 1] !== '_' && isWordBefore(text, at))))
        return undefined;
      const marks = marksOf(text, memory);
      let tries = 0;
      for (
        let close = marks.next(double, at + 3);
        close >= 0 && tries++ < maxTries;
        close = marks.next(double, close + 1)
      ) {
        if (isSpace(text[close - 1])) continue;
        if (
          smart &&
          (text[close + 2] === mark || (text[close + 2] !== '_' && wordAfter.test(text.slice(close + 2, close + 4))))
        )
          continue;
        const element = new Element(tag);
        element.text = text.slice(at + 2, close);
        return { start: at, end: close + 2, node: element };
      }
      return undefined;
    },
  };
}

/** Text without spaces between single marks, such as `H~2~O`. */
export function createSingleMarkRule(mark: string, tag: string): InlineRule {
  const pattern = new RegExp(`\\${mark}((?:\\\\ |[^\\s])+?)\\${mark}`, 'y');
  return {
    triggers: mark,
    find(text, at) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match?.[1]) return undefined;
      const element = new Element(tag);
      element.text = match[1].replaceAll('\\ ', ' ');
      return { start: at, end: at + match[0].length, node: element };
    },
  };
}
