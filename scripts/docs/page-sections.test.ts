import { describe, expect, test } from 'vitest';
import { toPageSections, toSearchText } from './page-sections.ts';

const all = 10_000;
const prose = (...texts: string[]) => texts.map((text) => ({ text, isCode: false }));

describe('the sections of a page', () => {
  test('begin at its headings, and what stands before the first one has no id', () => {
    const html =
      '<p>Before.</p><h1 id="t">T<a class="headerlink" href="#t">¶</a></h1><p>One &amp; <b>th</b>ree</p>' +
      '<h2 id="a">The <code>A</code></h2><ul><li>x</li><li>y z</li></ul><h3 id="b">B</h3>';
    expect(toPageSections(html, all)).toEqual([
      { id: '', title: '', level: 1, parts: prose('Before.') },
      { id: 't', title: 'T', level: 1, parts: prose('One & three') },
      { id: 'a', title: 'The A', level: 2, parts: prose('x', 'y z') },
      { id: 'b', title: 'B', level: 3, parts: [] },
    ]);
  });

  test.each([
    ['code of its own', '<p>a <code>b</code></p><pre><code>c: 1\n d</code></pre>e', ['a b', '`c: 1 d', 'e']],
    [
      'numbers of lines and drawings',
      '<table><tr><td class="linenos"><pre>1</pre></td><td>x<svg><text>n</text></svg></td></tr></table>',
      ['x'],
    ],
    [
      'cells of a row',
      '<table><tr><th>Key</th><th>Use</th></tr><tr><td>a</td><td></td><td>b</td><td></td></tr></table>',
      ['Key · Use', 'a · b'],
    ],
    ['a heading without an id', '<h2>Loose</h2><p>text</p>', ['Loose', 'text']],
    ['digests and keys in code', '<pre>sha 0123456789abcdef0123 v1.2 key_of_thing</pre>', ['`sha … v1.2 key_of_thing']],
    ['the same in a sentence', '<p>0123456789abcdef0123</p>', ['0123456789abcdef0123']],
    ['nothing', '', []],
  ])('%s', (_what, html, parts) => {
    const found = toPageSections(html, all).flatMap((section) => section.parts);
    expect(found.map(({ text, isCode }) => (isCode ? `\`${text}` : text))).toEqual(parts);
  });

  test('hold no more than so much text, cut between words; the headings after it are still there', () => {
    const html = '<p>one two three</p><h2 id="a">A long heading</h2><p>four</p><h2 id="b">B</h2>';
    expect(toPageSections(html, 9)).toEqual([
      { id: '', title: '', level: 1, parts: prose('one two') },
      { id: 'a', title: 'A long heading', level: 2, parts: [] },
      { id: 'b', title: 'B', level: 2, parts: [] },
    ]);
  });
});

test('the text of a page is not read before it has to be', () => {
  const text = toSearchText('key', {
    measureBody: () => 30,
    readBody: (key) => `<p>body of ${key}</p>`,
  });
  expect(text).toMatchObject({ key: 'key', bytes: 10 });
  expect(text.read()).toEqual([{ id: '', title: '', level: 1, parts: prose('body of key') }]);
});
