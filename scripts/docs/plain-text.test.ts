import { expect, test } from 'vitest';
import { toPageText, toSummary } from './plain-text.ts';

test.each([
  [
    '<h1 id="a">One<a class="headerlink" href="#a">¶</a></h1>\n<p>Two <b>th</b>ree &amp; <br>four</p>',
    'One Two three & four',
  ],
  ['<table><tr><td class="linenos"><pre><span>1</span></pre></td><td>code</td></tr></table>', 'code'],
  ['<p>a<svg><title>t</title><path/></svg>b</p>', 'ab'],
  ['a < b <!-- c --> d', 'a < b d'],
])('%s reads %s', (html, text) => {
  expect(toPageText(html, 100)).toBe(text);
});

test('a text is cut between words', () => {
  expect(toPageText('<p>one two three</p>', 9)).toBe('one two');
});

test.each([
  ['<h1>T</h1><p></p><p>What it is for, in short. And more.</p><p>Other.</p>', 'What it is for, in short.'],
  ['<h1>T</h1>', ''],
])('the summary of %s is %s', (html, text) => {
  expect(toSummary(html)).toBe(text);
});
