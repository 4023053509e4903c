import { describe, expect, test } from 'vitest';
import type { Drawing } from '../ports.ts';
import { drawDiagrams, findDiagrams, toDiagramProblem } from './diagrams.ts';

const painted = (language: string, code: string) =>
  `<div class="language-${language} highlight" data-line-start="1"><pre><span></span><code>${code}\n</code></pre></div>`;
const svg = '<svg id="d0123456789" width="40" height="20"><path marker-end="url(#d0123456789-end)"/></svg>';
const options = { deflate: (text: string) => new TextEncoder().encode(text) };
const drawing = (answer: Drawing) => ({ draw: async () => answer });

describe('findDiagrams', () => {
  test.each([
    ['<pre class="mermaid"><code>graph TD\n  A--&gt;B</code></pre>', 'mermaid', 'graph TD\n  A-->B'],
    ['<div class="mermaid">graph TD\n  A--&gt;B</div>', 'mermaid', 'graph TD\n  A-->B'],
    [painted('mermaid', 'pie'), 'mermaid', 'pie'],
    [painted('dot', '<span class="token keyword">digraph</span> { a -&gt; b }'), 'graphviz', 'digraph { a -> b }'],
    [painted('graphviz', 'graph {}'), 'graphviz', 'graph {}'],
    [painted('plantuml', 'A -&gt; B &amp;amp; C'), 'plantuml', 'A -> B &amp; C'],
    [
      `<div class="language-dot highlight"><table><tr><td><div class="linenodiv"><pre>1</pre></div></td><td><pre><code>graph {}</code></pre></td></tr></table></div>`,
      'graphviz',
      'graph {}',
    ],
  ])('finds %s', (html, kind, source) => {
    const body = `<p>before</p>\n${html}\n<p>after</p>`;
    expect(findDiagrams(body).map(({ from, to, ...rest }) => ({ ...rest, block: body.slice(from, to) }))).toEqual([
      { kind, source, block: html },
    ]);
  });

  test.each([
    painted('yaml', 'mermaid: 1'),
    '<div class="language-dot">graph {}</div>',
    '<pre class="mermaid"><code></code></pre>',
    '<pre class="mermaid"><code>never closed',
    '<p class="mermaid">text</p>',
    '&lt;pre class="mermaid"&gt;',
  ])('leaves %s', (html) => {
    expect(findDiagrams(html)).toEqual([]);
  });
});

describe('drawDiagrams', () => {
  test('puts the drawing in the place of its source, and keeps the source beside it', async () => {
    const body = `<p>a</p>${painted('dot', 'graph { a -- &lt;b&gt; }')}<p>z</p>`;
    expect(await drawDiagrams(body, drawing({ svg }), options)).toEqual({
      body: `<p>a</p><figure class="diagram"><div class="diagram-drawing">${svg}</div><details><summary>Source</summary><pre><code>graph { a -- &lt;b&gt; }</code></pre></details></figure><p>z</p>`,
      faults: [],
    });
  });

  test('keeps a source that does not parse, and says why', async () => {
    const block = painted('mermaid', 'grph');
    const drawn = await drawDiagrams(block, drawing({ message: 'No diagram <type>' }), options);
    expect(drawn.faults).toEqual([{ source: 'grph', message: 'No diagram <type>' }]);
    expect(drawn.body).toContain(block);
    expect(drawn.body).toContain('No diagram &lt;type&gt;');
  });

  test('gives the same drawing other ids when a page shows it twice', async () => {
    const { body } = await drawDiagrams(painted('dot', 'a').repeat(2), drawing({ svg }), options);
    expect(body.match(/ id="[^"]*"/g)).toEqual([' id="d0123456789"', ' id="d0123456789_1"']);
    expect(body).toContain('url(#d0123456789_1-end)');
  });

  test.each([
    [undefined, undefined],
    ['javascript:alert(1)', undefined],
    ['https://uml.example/', 'https://uml.example/svg/GIq-mwa0'],
  ])('links PlantUML to the server %s', async (plantumlServer, href) => {
    const block = painted('plantuml', 'A-&gt;é');
    const { body } = await drawDiagrams(block, drawing({ svg }), { ...options, plantumlServer });
    expect(/ href="([^"]*)"/.exec(body)?.[1]).toBe(href);
    expect(body).toContain(block);
  });
});

test.each([
  ['# A\n\n```mermaid\ngraph TD\n  A--B\n```', 'graph TD\n  A--B', 'Parse error on line 2:\n…', 5],
  ['```mermaid\npie\n```\n\n> ```mermaid\n> graph\n>   x\n> ```', 'graph\n  x', 'No type', 6],
  ['text', 'graph\n  x', 'Parse error on line 9', 1],
])('finds the line of a fault in %j', (markdown, source, message, line) => {
  const file = { repository: 'orders', path: 'docs/index.md' };
  const problem = toDiagramProblem({ source, message }, markdown, file);
  expect(problem).toMatchObject({ code: 'diagram-invalid', level: 'warning', place: { ...file, line } });
});
