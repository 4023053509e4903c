import { describe, expect, test } from 'vitest';
import { toReadableBody } from './body.ts';

const frame = { title: 'Tom & <Jerry>', sprite: '/icons.svg' };
const titled = (html: string) => toReadableBody(`<h1>T</h1>${html}`, frame).slice('<h1>T</h1>'.length);
const icon = (name: string) => `<svg class="icon" aria-hidden="true"><use href="/icons.svg#${name}"></use></svg>`;

describe('a rendered body, dressed for reading', () => {
  test('gets the title of the page only where it has none', () => {
    expect(toReadableBody('<p>a</p>', frame)).toBe('<h1>Tom &amp; &lt;Jerry&gt;</h1>\n<p>a</p>');
    expect(toReadableBody('<h1 id="a">A</h1>', frame)).toBe('<h1 id="a">A</h1>');
  });

  test.each([
    [
      'an admonition',
      '<div class="admonition warning"><p class="admonition-title">W</p></div>',
      `<div class="admonition warning callout attention"><p class="admonition-title">${icon('triangle-alert')}W</p></div>`,
    ],
    [
      'one of a sort that is not known',
      '<div class="admonition pied-piper">\n<p class="admonition-title">P</p></div>',
      `<div class="admonition pied-piper callout accent">\n<p class="admonition-title">${icon('pencil')}P</p></div>`,
    ],
    [
      'a collapsible one',
      '<details class="bug" open><summary>B</summary></details>',
      `<details class="bug callout broken" open><summary>${icon('bug')}B</summary></details>`,
    ],
    [
      'details that are no admonition',
      '<details><summary>B</summary></details>',
      '<details><summary>B</summary></details>',
    ],
    ['a table', '<table><tr></tr></table>', '<div class="scroll"><table><tr></tr></table></div>'],
    ['a heading that says nothing', '<th align="left"></th>', '<td align="left"></td>'],
    [
      'a task',
      '<input type="checkbox" disabled checked>',
      '<input type="checkbox" aria-label="Done" disabled checked>',
    ],
    [
      'tabs in tabs',
      '<div class="tabbed-labels"><label for="a">A &amp; <b>"x"</b></label><label for="b">B</label></div><div class="tabbed-block"><div class="tabbed-labels"><label for="c">C</label></div><div class="tabbed-block"></div></div><div class="tabbed-block"></div><div class="tabbed-block"></div>',
      '<div class="tabbed-labels"><label for="a">A &amp; <b>"x"</b></label><label for="b">B</label></div><div class="tabbed-block" data-title="A &amp; &quot;x&quot;"><div class="tabbed-labels"><label for="c">C</label></div><div class="tabbed-block" data-title="C"></div></div><div class="tabbed-block" data-title="B"></div><div class="tabbed-block"></div>',
    ],
    [
      'code that asks for nothing',
      '<div class="highlight"><pre><code>a\n</code></pre></div>',
      '<div class="highlight"><pre><code>a\n</code></pre></div>',
    ],
    [
      'marked lines',
      '<div class="highlight" data-marked-lines="2-3"><pre><code>a\nb\nc\n</code></pre></div>',
      '<div class="highlight" data-marked-lines="2-3"><pre><code><span class="code-line">a\n</span><span class="code-line hll">b\n</span><span class="code-line hll">c\n</span></code></pre></div>',
    ],
    [
      'numbers, and a token over two lines',
      '<div class="highlight" data-line-start="9"><pre><span></span><code><span class="token">a\nb</span>\n</code></pre></div>',
      '<div class="highlight" data-line-start="9"><pre><span></span><code><span class="code-line" data-line="9"><span class="token">a\n</span></span><span class="code-line" data-line="10"><span class="token">b</span>\n</span></code></pre></div>',
    ],
  ])('dresses %s', (_, html, dressed) => expect(titled(html)).toBe(dressed));

  test('dresses each of very many, side by side and in each other, as it dresses one', () => {
    const count = 20_000;
    const code = '<div class="highlight" data-marked-lines="1-9"><pre><code>a\n</code></pre></div>';
    expect(titled(code.repeat(count)) === titled(code).repeat(count)).toBe(true);
    const deep =
      '<div class="highlight">'.repeat(count) +
      '<details class="note"><summary>a</summary>'.repeat(count) +
      '</div>'.repeat(count);
    expect(titled(deep).split('<details class="note callout').length - 1).toBe(count);
  });
});
