import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { DocsShare } from './docs-organisation.ts';
import type { DocsWork } from './docs-work.ts';
import { measure } from './measure.ts';
import { writeTexts } from './trees.ts';

/** What MkDocs needed for the trees that there was time for. */
export type MkdocsCost = { pages: number; trees: number; ofTrees: number; cpuSeconds: number; peakBytes: number };

/** Seconds after which no further tree is begun, and those that one tree may take. */
const patience = 60;
const treeSeconds = 150;

/** The extensions of TechDocs that come with Debian's MkDocs. */
const extensions = [
  'admonition',
  { toc: { permalink: true } },
  ...['details', 'caret', 'critic', 'emoji', 'inlinehilite', 'magiclink', 'mark', 'smartsymbols', 'extra', 'tilde'].map(
    (name) => `pymdownx.${name}`,
  ),
  { 'pymdownx.tabbed': { alternate_style: true } },
  { 'pymdownx.highlight': { linenums: true, pygments_lang_class: true } },
  { 'pymdownx.tasklist': { custom_checkbox: true } },
];

/** Where the real MkDocs is installed; nowhere when it is not. */
export function findMkdocs(path: string): string | undefined {
  const places = path.split(delimiter).map((folder) => join(folder, 'mkdocs'));
  return places.find((place) => existsSync(place));
}

/** A tree of more pages has its turn after all others: with the navigation in each page it costs the square of them. */
const largeTree = 400;

/** Builds trees with the real MkDocs and Material for as long as there is patience; one that takes too long is left out. */
export async function measureMkdocs(program: string, { root, trees }: DocsWork): Promise<MkdocsCost> {
  const begun = performance.now();
  const cost = { pages: 0, trees: 0, ofTrees: trees.length, cpuSeconds: 0, peakBytes: 0 };
  for (const tree of trees.toSorted((a, b) => Number(a.pages > largeTree) - Number(b.pages > largeTree))) {
    if (performance.now() - begun > patience * 1000) break;
    const folder = join(root, tree.folder);
    const config = await writeConfig(folder, tree);
    const words = ['-k', '5', String(treeSeconds), program, 'build', '-q', '-f', config, '-d', join(root, 'mkdocs')];
    const run = await measure('timeout', words, folder);
    if (run.code !== 0) continue;
    const peaks = run.samples.map(({ programs }) => programs.values().reduce((sum, { bytes }) => sum + bytes, 0));
    cost.pages += tree.pages;
    cost.trees += 1;
    cost.cpuSeconds += run.cpuSeconds ?? 0;
    cost.peakBytes = Math.max(cost.peakBytes, ...peaks);
  }
  return cost;
}

/** Writes a configuration beside the tree's own, with what this MkDocs has and without what it lacks. */
async function writeConfig(folder: string, { config = 'mkdocs.yml' }: DocsShare): Promise<string> {
  const own = await readFile(join(folder, config), 'utf8');
  const docs = /^docs_dir:\s*["']?([^\s"'#]+)/m.exec(own)?.[1] ?? 'docs';
  const place = join(dirname(config), 'mkdocs-reduced.yml');
  const reduced = { site_name: 'Docs', docs_dir: docs, theme: 'material', plugins: ['search'] };
  await writeTexts(folder, [[place, stringify({ ...reduced, markdown_extensions: extensions })]]);
  return join(folder, place);
}
