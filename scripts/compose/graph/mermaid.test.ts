import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { escapeLabel } from '#model/graph-mermaid.ts';
import { createDiagrams } from '../../io/diagrams.ts';
import { api, service, toSources } from './fixture.ts';
import { listGraphFiles } from './graph-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'portolan-mermaid-'));
const diagrams = createDiagrams({
  cacheFolder: folder,
  packageFolder: resolve(import.meta.dirname, '../../..'),
  threads: 1,
});
afterAll(async () => {
  await diagrams.close();
  rmSync(folder, { recursive: true });
});

const hostile = [
  'a "b" <script>alert(1)</script>',
  '`x` %%{init: {"theme": "dark"}}%% ; end',
  '#quot; &amp; ]) --> n9[("y")]',
  'two\\nlines | subgraph { } :::self',
];
const titled = (name: string, title: string, spec: string[]) =>
  service(name, spec, [`title: ${JSON.stringify(title)}`]);
const shop = [
  titled('end', hostile[0] ?? '', ['system: shop', 'dependsOn: [component:b, component:gone, resource:db]']),
  titled('b', hostile[1] ?? '', ['system: shop', 'providesApis: [b-api]']),
  titled('c', hostile[2] ?? '', ['consumesApis: [b-api]', 'system: other']),
  titled('d', hostile[3] ?? '', ['dependsOn: [component:end, component:c]']),
  api('b-api'),
  'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: shop, title: "Shop ]end"}\nspec: {owner: a, domain: all}\n',
  'apiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: other}\nspec: {owner: a}\n',
  'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {name: all}\nspec: {owner: a}\n',
];

test('Mermaid draws every graph as it is written, whatever its names are', { timeout: 90_000 }, async () => {
  const files = [...listGraphFiles(toSources(shop))].filter(({ path }) => path.endsWith('.mmd'));
  expect(files.map(({ path }) => path).filter((path) => /domain|system|landscape/.test(path))).toEqual([
    '/catalog/default/domain/all/graph/graph.mmd',
    '/catalog/default/system/other/graph/graph.mmd',
    '/catalog/default/system/shop/graph/graph.mmd',
    '/landscape/landscape.mmd',
  ]);
  for (const { path, text } of files) {
    const drawing = await diagrams.draw('mermaid', text);
    expect(drawing, `${path}\n${text}`).toHaveProperty('svg');
    expect(JSON.stringify(drawing)).not.toMatch(/<script|<b>/);
  }
  const whole = await diagrams.draw('mermaid', files.find(({ path }) => path.includes('/component/end/'))?.text ?? '');
  const said = ('svg' in whole ? whole.svg : '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, '');
  for (const word of ['‹script›alert(1)‹/script›', '％％{init:', 'subgraph{}:::self']) expect(said).toContain(word);
});

test.each([
  ['plain name-1', 'plain name-1'],
  ['a"b', "a'b"],
  ['a\n\u202eb', 'a b'],
  ['%%{init}%%', '％％{init}％％'],
  ['', ' '],
])('the label %j is written as %j', (text, label) => {
  expect(escapeLabel(text)).toBe(label);
});
