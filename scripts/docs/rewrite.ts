import { hiddenWords } from '#model/hidden.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { toHref } from '#model/urls.ts';
import type { DocsFile } from '../render/files.ts';
import { createLocator } from '../render/positions.ts';
import { escapeValue, type PageElement } from '../render/sanitize.ts';
import { type AddressBook, toPageAddress, toRelativeHref } from './addresses.ts';
import type { SiteCopy } from './tree-files.ts';

/** What a mark in a page stands for: a file of the tree that it shows, or an address on the web. */
export type Wanted =
  | { name: string; source: string; suffix: string; wantsSize: boolean; url?: undefined }
  | { name: string; url: string; source?: undefined };

/** What stands at the marks of one page. */
export type Answers = {
  base: string;
  /** The copy of a file of the tree, unless it is withheld. */
  copies: ReadonlyMap<string, SiteCopy | undefined>;
  /** The address in the portal of something elsewhere that the portal has too. */
  findElsewhere: (url: string) => string | undefined;
};

/** What is found out while the elements of a page are rewritten. */
export type Rewritten = {
  wanted: Wanted[];
  /** Links that lead nowhere. */
  broken: string[];
  /** What was looked up in the address book, and the file that was found. */
  finds: Map<string, string>;
};

/** Stands for what only the whole portal knows; nothing that people write has it. */
const mark = '\uE0F0';
/** Stands in a link that leads to what this audience may not see, until the link becomes text. */
const hiddenMark = '\uE0F1';
const markPattern = new RegExp(` (?:src|href|poster)="${mark}(\\d+)${mark}"`, 'g');

/** Puts the addresses of copies and of the portal's own pages in the place of their marks. */
export function placeAnswers(html: string, wanted: readonly Wanted[], answers: Answers): string {
  if (wanted.length === 0) return html;
  const placed = html.replace(markPattern, (_all, number: string) => {
    const one = wanted[Number(number)];
    if (one === undefined) return '';
    if (one.url === undefined) return formatCopy(one, answers);
    return answers.findElsewhere(one.url.trim()) === ''
      ? ` ${hiddenMark}${number}${hiddenMark}`
      : formatUrl(one, answers);
  });
  if (!placed.includes(hiddenMark)) return placed;
  return placed.replace(hiddenLink, (_all, number: string, text: string) => formatHidden(text, wanted[Number(number)]));
}

const hiddenLink = new RegExp(`<a(?: [^<>]*?)? ${hiddenMark}(\\d+)${hiddenMark}[^<>]*>([\\s\\S]*?)</a>`, 'g');

/** The words of a link without their way; where they are the address itself, not even these. */
function formatHidden(text: string, wanted: Wanted | undefined): string {
  const plain = text
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .trim();
  const isAddress = plain === '' || plain.includes('://') || plain === wanted?.url?.trim();
  const reason = `<span class="hidden-link">${hiddenWords}</span>`;
  return isAddress ? reason : `${text} ${reason}`;
}

function formatUrl({ name, url }: Wanted & { url: string }, { base, findElsewhere }: Answers): string {
  const href = findElsewhere(url.trim());
  const address = href ?? (url.trim().startsWith('/') ? url.trim() : undefined);
  return ` ${name}="${escapeValue(address === undefined ? url : toHref(base, address))}"`;
}

function formatCopy(wanted: Wanted & { source: string }, { base, copies }: Answers): string {
  const copy = copies.get(wanted.source);
  if (!copy) return '';
  const size = wanted.wantsSize && copy.width && copy.height ? ` width="${copy.width}" height="${copy.height}"` : '';
  return ` ${wanted.name}="${toHref(base, copy.path)}${wanted.suffix}"${size}`;
}

const addresses = ['href', 'src', 'poster'];

/** Gives an element of a page the addresses of the portal, with marks for what only the whole portal knows. */
export function rewriteElement(
  { tag, attributes }: PageElement,
  from: DocsFile,
  { base, book }: { base: string; book: AddressBook },
  { wanted, broken, finds }: Rewritten,
): void {
  attributes.delete('srcset');
  if (tag === 'img' && !attributes.has('loading')) attributes.set('loading', 'lazy');
  const setMark = (name: string, one: Wanted) => attributes.set(name, `${mark}${wanted.push(one) - 1}${mark}`);
  for (const name of addresses) {
    const written = attributes.get(name);
    const value = written?.trim();
    if (written === undefined || value === undefined || value === '' || value.startsWith('#')) continue;
    const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(value) ?? [];
    if (isElsewhere(value)) {
      if (tag === 'a' && /^https?:/i.test(value)) setMark(name, { name, url: written });
      continue;
    }
    const file = book.find(path, from);
    finds.set(path, file?.path ?? '');
    if (!file) {
      broken.push(value);
      if (tag === 'a' && isOwnPage(value)) setMark(name, { name, url: written });
      else if (value.startsWith('/')) attributes.set(name, toHref(base, value));
    } else if (file.isPage && tag === 'a')
      attributes.set(name, toRelativeHref(toPageAddress(from.address), toPageAddress(file.address)) + suffix);
    else {
      const wantsSize = tag === 'img' && !attributes.has('width') && !attributes.has('height');
      setMark(name, { name, source: file.source, suffix: toFragment(suffix), wantsSize });
    }
  }
}

/** Of what follows a file's path only a plain fragment stays; Material's `#only-light` is one. */
const toFragment = (suffix: string) => /#[\w-]+$/.exec(suffix)?.[0] ?? '';

/** Pages of the portal that an author names by their address below it. */
const isOwnPage = (value: string) =>
  /^(?:\/|(?:\.\.?\/)+)(?:[^/]+\/)*(?:catalog|docs|problems)(?:\/[^/]+){3}/.test(value) &&
  !/\.md(?:$|[?#])/i.test(value);

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
