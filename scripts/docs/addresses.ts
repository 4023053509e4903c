import { toDecoded } from '#model/paths.ts';
import type { DocsFile } from '../render/files.ts';
import { folderOf, joinPath, relativePath } from '../render/tree.ts';

/** Characters that an address or a file name may not have on one of the systems that serve sites. */
const awkward = /[?#%\\:*"<>|\p{C}]/gu;

/** The address of a page in the portal, from the one that MkDocs gives it: always a folder, whatever its style. */
export function toPageAddress(address: string): string {
  const bare = address.replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '/');
  const parts = bare.replace(awkward, '-').normalize('NFC').split('/');
  return parts
    .map((part) => part.replace(/^\.+$/, '-'))
    .join('/')
    .replace(/^\/+/, '');
}

/** The way from one page of a tree to another, as a link. */
export function toRelativeHref(from: string, to: string): string {
  const way = relativePath(from.replace(/\/$/, ''), `${to}x`).slice(0, -1);
  return way === '' ? './' : way.split('/').map(encodeURIComponent).join('/');
}

/** Where an address in a page leads: to a file of the tree, or nowhere. */
export type AddressBook = { find: (path: string, from: DocsFile) => DocsFile | undefined };

/**
 * Finds files by the address that a browser would make of a link, and else by their path from the page's source on (or
 * from the top of the repository, after a leading slash), which is what authors often mean.
 */
export function createAddressBook(files: readonly DocsFile[]): AddressBook {
  const byAddress = new Map<string, DocsFile>();
  for (const file of files) {
    byAddress.set(file.address.replace(/\/$/, ''), file);
    byAddress.set(file.output, file);
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const bySource = new Map(files.map((file) => [file.source, file]));
  return {
    find: (path, from) => {
      const isTop = path.startsWith('/');
      const decoded = toDecoded(path);
      const seen = joinPath(isTop ? '' : toBrowserFolder(from.address), decoded);
      const meant = joinPath(isTop ? '' : folderOf(from.path), decoded);
      const found = seen === undefined ? undefined : byAddress.get(seen);
      if (found || meant === undefined) return found;
      return byPath.get(meant) ?? (isTop ? bySource.get(meant) : undefined);
    },
  };
}

const toBrowserFolder = (address: string) => (address.endsWith('/') ? address : folderOf(address));
