import { type DocsFile, indexFiles, toDocsFile } from './files.ts';
import { createIgnore } from './glob.ts';
import type { Site } from './mkdocs.ts';
import { includeSites, type Mount } from './monorepo.ts';
import { type NavEntry, readNav, toFolderNav } from './nav.ts';
import type { DocsTree } from './tree.ts';

/** The files of the docs by their path in them, the pages in order, and the navigation. */
export type Docs = { files: Map<string, DocsFile>; pages: DocsFile[]; nav: NavEntry[]; missing: string[] };

/** Gathers what belongs to a site: its own folder and the sites it includes, less what it excludes. */
export function collectDocs(tree: DocsTree, site: Site): Docs {
  const hasMonorepo = site.profile === 'techdocs' || site.plugins.some(({ name }) => name === 'monorepo');
  const { nav, mounts, missing } = hasMonorepo
    ? includeSites(site.nav, tree, site.root)
    : { nav: site.nav, mounts: [], missing: [] };
  const ignored = createIgnore(`.*\n/templates/\n${site.excludeDocs}`);
  const own = listMount(tree, { folder: site.docs, alias: '' }, site).filter(({ path }) => !ignored(path));
  const all = [...own, ...mounts.flatMap((mount) => listMount(tree, mount, site))];
  const files = indexFiles(all.some(({ isPage }) => isPage) ? all : [...all, ...readmeAlone(tree, site)]);
  const pages = onePerAddress([...files.values()].filter(({ isPage }) => isPage));
  return { files, pages, missing, nav: Array.isArray(nav) ? readNav(nav) : toFolderNav(pages) };
}

function listMount(tree: DocsTree, { folder, alias }: Mount, site: Site): DocsFile[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  return tree
    .listFiles()
    .filter((source) => source.startsWith(prefix))
    .map((source) => toDocsFile(source, (alias ? `${alias}/` : '') + source.slice(prefix.length), site.directoryUrls));
}

/** Where two files make the same page, the later one stays. */
function onePerAddress(pages: readonly DocsFile[]): DocsFile[] {
  return [...new Map(pages.toSorted(byFolder).map((page) => [page.output, page])).values()];
}

/** The order in which MkDocs walks a tree: the files of a folder before its folders. */
function byFolder(one: DocsFile, other: DocsFile): number {
  const [a, b] = [one.path.split('/'), other.path.split('/')];
  let same = 0;
  while (a[same] === b[same] && same < Math.min(a.length, b.length) - 1) same++;
  const [isFolder, otherIsFolder] = [same < a.length - 1, same < b.length - 1];
  if (isFolder !== otherIsFolder) return isFolder ? 1 : -1;
  return (a[same] ?? '') < (b[same] ?? '') ? -1 : 1;
}

/** A repository without a docs folder has its README, as TechDocs shows it. */
function readmeAlone(tree: DocsTree, site: Site): DocsFile[] {
  const prefix = site.root === '' ? '' : `${site.root}/`;
  const readme = tree
    .listFiles()
    .find((path) => path.startsWith(prefix) && path.slice(prefix.length).toLowerCase() === 'readme.md');
  return readme && site.profile === 'techdocs' ? [toDocsFile(readme, 'index.md', site.directoryUrls)] : [];
}
