import { isRecord, type Options, toTexts } from './core/options.ts';
import { type DocsFile, indexFiles, toDocsFile } from './files.ts';
import { createIgnore, toLooseGlob } from './glob.ts';
import { type ConfigFault, findPlugin, type Site } from './mkdocs.ts';
import { includeSites, type Mount } from './monorepo.ts';
import { type NavEntry, pathsOf, readNav } from './nav/entries.ts';
import { toFolders } from './nav/folder.ts';
import { arrangeNav } from './nav/index.ts';
import { findSummaryName } from './nav/literate.ts';
import { parsePattern } from './patterns.ts';
import type { DocsTree } from './tree.ts';
import { parseYaml } from './yaml.ts';

/** The files of the docs by their path in them, the pages in order, and the navigation. */
export type Docs = {
  files: Map<string, DocsFile>;
  pages: DocsFile[];
  nav: NavEntry[];
  /** Configurations that are included and are not there. */
  missing: string[];
  /** Pages that a written navigation leaves out without saying so. */
  orphans: string[];
  /** The folders of pages in the repository, each with what its own configuration says of editing. */
  mounts: Mount[];
  /** What is wrong with files that arrange the navigation. */
  faults: ConfigFault[];
};

/** Gathers what belongs to a site: its own folder and the sites it includes, less what it excludes. */
export function collectDocs(tree: DocsTree, site: Site): Docs {
  const hasMonorepo = site.profile === 'techdocs' || findPlugin(site, 'monorepo') !== undefined;
  const included = hasMonorepo ? includeSites(site.nav, tree, site.root) : { nav: site.nav, mounts: [], missing: [] };
  const own: Mount = { folder: site.docs, alias: '', edit: site.edit };
  const mounts = [own, ...included.mounts];
  const all = listMounts(tree, mounts, site);
  const isExcluded = createExclusion(site);
  const kept = all.filter(({ path }) => !isExcluded(path));
  const files = indexFiles(kept.some(({ isPage }) => isPage) ? kept : [...kept, ...readmeAlone(tree, site)]);
  const pages = onePerAddress([...files.values()].filter(({ isPage }) => isPage));
  const written = Array.isArray(included.nav) ? readNav(included.nav) : undefined;
  const isUnlisted = createIgnore(site.notInNav);
  const sources = new Map([...all, ...files.values()].map(({ path, source }) => [path, source]));
  const readText = (path: string) => {
    const source = sources.get(path);
    return source === undefined ? undefined : tree.readText(source);
  };
  const faults: ConfigFault[] = [];
  const options = new Map<string, Options>();
  const nav = arrangeNav(written, {
    site,
    folders: toFolders(written ? pages : pages.filter(({ path }) => !isUnlisted(path))),
    pages: new Map(pages.map((page) => [page.path, page])),
    readText,
    readOptions: (path) => {
      const known = options.get(path);
      if (known) return known;
      const { value, errors } = parseYaml(readText(path) ?? '');
      faults.push(...errors.slice(0, 1).map((error) => ({ path: sources.get(path) ?? path, ...error })));
      const read = errors.length === 0 && isRecord(value) ? value : {};
      options.set(path, read);
      return read;
    },
  });
  const orphans = written ? listOrphans(nav, pages, site).filter((path) => !isUnlisted(path)) : [];
  return { files, pages, nav, missing: included.missing, orphans, mounts, faults };
}

/** What MkDocs leaves out by itself, what `exclude_docs` and `draft_docs` name, and what the plugin of that name does. */
function createExclusion(site: Site): (path: string) => boolean {
  const ignored = createIgnore(`.*\n/templates/\n${site.excludeDocs}`);
  const { glob, regex } = findPlugin(site, 'exclude')?.options ?? {};
  const patterns = [
    ...toTexts(glob).map(toLooseGlob),
    ...toTexts(regex).flatMap((source) => parsePattern(source) ?? []),
  ].slice(0, mostPatterns);
  return (path) => ignored(path) || patterns.some((pattern) => pattern.test(path));
}

/** Nobody writes more; each is tried on every path. */
const mostPatterns = 500;

/** The first page needs no entry, nor do lists that are the navigation; `.nav.yml` hides pages on purpose. */
function listOrphans(nav: readonly NavEntry[], pages: readonly DocsFile[], site: Site): string[] {
  if (findPlugin(site, 'awesome-nav')) return [];
  const named = pathsOf(nav);
  const summary = findSummaryName(site);
  const isSummary = (path: string) => summary !== undefined && `/${path}`.endsWith(`/${summary}`);
  return pages.flatMap(({ path, output }) =>
    named.has(path) || isSummary(path) || output === 'index.html' ? [] : [path],
  );
}

/** The files below the folders of all mounts, each found by the folders above it. */
function listMounts(tree: DocsTree, mounts: readonly Mount[], site: Site): DocsFile[] {
  const byFolder = Map.groupBy(mounts, ({ folder }) => folder);
  const found = tree.listFiles().flatMap((source) =>
    listAbove(source).flatMap((folder) =>
      (byFolder.get(folder) ?? []).map((mount) => ({
        mount,
        file: toDocsFile(
          source,
          (mount.alias ? `${mount.alias}/` : '') + source.slice(folder === '' ? 0 : folder.length + 1),
          site.directoryUrls,
        ),
      })),
    ),
  );
  const byMount = Map.groupBy(found, ({ mount }) => mount);
  return mounts.flatMap((mount) => (byMount.get(mount) ?? []).map(({ file }) => file));
}

/** The folders that a path lies in, the outermost first. */
function listAbove(path: string): string[] {
  const above = [''];
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) above.push(path.slice(0, at));
  return above;
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
