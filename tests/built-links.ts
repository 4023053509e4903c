import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** A built site: its folder, and the path that its addresses begin with (`/` or `/portal`). */
export type BuiltSite = { folder: string; base: string };

const inPages = /\s(?:href|src|action|poster|srcset|data-whole-graph)="([^"]*)"/g;
/** A mere fragment is a part of whichever page the style is used on. */
const inStyles = /url\(\s*["']?([^"'#)][^"')]*)["']?\s*\)/g;
/** Addresses that scripts read and put the base before. */
const belowBase = /\sdata-(?:rows|first)="(\/[^"]*)"/g;

/** Why an address leads nowhere; nothing when it leads somewhere, or out of the site. */
function findFault({ folder, base }: BuiltSite, address: string, from: string): string | undefined {
  const top = base === '/' ? '' : base;
  const url = new URL(address.replaceAll(/&amp;|&#38;/g, '&'), `http://site${top}/${from.replace(/index\.html$/, '')}`);
  if (url.host !== 'site' || !/^https?:$/.test(url.protocol)) return undefined;
  const path = decodeURIComponent(url.pathname);
  if (!path.startsWith(`${top}/`)) return `is not below ${base}`;
  const file = join(folder, path.slice(top.length).replace(/\/$/, '/index.html'));
  if (!existsSync(file)) return 'no such file';
  const id = decodeURIComponent(url.hash.slice(1));
  return id === '' || readFileSync(file, 'utf8').includes(`id="${id}"`) ? undefined : 'no such place on the page';
}

/** The addresses that a file of a site holds, as it writes them; those that scripts put the base before, with it. */
function listAddresses({ folder, base }: BuiltSite, file: string): string[] {
  const text = readFileSync(join(folder, file), 'utf8');
  const find = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, address = '']) => address);
  if (file.endsWith('.css')) return find(inStyles);
  const top = base === '/' ? '' : base;
  return [...find(inPages), ...find(belowBase).map((address) => `${top}${address}`)];
}

/** Every address in pages and styles that leads nowhere, with why, and one file that holds it. */
export function listBrokenLinks(site: BuiltSite): { pages: number; faults: [fault: string, file: string][] } {
  const files = readdirSync(site.folder, { recursive: true })
    .map((path) => String(path).replaceAll('\\', posix.sep))
    .filter((path) => /\.(?:html|css)$/.test(path));
  const faults = new Map<string, string>();
  for (const file of files)
    for (const address of listAddresses(site, file)) {
      const fault = findFault(site, address, file);
      if (fault) faults.set(`${address}: ${fault}`, file);
    }
  return { pages: files.filter((path) => path.endsWith('.html')).length, faults: [...faults] };
}
