import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { createMarkdown } from '../render/markdown.ts';
import { resolveExtensions, toInstalls } from '../render/profile.ts';
import { sanitize } from '../render/sanitize.ts';
import { annotateCode } from './annotations.ts';
import { createFormulas, drawFormulas } from './formulas.ts';

const host = { readText: () => undefined, highlight: () => undefined, icon: () => undefined, emoji: () => undefined };
const extensions = ['pymdownx.arithmatex', 'pymdownx.blocks.html', 'wikilinks', 'legacy_attrs', 'smarty'].map(
  (name) => ({
    name,
    options: {},
  }),
);
const installs = toInstalls(resolveExtensions({ profile: 'techdocs', extensions }), host);

/** A page as the portal shows it. */
function toBody(source: string): string {
  const html = sanitize(createMarkdown(installs).convert(source).html, { frameHosts: ['video.example.org'] });
  return annotateCode(drawFormulas(html, createFormulas()).body, true);
}

type Node = { tagName?: string; attrs?: { name: string; value: string }[]; childNodes?: Node[] };
const forbiddenTags =
  /^(?:script|style|link|meta|base|object|embed|applet|form|button|textarea|select|template|noscript|frame|frameset|portal|foreignobject|animate.*|set|use|image|annotation-xml)$/;

/** What a browser would make of a page that it must not. */
function listFaults(node: Node): string[] {
  const { tagName = '', attrs = [], childNodes = [] } = node;
  const own = attrs.flatMap(({ name, value }) => {
    const bare = value.replace(/[\s\p{C}]/gu, '').toLowerCase();
    if (name.startsWith('on') || name === 'style' || name === 'srcdoc' || name === 'formaction')
      return [`${tagName} ${name}`];
    if (/^(?:javascript|vbscript|file|blob):/.test(bare) && ['href', 'src', 'poster', 'cite'].includes(name))
      return [bare];
    if (tagName === 'iframe' && name === 'src' && !/^(?:https?:)?\/\/video\.example\.org\//.test(value)) return [value];
    return bare.startsWith('data:') &&
      name !== 'alttext' &&
      !(tagName === 'img' && /^data:image\//.test(bare)) &&
      name === 'href'
      ? [bare]
      : [];
  });
  return [...(forbiddenTags.test(tagName) ? [tagName] : []), ...own, ...childNodes.flatMap(listFaults)];
}

const pieces = fc.constantFrom(
  ...`<script>|</script>|<style>|<svg>|</svg>|<math>|<mtext>|<iframe src="https://video.example.org/x">|<iframe src="//evil.example/x">|</iframe>|<img src=x onerror=a>|<a href="javascript:a">|<a href='data:text/html,x'>|<div markdown onclick=a>|</div>|<p title="|">|'>|<!--|-->|<![CDATA[|]]>|<noscript>|<textarea>|<title>|<template>|<table>|<td style="color:red">|<select>|[a](javascript:b)|[a]: javascript:b|![x](data:text/html,y)|<javascript:a>|{: onclick=a style=b }|{: href=javascript:a }|{@onclick=a}|*|_|\`|\`\`\`|# (1)!|$x$|$$|\\(|\\)|\\href{javascript:a}{b}|\\htmlStyle{a}{b}|/// html \\| script|///|    attrs: {onclick: a}|!!! note|=== "a"|    |\n|\n\n|1. a|- |> | |[^1]|[^1]: <script>|*[a]: <b>|\\|a\\|\n\\|-\\||&lt;script&gt;|&#x3c;|&colon;|\u0000|a`.split(
    /(?<!\\)\|/,
  ),
);

test('whatever a page is made of, a browser finds nothing in it that runs, styles, loads or frames', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const body = parseFragment(toBody(parts.join(''))) as Node; // parse5's nodes, of whichever kind
      expect(listFaults(body)).toEqual([]);
    }),
    { numRuns: 1500 },
  );
});

/** How much is done for a source: the characters that block processors are shown, and the places that inline rules look at. */
function countSteps(source: string): number {
  let steps = 0;
  const counted = createMarkdown([
    ...installs,
    ({ blocks, inline }) => {
      for (const { name, priority, value } of [...inline.entries()])
        inline.add(name, priority, {
          ...value,
          find(text, at, context) {
            steps++;
            return value.find(text, at, context);
          },
        });
      blocks.add('counter', 1000, {
        test: (_, block) => {
          steps += block.length;
          return false;
        },
        run: () => false,
      });
    },
  ]);
  counted.convert(source);
  return steps;
}

test.each(
  (
    '# a\n|# a\n\n|a\n===\n|---\n|- a\n|- a\n\n|1. a\n\n|  - a\n|> a\n|> a\n\n|> - |!!! note\n|!!! note\n    a\n\n|??? a\n|=== "a"\n|===+ "a"\n    b\n\n|' +
    '[a]: b\n|[^1]: a\n|[^1]: a\n\n|*[a]: b\n|*[a]\n|a\n:   b\n|```\n|```\na\n```\n|    a\n|    a\n\n|a,b\n-,-\na,b\n\n|,a|/// note\n|' +
    '*a |**a **b |*a **b |***a|_a |*_|[|![|](|[a](|[a][|[a](b) |`|`` ` |<|<a |<!-- |<div>\n|<div markdown>\n|&|\\|~~a |==a |^a|:a:|{++|++a|a@|https://a/|$a |\\('
  )
    .split('|')
    .map((unit) => [unit.replaceAll(',', '\x7c')]),
)('%j without end is read in proportion to its length', (unit) => {
  const [small = 1, large = 0] = [30_000, 60_000].map((length) => countSteps(unit.repeat(length / unit.length)));
  expect(large / small).toBeLessThan(3);
});
