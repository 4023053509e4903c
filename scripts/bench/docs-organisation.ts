import { stringify } from 'yaml';
import { type Chance, createChance } from './chance.ts';
import { toPageText } from './docs-texts.ts';
import { toWords } from './docs-words.ts';
import { list, number } from './envelopes.ts';

/** A repository with docs: its folder, how many pages it has, and its configuration, if that is not at its top. */
export type DocsShare = { folder: string; pages: number; config?: string };

/** The largest tree has this share of all pages; the others have between the two numbers. */
const largest = 0.15;
const [smallest, usual] = [20, 300];

/** How `total` pages lie in trees, as in an organisation: one handbook, and the docs of many services. */
export function planDocsTrees(total: number, seed = 1): DocsShare[] {
  const chance = createChance(seed);
  const shares: DocsShare[] = [{ folder: 'repositories/handbook', pages: Math.ceil(total * largest) }];
  for (let left = total - Math.ceil(total * largest); left > 0; ) {
    const pages = Math.min(left, smallest + chance.low(usual - smallest));
    shares.push({ folder: `repositories/service-${number(shares.length)}`, pages });
    left -= pages;
  }
  return shares;
}

/** The files of one repository, one after the other: its catalog file, its configuration, and its pages. */
export function* listDocsTexts({ folder, pages }: DocsShare, seed = 1): Generator<[path: string, text: string]> {
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  const chance = createChance(seed + toNumber(name));
  yield [`${folder}/catalog-info.yaml`, toEntity(name)];
  yield [`${folder}/mkdocs.yml`, stringify({ site_name: name, plugins: ['techdocs-core'] })];
  const paths = list(pages, toPath);
  for (const [at, path] of paths.entries())
    yield [
      `${folder}/docs/${path}`,
      toPageText({ title: toTitle(at, chance), links: toLinks(at, paths, chance) }, chance),
    ];
}

const toNumber = (name: string) => [...name].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1_000_003, 7);

const toEntity = (name: string): string =>
  stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: { 'backstage.io/techdocs-ref': 'dir:.' } },
    spec: { type: 'service', lifecycle: 'production', owner: 'group:platform' },
  });

const toTitle = (at: number, chance: Chance) => `${toWords(3, chance)} ${number(at)}`;

/** Pages of a folder: more are hard to find one's way in. */
const pagesOfFolder = 25;

function toPath(at: number): string {
  if (at === 0) return 'index.md';
  const folder = Math.floor(at / pagesOfFolder);
  return folder === 0 ? `page-${number(at)}.md` : `part-${number(folder)}/page-${number(at)}.md`;
}

/** Links to the neighbours and to a few pages anywhere in the tree, from the page's own folder on. */
function toLinks(at: number, paths: readonly string[], chance: Chance): string[] {
  const up = paths[at]?.includes('/') ? '../' : '';
  const near = [at - 1, at + 1, ...list(4, () => chance.below(paths.length))];
  return near.flatMap((other) => (paths[other] === undefined ? [] : [`${up}${paths[other]}`]));
}
