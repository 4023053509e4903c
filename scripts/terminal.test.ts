import { expect, test } from 'vitest';
import { toStyle, wrap } from './terminal.ts';

test.each([
  ['a line that fits stays', 'one two', 7, 'one two'],
  ['a line breaks between words', 'one two three', 8, 'one two\nthree'],
  ['what goes on is indented as its line is', '  one two three', 9, '  one two\n  three'],
  ['a word that is too long is left whole', 'a https://example.com/a b', 6, 'a\nhttps://example.com/a\nb'],
  ['a second column stays a column', '  one  two three four', 14, '  one  two\n       three\n       four'],
  ['a column without room goes below', '  long.name  two three', 14, '  long.name\n      two\n      three'],
  ['lines are wrapped one by one', 'one two\n\n  three four\n', 8, 'one two\n\n  three\n  four\n'],
])('%s', (_case, text, width, wrapped) => {
  expect(wrap(text, width)).toBe(wrapped);
});

test.each([
  [
    { isTTY: true, columns: 80 },
    { colour: true, width: 80 },
  ],
  [{ isTTY: true }, { colour: true, width: Number.POSITIVE_INFINITY }],
  [{ columns: 80 }, { colour: false, width: Number.POSITIVE_INFINITY }],
  [
    { isTTY: true, isPlain: true },
    { colour: false, width: Number.POSITIVE_INFINITY },
  ],
])('only a terminal has colours and an edge: %j', (terminal, style) => {
  expect(toStyle(terminal)).toEqual(style);
});
