import { expect, test } from 'vitest';
import { annotateCode } from './annotations.ts';

const code = (text: string, classes = '') =>
  `<div class="language-yaml highlight${classes}"><pre><span></span><code>${text}\n</code></pre></div>`;
const list = '\n<ol>\n<li>\n<p>First.</p>\n</li>\n<li>Second:<ol>\n<li>inner</li>\n</ol></li>\n</ol>';
const mark = (block: number, number: number) =>
  `<a class="note-mark" id="note-${block}-${number}-mark" href="#note-${block}-${number}" data-note="${number}" aria-label="Note ${number}"></a>`;
const back = (block: number, number: number) =>
  ` <a class="note-back" href="#note-${block}-${number}-mark" aria-label="Back to mark ${number}">↩</a>`;

test.each([
  [
    'a comment with `!` goes',
    'a: 1 <span class="token comment"># (1)!</span>',
    `a: 1 <span class="token comment">${mark(1, 1)}</span>`,
  ],
  [
    'a comment without it stays',
    '<span class="token comment"># the port (1)</span>',
    `<span class="token comment"># the port ${mark(1, 1)}</span>`,
  ],
  ['code that is not painted', 'a: 1 # (1)!\nb // (9)!', `a: 1 ${mark(1, 1)}\nb // (9)!`],
])('%s', (_, before, after) => {
  const html = annotateCode(`<p>x</p>${code(before)}${list}<p>y</p>`, true);
  expect(html).toBe(
    `<p>x</p>${code(after)}<ol class="notes">\n<li id="note-1-1">\n<p>First.${back(1, 1)}</p></li>\n<li>Second:<ol>\n<li>inner</li>\n</ol></li>\n</ol><p>y</p>`,
  );
});

test.each([
  ['no list follows', `${code('# (1)!')}<p>1.</p><ol>\n<li>a</li>\n</ol>`, true],
  ['the list has no such entry', `${code('# (3)!')}${list}`, true],
  ['the number is in no comment', `${code('<span class="token string">(1)!</span>')}${list}`, true],
  ['the theme does not ask for it', `${code('<span class="token comment"># (1)</span>')}${list}`, false],
  ['the author does not want it', `${code('<span class="token comment"># (1)!</span>', ' no-annotate')}${list}`, true],
  ['the block is never closed', '<div class="highlight"><pre><code># (1)!', true],
])('stays as it is where %s', (_, html, all) => {
  expect(annotateCode(html, all)).toBe(html);
});

test('a mark that stands twice has one id, and its note leads back to the first', () => {
  const html = annotateCode(`${code('# (2)\n# (2)', ' annotate')}${list}${code('# (1)!')}${list}`, false);
  expect(html.match(/ id="[^"]*"/g)).toEqual([
    ' id="note-1-2-mark"',
    ' id="note-1-2"',
    ' id="note-2-1-mark"',
    ' id="note-2-1"',
  ]);
});

test('text that is marked with the class has notes as well, its code and links have none', () => {
  const html = annotateCode(`<p class="annotate">Lorem (1) <code>f(2)</code> <a href="#(2)">(2)</a></p>${list}`, false);
  expect(html).toContain(
    `<p class="annotate">Lorem ${mark(1, 1)} <code>f(2)</code> <a href="#(2)">(2)</a></p><ol class="notes">`,
  );
});
