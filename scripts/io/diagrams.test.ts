import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagrams, Drawing } from '../ports.ts';
import { createDiagrams } from './diagrams.ts';

const packageFolder = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'portolan-diagrams-'));
const create = (name: string, secondsPerDrawing = 60) =>
  createDiagrams({ cacheFolder: join(folder, name), packageFolder, threads: 1, secondsPerDrawing });

let diagrams: Diagrams;
beforeAll(() => {
  diagrams = create('first');
});
afterAll(async () => {
  await diagrams.close();
  rmSync(folder, { recursive: true });
});

const toSvg = (drawing: Drawing): string => ('svg' in drawing ? drawing.svg : `no drawing: ${drawing.message}`);
const flowchart = 'flowchart LR\n  a[Browser] -->|asks| b{Proxy?}\n  click a "https://example.com/?a=1&b=2"';

describe('createDiagrams', { timeout: 90_000 }, () => {
  test.each([
    ['mermaid', flowchart, ['Browser', 'asks', 'Proxy?']],
    ['graphviz', 'digraph { orders -> "payment <api>" [label=calls] }', ['orders', 'payment &lt;api&gt;', 'calls']],
    ['mermaid', 'sequenceDiagram\n  Alice->>Bob: Hello', ['Alice', 'Bob', 'Hello']],
    ['mermaid', 'mindmap\n  root((Shop))\n    Orders\n    Payments', ['Shop', 'Orders']],
    ['mermaid', 'gitGraph\n  commit id: "one"\n  branch next\n  commit id: "two"', ['main', 'next', 'two']],
    ['mermaid', 'C4Context\n  Person(a, "Buyer")\n  System(b, "Shop")\n  Rel(a, b, "Uses")', ['Buyer', 'Uses']],
  ] as const)('draws %s: %s', async (kind, source, words) => {
    const svg = toSvg(await diagrams.draw(kind, source));
    for (const word of words) expect(svg.replace(/<\/?tspan[^>]*>/g, '')).toContain(word);
    expect(svg).toMatch(/^<svg [^>]*role="(img|group)" viewBox="[-\d. ]+" width="\d+" height="\d+"[^>]*><title>/);
    expect(svg).not.toMatch(/<(style|script|foreignObject|image)| style=|class=| on\w+=|NaN|undefined/);
  });

  test.each([
    ['mermaid', 'flowchart LR\n  a --> b\n  click a "javascript:alert(1)"\n  click b "data:text/html,x"'],
    ['mermaid', 'flowchart LR\n  a["<img src=x onerror=alert(1)><script>alert(1)</script>"] --> b'],
    [
      'mermaid',
      '%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "* {fill: url(//x.y)}"}}%%\ngraph TD\n a',
    ],
    ['graphviz', 'digraph { a [URL="javascript:alert(1)" image="https://x.y/z.png"]; b [URL="//x.y"] }'],
  ] as const)('keeps %s out of harm: %s', async (kind, source) => {
    expect(toSvg(await diagrams.draw(kind, source))).not.toMatch(
      /href=|<img|<script|<image|x\.y|javascript|expression/,
    );
  });

  test.each([
    ['mermaid', 'flowchart LR\n  a --', /line 3/],
    ['mermaid', 'no such diagram', /No diagram type/],
    ['graphviz', 'digraph { a -> ', /syntax error in line 1/],
  ] as const)('says why %s source %j is not drawn', async (kind, source, message) => {
    expect(await diagrams.draw(kind, source)).toEqual({ message: expect.stringMatching(message) });
  });

  test('draws the same bytes again, and takes them from the cache when there are some', async () => {
    const again = create('second');
    const kept = create('first', 0);
    const first = await diagrams.draw('mermaid', flowchart);
    expect(await again.draw('mermaid', flowchart)).toEqual(first);
    expect(await kept.draw('mermaid', flowchart)).toEqual(first);
    await Promise.all([again.close(), kept.close()]);
    expect(readdirSync(join(folder, 'second'))).toHaveLength(1);
  });

  test('cuts what takes too long, and goes on', async () => {
    const hurried = create('third', 0.001);
    const edges = Array.from({ length: 3000 }, (_, at) => `n${at % 97} -> n${(at * at) % 89}`).join(';');
    expect(await hurried.draw('graphviz', `digraph { ${edges} }`)).toEqual({
      message: expect.stringContaining('longer than'),
    });
    await hurried.close();
    expect(await diagrams.draw('graphviz', 'digraph { a }')).toHaveProperty('svg');
  });
});
