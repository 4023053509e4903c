import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowedTags } from './allow-list.ts';
import { readHtmlToken } from './core/html-scanner.ts';
import { voidTags } from './core/serialize.ts';
import { createMarkdown } from './markdown.ts';
import { resolveExtensions, toInstalls } from './profile.ts';
import { sanitize } from './sanitize.ts';

const clean = (html: string): string => sanitize(html, { frameHosts: ['video.example.org'], schemes: ['slack'] });

test.each([
  ['<script>alert(1)</script>a', 'a'],
  ['<SCRIPT SRC=//x></SCRIPT >a', 'a'],
  ['<script>a', ''],
  ['<style>p{}</style>a', 'a'],
  ['<img src=x onerror=alert(1)>', '<img src="x">'],
  ['<a href="javascript:alert(1)">a</a>', '<a>a</a>'],
  ['<a href="java&#10;script:alert(1)">a</a>', '<a>a</a>'],
  ['<a href=" &#x6a;avascript&colon;alert(1)">a</a>', '<a>a</a>'],
  ['<a href="vbscript:x">a</a>', '<a>a</a>'],
  ['<a href="data:text/html,x">a</a>', '<a>a</a>'],
  ['<a href="../x?a=b&amp;c#d">a</a>', '<a href="../x?a=b&amp;c#d">a</a>'],
  ['<p style="position:fixed">a</p>', '<p>a</p>'],
  ['<td style="text-align: right;">a</td>', '<td align="right">a</td>'],
  ['<svg><script>x</script><path d="M0 0"/></svg>', '<svg><path d="M0 0"></path></svg>'],
  ['<svg><foreignObject><p>a</p></foreignObject></svg>', '<svg><p>a</p></svg>'],
  [
    '<iframe src="https://evil.example.org/">b</iframe>a',
    '<a class="frame-link" href="https://evil.example.org/">evil.example.org</a>a',
  ],
  [
    '<iframe src="//evil.example.org/x" title="A &lt;b>">',
    '<a class="frame-link" href="https://evil.example.org/x">A &lt;b&gt;</a>',
  ],
  [
    '<iframe src="https://video.example.org.evil.example/x">',
    '<a class="frame-link" href="https://video.example.org.evil.example/x">video.example.org.evil.example/x</a>',
  ],
  [
    '<iframe src="https://video.example.org/x" onload=x><script>y</script></iframe>',
    '<iframe src="https://video.example.org/x" sandbox="allow-scripts allow-same-origin allow-popups" loading="lazy"></iframe>',
  ],
  ['<iframe src="javascript:alert(1)">', ''],
  [
    '<a href="tel:+1">a</a><a href="slack:x">b</a><a href="file:///x">c</a>',
    '<a href="tel:+1">a</a><a href="slack:x">b</a><a>c</a>',
  ],
  ['<iframe srcdoc="<script>"></iframe>a', 'a'],
  ['<form action=x><input type=text><input type=checkbox>a</form>', '<input type="checkbox">a'],
  ['</div></article>a', 'a'],
  ['<div><b>a</div>b', '<div><b>a</b></div>b'],
  ['<div', '&lt;div'],
  ['a < b', 'a &lt; b'],
  ['<!-- <script> -->a', 'a'],
  ['<base href=x><meta http-equiv=refresh><link rel=stylesheet>a', 'a'],
  ['<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>a', '<img src="x">">a'],
])('writes %s as %s', (html, expected) => expect(clean(html)).toBe(expected));

/** The tags of finished HTML, each known and closed in the right order; anything else is reported. */
function findFault(html: string): string | undefined {
  const open: string[] = [];
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const token = readHtmlToken(html, at);
    if (token?.kind === 'end') {
      if (open.pop() !== token.name) return `closes ${token.name}`;
    } else if (token?.kind === 'start') {
      if (!allowedTags.has(token.name) && token.name !== 'title') return `has ${token.name}`;
      const bad = token.attributes.find(([name, value]) => name.startsWith('on') || /^\s*javascript:/i.test(value));
      if (bad) return `has ${bad[0]}`;
      if (!voidTags.has(token.name)) open.push(token.name);
    } else return `has a stray < at ${at}`;
  }
  return open.length > 0 ? `leaves ${open.join()} open` : undefined;
}

const pieces = fc.constantFrom(
  ...[
    '<script>',
    '</script>',
    '<img src=x onerror=a>',
    '<a href="javascript:a">',
    '</a>',
    '<div markdown>',
    '</div>',
    '<',
    '>',
    '"',
    "'",
    '=',
    '&lt;',
    '&#x3c;',
  ],
  ...[
    '\n',
    '\n\n',
    '    ',
    '- ',
    '1. ',
    '> ',
    '# ',
    '```\n',
    '`',
    '*',
    '**',
    '_',
    '[a](',
    '](',
    ')',
    '![',
    '[^1]',
    '[^1]: ',
    '| a | b |\n|--|--|\n',
    '{: onclick=a }',
  ],
  ...[
    '!!! note\n',
    '??? a\n',
    '=== "a"\n',
    '/// html | script\n',
    '///\n',
    '$',
    '\\',
    '~~',
    '==',
    '^',
    '++a++',
    ':smile:',
    '{++',
    '++}',
    '<!--',
    '-->',
    '<svg>',
    '<style>',
    '\u0000',
    '\ufdd0r0\ufdd1',
    '\ufdd0k0\ufdd1',
    '*[a]: <b>\n',
    'javascript:a',
  ],
);
const everything = [
  'pymdownx.arithmatex',
  'pymdownx.keys',
  'smarty',
  'pymdownx.blocks.html',
  'pymdownx.blocks.tab',
  'pymdownx.blocks.details',
  'pymdownx.blocks.caption',
].map((name) => ({ name, options: {} }));
const host = {
  readText: (path: string) =>
    /^\d+\.md$/.test(path) ? `a\n--8<-- "${Number.parseInt(path, 10) + 1}.md"\n`.repeat(4) : undefined,
  highlight: () => undefined,
  icon: () => undefined,
  emoji: () => undefined,
};
const markdown = createMarkdown(toInstalls(resolveExtensions({ profile: 'techdocs', extensions: everything }), host));

test('whatever is written, only known tags come out, all closed', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      expect(findFault(clean(markdown.convert(parts.join('')).html))).toBeUndefined();
    }),
    { numRuns: 3000 },
  );
});

const size = 60_000;
const repeat = (text: string): string => text.repeat(Math.ceil(size / text.length));

test.each(
  [
    '*',
    '*a ',
    '**a',
    '_a ',
    '[',
    '[a](',
    '![',
    '`',
    '<',
    '<a ',
    '<a b="',
    '<!-- ',
    '<div>\n',
    '&',
    '> ',
    '- ',
    '# a\n',
    '|a',
    '[^1]: x\n',
    '~~a',
    '{++',
    '++a',
    ':a:',
    'a@',
    '$a ',
    '\\(',
    '    a\n',
    '!!! note\n',
    '=== "a"\n',
    '```\n',
    '{: ',
  ].map((text) => [text]),
)('reads %j over and over into tags that are known and closed', (text) => {
  expect(findFault(clean(markdown.convert(repeat(text)).html))).toBeUndefined();
});

test.each([
  ['quotes', `${'>'.repeat(10_000)} a`],
  ['bullets', `${'- '.repeat(10_000)}a`],
  ['a line', 'word '.repeat(200_000)],
  ['a line of emphasis', 'word *a* '.repeat(200_000)],
  ['a line of abbreviations', `*[a]: b\n\n${'a '.repeat(150_000)}`],
  ['cells that are not written', `${'|a'.repeat(5000)}|\n${'|-'.repeat(5000)}|\n${'|\n'.repeat(5000)}`],
  ['snippets of snippets', '--8<-- "1.md"'],
  ['numbers beyond all numbers', '# a_9007199254740992\n\n'.repeat(3)],
  ['nested lists', Array.from({ length: 1000 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
])('survives %s without end', (_, text) => expect(clean(markdown.convert(text).html).length).toBeGreaterThan(0));
