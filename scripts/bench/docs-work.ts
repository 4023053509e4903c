import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type DocsShare, listDocsTexts, planDocsTrees } from './docs-organisation.ts';
import { writeTexts } from './trees.ts';

/** Docs trees that are built together: a folder of repositories, and how many pages each of them has. */
export type DocsWork = { name: string; root: string; trees: readonly DocsShare[] };

const configuration = stringify({
  organization: { name: 'Docs' },
  portal: { sources: [{ folder: './repositories' }] },
});

/** Writes an organisation whose repositories have `total` pages of docs. */
export async function writeGenerated(root: string, total: number): Promise<DocsWork> {
  const trees = planDocsTrees(total);
  await writeTexts(root, [['app-config.yaml', configuration]]);
  for (const tree of trees) await writeTexts(root, listDocsTexts(tree));
  return { name: `${total.toLocaleString('en-US')} generated pages`, root, trees };
}

type CorpusIndex = Readonly<Record<string, { config: string; pages: number }>>;

/** Copies the trees of a folder of real docs, each as a repository with an entity; nothing when there is no such folder. */
export async function copyCorpus(corpus: string, root: string): Promise<DocsWork | undefined> {
  const index = await readFile(join(corpus, 'index.json'), 'utf8').catch(() => undefined);
  if (index === undefined) return undefined;
  const rows = Object.entries(JSON.parse(index) as CorpusIndex); // the corpus says what its index holds
  const trees: DocsShare[] = [];
  await writeTexts(root, [['app-config.yaml', configuration]]);
  for (const [name, { config, pages }] of rows) {
    const folder = `repositories/${name}`;
    await cp(join(corpus, name, 'source'), join(root, folder), { recursive: true });
    await rm(join(root, folder, '.git'), { recursive: true, force: true });
    await writeTexts(root, [[`${folder}/catalog-info.yaml`, toEntity(name, config)]]);
    trees.push({ folder, pages, config });
  }
  return { name: 'the trees of the corpus', root, trees };
}

function toEntity(name: string, config: string): string {
  const folder = config.includes('/') ? config.slice(0, config.lastIndexOf('/')) : '.';
  return stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: { 'backstage.io/techdocs-ref': `dir:./${folder}` } },
    spec: { type: 'documentation', lifecycle: 'production', owner: 'group:docs' },
  });
}
