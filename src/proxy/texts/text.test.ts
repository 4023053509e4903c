import { expect, test } from 'vitest';
import { toFirstLine, toPlainLine, toVisible } from './text.ts';

test.each([
  ['plain', 'plain'],
  ['  two\n\tlines\r\n', 'two lines'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007after', 'after'],
  ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
  ['bell\u0007 null\u0000 end', 'bell null end'],
  ['pass\u0000wo\u200brd', 'password'],
  ['gpj.\u202egnp.exe', 'gpj.gnp.exe'],
  ['\u009b31mred', 'red'],
  ['\u001bPdevice\u001b\\after', 'after'],
  ['\u001b[3', ''],
  ['a \u200b b', 'a b'],
  ['half \ud800', 'half \ufffd'],
  ['abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrs…'],
  ['<b onclick="x">&amp;', '<b onclick="x">&amp;'],
  ['at https://me:pw@h/x', 'at https://h/x'],
  ['ssh://git@h', 'ssh://h'],
  ['https://a:p@ss@h/x@y', 'https://h/x@y'],
  ['', ''],
])('%j is shown as %j', (text, line) => {
  expect(toPlainLine(text, 20)).toBe(line);
});

test('a letter of two parts is not cut in two', () => {
  expect(toPlainLine('🦊🦊🦊🦊', 3)).toBe('🦊🦊…');
});

test('only the first line of a message is kept', () => {
  expect(toFirstLine('\nFix it\n\nSigned-off-by: a@b.c', 80)).toBe('Fix it');
});

test('a line of a log keeps its gaps', () => {
  expect(toVisible('\u001b[1mat\u001b[0m  line\t7 \u202e')).toBe('at  line 7 ');
});
