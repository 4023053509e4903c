import { expect, test } from 'vitest';
import { isDue, parseKept } from './tab-memory.ts';

test.each([
  ['{"at":5,"said":{"a":1}}', { at: 5, said: { a: 1 } }],
  ['{"at":5,"said":null}', { at: 5, said: null }],
  ['{"at":"5","said":null}', undefined],
  ['{"at":5}', undefined],
  ['[1]', undefined],
  ['null', undefined],
  ['{', undefined],
  [null, undefined],
])('reads %s as %o', (text, kept) => {
  expect(parseKept(text)).toEqual(kept);
});

const minutes = (count: number) => count * 60_000;

test.each([
  ['nothing is kept', undefined, true],
  ['it came just now', minutes(100), false],
  ['it came nine minutes ago', minutes(91), false],
  ['it came ten minutes ago', minutes(90), true],
  ['it came tomorrow', minutes(1540), true],
])('asks again when %s: %s', (_, at, due) => {
  expect(isDue(at === undefined ? undefined : { at, said: null }, minutes(100))).toBe(due);
});
