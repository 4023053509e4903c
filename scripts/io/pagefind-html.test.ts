import { expect, test } from 'vitest';
import { toPagefindHtml } from './pagefind-html.ts';

const about =
  '<i data-pagefind-meta="tree[title]" title="A &amp; &quot;B&quot;"></i><i data-pagefind-filter="tree[title]" title="component:default/a"></i>';

test.each([
  [
    'text before the first heading, and code',
    [
      { id: '', title: '', level: 1, parts: [{ text: 'a < b', isCode: false }] },
      { id: 'x', title: 'X', level: 3, parts: [{ text: 'y', isCode: true }] },
    ],
    '<h1>Page &lt;1&gt;</h1><p>a &lt; b</p><h3 id="x">X</h3><pre data-pagefind-weight="0.4">y</pre>',
  ],
  ['the title once', [{ id: 't', title: 'Page <1>', level: 1, parts: [] }], '<h1>Page &lt;1&gt;</h1>'],
  [
    'another first heading below the title',
    [{ id: 't', title: 'Other', level: 1, parts: [] }],
    '<h1>Page &lt;1&gt;</h1><h2 id="t">Other</h2>',
  ],
])('%s', (_what, text, html) => {
  const page = { text, meta: { title: 'Page <1>', tree: 'A & "B"' }, filters: { tree: ['component:default/a'] } };
  expect(toPagefindHtml(page)).toBe(`<html lang="en"><body>${about}${html}</body></html>`);
});

test.each([
  ['a text without headings, its title beside it', 'a & b', 'A', 'a &amp; b'],
  ['no text: the title', '', 'A', 'A'],
  ['neither', ' … ', '', 'nothing'],
])('%s', (_what, text, title, shown) => {
  const mark = `<i data-pagefind-meta="title[title]" title="${title}"></i>`;
  const page = { text, meta: { title }, filters: {} };
  expect(toPagefindHtml(page)).toBe(`<html lang="en"><body>${mark}${shown}</body></html>`);
});
