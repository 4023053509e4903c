import { join } from 'node:path';
import { openDocsTree } from '../io/docs-tree.ts';
import { renderTree } from '../render/render.ts';

/** Renders the trees that it is told of from Markdown to HTML, and nothing else; says how many pages these are. */
async function renderAll(root: string, trees: readonly string[]): Promise<number> {
  let pages = 0;
  for (const each of trees) {
    const [folder = '', config] = each.split('\n');
    const tree = await openDocsTree(join(root, folder));
    pages += renderTree(tree, { name: folder, ...(config && { config }) }).pages.length;
  }
  return pages;
}

const [root = '', ...trees] = process.argv.slice(2);
process.stderr.write(`pages ${await renderAll(root, trees)}\n`);
