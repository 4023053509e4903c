import { folderOf } from './tree.ts';

/** A file of a docs tree: where it comes from, where it stands in the docs, and its address. */
export type DocsFile = {
  /** Path in the repository. */
  source: string;
  /** Path inside the docs, as links between pages have it. */
  path: string;
  /** Path of what is written for it. */
  output: string;
  /** Address from the root of the docs, without a leading slash; the first page's is empty. */
  address: string;
  isPage: boolean;
  /** Whether it is the page of its folder. */
  isIndex: boolean;
  /** File name without its ending. */
  name: string;
};

const pageEndings = /\.(?:md|markdown|mdown|mkdn|mkd)$/;
const indexNames = new Set(['index', 'README']);

/** Decides the address of a file as MkDocs does. */
export function toDocsFile(source: string, path: string, directoryUrls: boolean): DocsFile {
  const isPage = pageEndings.test(path);
  const output = isPage ? pageOutput(path, directoryUrls) : path;
  const address = isPage && directoryUrls ? output.replace(/(^|\/)index\.html$/, '$1') : output;
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');
  return { source, path, output, address, isPage, isIndex: isPage && indexNames.has(name), name };
}

function pageOutput(path: string, directoryUrls: boolean): string {
  const folder = folderOf(path);
  const prefix = folder ? `${folder}/` : '';
  const name = path.slice(prefix.length).replace(pageEndings, '');
  if (indexNames.has(name)) return `${prefix}index.html`;
  return directoryUrls ? `${prefix}${name}/index.html` : `${prefix}${name}.html`;
}

/** The files by path; where `index.md` and `README.md` stand together, the former is the page. */
export function indexFiles(files: readonly DocsFile[]): Map<string, DocsFile> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const file of files) {
    const folder = folderOf(file.path);
    if (/(^|\/)README\.md$/.test(file.path) && byPath.has(folder ? `${folder}/index.md` : 'index.md'))
      byPath.delete(file.path);
  }
  return byPath;
}
