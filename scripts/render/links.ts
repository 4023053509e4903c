import type { DocsFile } from './files.ts';
import { folderOf, joinPath, relativePath } from './tree.ts';

export type ResolvedLink = { href: string; problem?: 'missing-file' | 'outside'; target?: DocsFile; anchor?: string };

const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:|^\/\//;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const encodePath = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/%(?:40|3A|2B|2C|3B|3D|24|26|21|27|28|29|2A)/gi, decodeURIComponent),
    )
    .join('/');

/** Turns a link written in a page into the address it has in the site; what points to no file stays as it is. */
export function resolveLink(href: string, from: DocsFile, files: ReadonlyMap<string, DocsFile>): ResolvedLink {
  if (href === '' || scheme.test(href) || href.startsWith('/') || href.startsWith('\\')) return { href };
  const [, path = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(href) ?? [];
  if (path === '') return { href, target: from, anchor: hash.slice(1) };
  const target = findTarget(decode(path), from, files);
  if (!target) return { href, problem: 'missing-file' };
  return { href: toHref(target, from) + query + hash, target, anchor: hash.slice(1) };
}

function findTarget(path: string, from: DocsFile, files: ReadonlyMap<string, DocsFile>): DocsFile | undefined {
  const joined = joinPath(folderOf(from.path), path);
  return joined === undefined ? undefined : files.get(joined);
}

function toHref(target: DocsFile, from: DocsFile): string {
  const here = folderOf(from.address) || (from.address.endsWith('/') ? from.address.slice(0, -1) : '');
  const folder = from.output.endsWith('index.html') ? folderOf(from.output) : here;
  if (target.address === '' || target.address.endsWith('/')) return toFolderHref(folder, target.address);
  return encodePath(relativePath(folder, target.address));
}

function toFolderHref(folder: string, address: string): string {
  const way = relativePath(folder, `${address}x`).slice(0, -1);
  return encodePath(way) || './';
}
