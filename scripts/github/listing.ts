import { isCatalogFile, isForeignPath, isRootIndex, isTemplatePlace, ownersPlaces } from '#model/catalog-files.ts';

/** The regular files of a tree by path, and the links, which are never followed. Both sorted. */
export type Listing = {
  files: [path: string, oid: string][];
  links: string[];
  /** Set where there are more files than are looked through. */
  isCut?: boolean;
  /** When files were last changed, ISO 8601 in UTC, as far as the newest part of the history says it. */
  changes?: Record<string, string>;
};

export type TreeEntry = { path: string; oid: string; mode: string };

const skippedFolder = /(?:^|\/)(?:\.git|node_modules)\//i;
/** No tree that git itself made has such a path; whoever follows it would leave the tree. */
const brokenPath = /(?:^|\/)(?:\.{0,2}|\.git)(?:\/|$)/i;

/** More files than this of a repository are not looked through. */
export const maxFiles = 100_000;

/** What counts of a tree: regular files outside of `.git` and `node_modules`; links are remembered, submodules are not. */
export function toListing(entries: readonly TreeEntry[]): Listing {
  const own = entries.filter(({ path }) => !skippedFolder.test(path) && !brokenPath.test(path)).toSorted(byPath);
  const files = own.filter(({ mode }) => mode.startsWith('100')).map(({ path, oid }): [string, string] => [path, oid]);
  const links = own.filter(({ mode }) => mode === '120000').map(({ path }) => path);
  return { files: files.slice(0, maxFiles), links, ...(files.length > maxFiles ? { isCut: true } : {}) };
}

const byPath = (left: TreeEntry, right: TreeEntry) => (left.path < right.path ? -1 : 1);

/** Reads what `git ls-tree -r -z` prints: `<mode> <type> <oid>\t<path>`, each ended by a zero byte. */
export function parseTreeListing(output: string): TreeEntry[] {
  return output.split('\0').flatMap((line) => {
    const [, mode, oid, path] = /^(\d{6}) [a-z]+ ([0-9a-f]{40,64})\t(.+)$/s.exec(line) ?? [];
    return mode === undefined || oid === undefined || path === undefined ? [] : [{ mode, oid, path }];
  });
}

const docsConfig = /(?:^|\/)mkdocs\.ya?ml$/;
/** Texts of docs, and pictures that they show. Videos and archives are fetched when a page asks for them. */
const docsFile =
  /\.(?:md|markdown|ya?ml|json|txt|csv|html?|css|puml|plantuml|mmd|dot|gv|svg|png|jpe?g|gif|webp|avif|ico|pages)$/i;
const maxDocsFiles = 5000;

/**
 * The blobs that a build is sure to ask for, so that they are fetched together with the listing: catalog files, what may
 * be a template or an index, what `isAsked` names, who owns the files beside these, and where there is an mkdocs.yml,
 * everything that docs are made of.
 */
export function listWanted(
  { files }: Listing,
  isAsked: (path: string) => boolean,
): { oids: string[]; paths: string[] } {
  const places = files.flatMap(([path]) => (isDocsConfig(path) ? [findDocsPlace(files, toFolderPrefix(path))] : []));
  const isDocs = (path: string) =>
    isDocsConfig(path) || (docsFile.test(path) && places.some((place) => path.startsWith(place)));
  const isCatalog = (path: string) =>
    !isForeignPath(path) && (isCatalogFile(path) || isTemplatePlace(path) || isRootIndex(path) || isAsked(path));
  const docs = files.filter(([path]) => isDocs(path)).slice(0, maxDocsFiles);
  const catalog = files.filter(([path]) => isCatalog(path));
  const owners = catalog.length > 0 ? files.filter(([path]) => ownersPlaces.includes(path)) : [];
  const wanted = new Map([...catalog, ...owners, ...docs]);
  return { oids: [...new Set(wanted.values())], paths: [...wanted.keys()] };
}

const isDocsConfig = (path: string) => docsConfig.test(path) && !isForeignPath(path);

/** Docs lie in `docs/` beside their configuration; where there are none, anywhere below it, as `docs_dir` may say. */
function findDocsPlace(files: Listing['files'], folder: string): string {
  const usual = `${folder}docs/`;
  return files.some(([path]) => path.startsWith(usual) && path.endsWith('.md')) ? usual : folder;
}

/** The files whose last change is worth knowing: those that come along, what a Location may lead to, and pages of docs. */
export function listDated({ files }: Listing, wanted: readonly string[]): string[] {
  return [...new Set([...wanted, ...files.map(([path]) => path).filter((path) => /\.(?:ya?ml|md)$/.test(path))])];
}

const toFolderPrefix = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
