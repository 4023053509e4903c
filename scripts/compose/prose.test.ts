import { expect, test } from 'vitest';
import { toOwnHtml, toPlainText } from './prose.ts';

test.each([
  ['[a](/catalog/)', '/', '<p><a href="/catalog/">a</a></p>\n'],
  ['[a](/catalog/)', '/portal', '<p><a href="/portal/catalog/">a</a></p>\n'],
  ['[a](//evil.example)', '/portal', '<p>[a](//evil.example)</p>\n'],
  ['[a](javascript:alert)', '/', '<p>[a](javascript:alert)</p>\n'],
  ['# One', '/', '<h2>One</h2>\n'],
])('the operator writes %s below %s', (text, base, html) => {
  expect(toOwnHtml(text, base)).toBe(html);
});

test.each([
  ['**Bold** and [a link](https://acme.io).', 80, 'Bold and a link.'],
  ['one\n\ntwo', 80, 'one two'],
  ['alpha beta gamma delta', 16, 'alpha beta…'],
  ['a'.repeat(30), 10, `${'a'.repeat(9)}…`],
])('%j as one line of at most %i characters', (text, limit, line) => {
  expect(toPlainText(text, limit)).toBe(line);
});
