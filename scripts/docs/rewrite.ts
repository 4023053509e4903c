import { type Problem, toProblem } from '#model/problems.ts';
import { toHref } from '#model/urls.ts';
import type { DocsFile } from '../render/files.ts';
import { createLocator } from '../render/positions.ts';
import { type PageElement, sanitize } from '../render/sanitize.ts';
import { type AddressBook, toPageAddress, toRelativeHref } from './addresses.ts';
import type { SiteCopy } from './tree-files.ts';

/** What rewriting a page asks: where its links lead, and how the files that it shows are had. */
export type Rewriting = {
  base: string;
  frameHosts: readonly string[];
  schemes: readonly string[];
  book: AddressBook;
  /** The address in the portal of something elsewhere that the portal has too. */
  findElsewhere: (url: string) => string | undefined;
  /** The copy of a file of the tree, unless it is withheld. */
  keepFile: (file: DocsFile) => Promise<SiteCopy | undefined>;
};

type Wanted = { file: DocsFile; name: string; suffix: string; wantsSize: boolean };

/** Stands for a file while its copy is being made; nothing that people write has it. */
const mark = '\uE0F0';
const markPattern = new RegExp(` (src|href|poster)="${mark}(\\d+)${mark}"`, 'g');

/** A page with every link and file where the portal has them; what leads nowhere is reported without a place. */
export async function rewritePage(
  html: string,
  from: DocsFile,
  rewriting: Rewriting,
): Promise<{ html: string; broken: string[]; refused: string[] }> {
  const wanted: Wanted[] = [];
  const broken: string[] = [];
  const visit = (element: PageElement) => rewriteElement(element, from, rewriting, wanted, broken);
  const refused: string[] = [];
  const { frameHosts, schemes } = rewriting;
  const marked = sanitize(html, { frameHosts, schemes, visit, refuse: (address) => refused.push(address) });
  const copies = await Promise.all(wanted.map(({ file }) => rewriting.keepFile(file)));
  const placed = marked.replace(markPattern, (_all, _name, number: string) =>
    formatCopy(wanted[Number(number)], copies[Number(number)], rewriting.base),
  );
  return { html: placed, broken, refused };
}

function formatCopy(wanted: Wanted | undefined, copy: SiteCopy | undefined, base: string): string {
  if (!wanted || !copy) return '';
  const size = wanted.wantsSize && copy.width && copy.height ? ` width="${copy.width}" height="${copy.height}"` : '';
  return ` ${wanted.name}="${toHref(base, copy.path)}${wanted.suffix}"${size}`;
}

const addresses = ['href', 'src', 'poster'];

function rewriteElement(
  { tag, attributes }: PageElement,
  from: DocsFile,
  rewriting: Rewriting,
  wanted: Wanted[],
  broken: string[],
): void {
  attributes.delete('srcset');
  if (tag === 'img' && !attributes.has('loading')) attributes.set('loading', 'lazy');
  for (const name of addresses) {
    const value = attributes.get(name)?.trim();
    if (value === undefined || value === '' || value.startsWith('#')) continue;
    const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(value) ?? [];
    if (isElsewhere(value)) {
      const href = tag === 'a' ? rewriting.findElsewhere(value) : undefined;
      if (href !== undefined) attributes.set(name, toHref(rewriting.base, href));
      continue;
    }
    const file = rewriting.book.find(path, from);
    if (!file) {
      broken.push(value);
      if (value.startsWith('/')) attributes.set(name, toHref(rewriting.base, value));
    } else if (file.isPage && tag === 'a')
      attributes.set(name, toRelativeHref(toPageAddress(from.address), toPageAddress(file.address)) + suffix);
    else {
      const wantsSize = tag === 'img' && !attributes.has('width') && !attributes.has('height');
      const number = wanted.push({ file, name, suffix: toFragment(suffix), wantsSize }) - 1;
      attributes.set(name, `${mark}${number}${mark}`);
    }
  }
}

/** Of what follows a file's path only a plain fragment stays; Material's `#only-light` is one. */
const toFragment = (suffix: string) => /#[\w-]+$/.exec(suffix)?.[0] ?? '';

const isElsewhere = (value: string) => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(value);

const fileLike = /\.[a-z0-9]{1,5}(?:[?#]|$)/i;

/** The problems of links that lead nowhere, at the lines where they are written. */
export function toBrokenLinks(
  broken: readonly string[],
  text: string,
  place: { repository: string; path: string },
): Problem[] {
  const locate = createLocator(text);
  return [...new Set(broken)]
    .filter((href) => fileLike.test(href))
    .map((href) => toProblem('docs-broken-link', { href }, { place: { ...place, ...locate(href) } }));
}

/** The problems of frames that became links, at the lines where they are written. */
export function toRefusedFrames(
  refused: readonly string[],
  text: string,
  place: { repository: string; path: string },
): Problem[] {
  const locate = createLocator(text);
  return [...new Set(refused)].map((address) => {
    const { host, pathname } = new URL(address);
    return toProblem(
      'docs-frame-refused',
      { address, host },
      { place: { ...place, ...locate(`//${host}${pathname.replace(/\/$/, '')}`) } },
    );
  });
}
