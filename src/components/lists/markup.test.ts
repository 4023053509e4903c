import { expect, test } from 'vitest';
import { element, type Markup, toHtml } from './markup.ts';
import { toSentence } from './problem-entry.ts';

test.each<[Markup, string]>([
  ['<b>&"', '&lt;b&gt;&amp;&quot;'],
  [
    element('a', { href: '/x?a=1&b="', title: undefined }, ['one ', element('b', {}, 'two')]),
    '<a href="/x?a=1&amp;b=&quot;">one <b>two</b></a>',
  ],
  [element('td'), '<td></td>'],
  [['a', ['b', []]], 'ab'],
])('%j is %s', (markup, html) => {
  expect(toHtml(markup)).toBe(html);
});

test('nothing that a repository writes becomes markup', () => {
  const name = '"><script>alert(1)</script>';
  expect(toHtml(element('a', { title: name }, name))).not.toContain('<script');
});

test.each([
  ['Nothing reads `spec.ownr`.', 'Nothing reads <code>spec.ownr</code>.'],
  ['`a` or `b`', '<code>a</code> or <code>b</code>'],
  ['plain', 'plain'],
])('a sentence %s shows its code', (sentence, html) => {
  expect(toHtml(toSentence(sentence))).toBe(html);
});
