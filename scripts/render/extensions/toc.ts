import { decodeHTML } from 'entities';
import type { Conversion } from '../core/conversion.ts';
import { descendants, Element } from '../core/element.ts';
import { type Options, toFlag, toNumber, toText } from '../core/options.ts';
import { restoreRawHtml } from '../core/raw-html.ts';
import type { Registry } from '../core/registry.ts';
import { serializeContent } from '../core/serialize.ts';
import { unhide } from '../core/stash.ts';
import { defineExtension } from './define.ts';

export type SlugStyle = 'ascii' | 'unicode' | 'lower';

/** Makes an id of a heading: letters and digits, the rest becomes the separator; `ascii` drops what has no ASCII form. */
export function slugify(text: string, separator: string, style: SlugStyle): string {
  const plain =
    style === 'ascii'
      ? text.normalize('NFKD').replace(/\P{ASCII}/gu, '')
      : text.normalize(style === 'unicode' ? 'NFKC' : 'NFC');
  const kept = plain
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .trim()
    .toLowerCase();
  if (style === 'lower') return kept.replace(/\s/g, separator);
  return kept.replace(
    separator === '-' ? /[-\s]+/g : new RegExp(`[\\s${separator.replace(/[\\\]^-]/g, '\\$&')}]+`, 'g'),
    separator,
  );
}

/** Ids that are taken on a page, and for each that was found taken where the search for a free one goes on. */
export type TakenIds = { taken: Set<string>; next: Map<string, string> };

/** The id itself, or with a number behind it if it is taken; it is taken from now on. */
export function uniqueId(wanted: string, { taken, next }: TakenIds): string {
  const passed: string[] = [];
  let id = wanted;
  while (id === '' || taken.has(id)) {
    passed.push(id);
    id = next.get(id) ?? countUp(id);
  }
  taken.add(id);
  for (const one of passed) next.set(one, id);
  return id;
}

function countUp(id: string): string {
  const [, name, number = '0'] = /^(.*)_(\d{1,300})$/.exec(id) ?? [];
  return name === undefined ? `${id}_1` : `${name}_${BigInt(number) + 1n}`;
}

/** The plain text of a heading as a reader sees it, footnote marks left out. */
export function headingText(heading: Element, page: Conversion, registry: Registry): string {
  const html = restoreRawHtml(serializeContent(withoutFootnotes(heading)), page.stash, registry.blockTags);
  return decodeHTML(stripTags(unhide(html)))
    .replace(/\s+/g, ' ')
    .trim();
}

function withoutFootnotes(element: Element): Element {
  if (![...descendants(element)].some((child) => child.tag === 'sup')) return element;
  const copy = new Element(element.tag, element.attributes);
  copy.text = element.text;
  for (const child of element.children) {
    if (child.tag === 'sup' && child.attribute('id')?.startsWith('fnref')) {
      if (copy.last) copy.last.tail += child.tail;
      else copy.text += child.tail;
    } else {
      const kept = withoutFootnotes(child);
      kept.tail = child.tail;
      copy.children.push(kept);
    }
  }
  return copy;
}

function stripTags(html: string): string {
  if (!html.includes('<')) return html;
  return html.replace(/<!--.*?-->|<[^>]*>/gs, '');
}

type Settings = {
  separator: string;
  style: SlugStyle;
  permalink: string;
  permalinkClass: string;
  permalinkTitle: string;
  anchorlink: boolean;
  anchorlinkClass: string;
  lowest: number;
  highest: number;
  base: number;
  marker: string;
  tocClass: string;
};

function readSettings(options: Options): Settings {
  const permalink = options.permalink;
  const depth = toText(options.toc_depth, '6');
  const [from, to] = depth.includes('-') ? depth.split('-') : ['1', depth];
  const slug = toText(options.slugify, '');
  return {
    separator: toText(options.separator, '-'),
    style: !slug ? 'ascii' : slug.includes('unicode') ? 'unicode' : 'lower',
    permalink:
      typeof permalink === 'string' && !['', 'true', 'false'].includes(permalink.toLowerCase())
        ? permalink
        : toFlag(permalink, false)
          ? '&para;'
          : '',
    permalinkClass: toText(options.permalink_class, 'headerlink'),
    permalinkTitle: toText(options.permalink_title, 'Permanent link'),
    anchorlink: toFlag(options.anchorlink, false),
    anchorlinkClass: toText(options.anchorlink_class, 'toclink'),
    highest: toNumber(from, 1),
    lowest: toNumber(to, 6),
    base: toNumber(options.baselevel, 1) - 1,
    marker: toText(options.marker, '[TOC]'),
    tocClass: toText(options.toc_class, 'toc'),
  };
}

function nameHeadings(root: Element, page: Conversion, registry: Registry, settings: Settings): void {
  const all = [...descendants(root)];
  for (const element of all) {
    const id = element.attribute('id');
    if (id !== undefined) page.ids.taken.add(id);
  }
  for (const element of all) {
    if (!/^h[1-6]$/.test(element.tag)) continue;
    const level = Math.min(Number(element.tag[1]) + settings.base, 6);
    element.tag = `h${level}`;
    const title = element.attribute('data-toc-label') ?? headingText(element, page, registry);
    element.attributes.delete('data-toc-label');
    const id =
      element.attribute('id') ??
      uniqueId(slugify(headingText(element, page, registry), settings.separator, settings.style), page.ids);
    element.attributes.set('id', id);
    page.headings.push({ level, id, title });
    if (level >= settings.highest && level <= settings.lowest) addAnchors(element, id, settings);
  }
}

function addAnchors(heading: Element, id: string, settings: Settings): void {
  if (settings.anchorlink) wrapInAnchor(heading, id, settings.anchorlinkClass);
  else if (settings.permalink) {
    const link = heading.add('a', [
      ['class', settings.permalinkClass],
      ['href', `#${id}`],
      ['title', settings.permalinkTitle],
    ]);
    link.setAtomic(settings.permalink);
  }
}

function wrapInAnchor(heading: Element, id: string, className: string): void {
  const anchor = new Element('a', [
    ['class', className],
    ['href', `#${id}`],
  ]);
  anchor.text = heading.text;
  anchor.atomic = heading.atomic;
  anchor.children = heading.children;
  heading.text = '';
  heading.children = [anchor];
}

/** The nested list of headings that stands where the marker was. */
function toContents(page: Conversion, settings: Settings): Element {
  const box = new Element('div', [['class', settings.tocClass]]);
  const open: { level: number; list: Element }[] = [];
  for (const { level, id, title } of page.headings) {
    if (level < settings.highest || level > settings.lowest) continue;
    while (open.length > 1 && level < (open[open.length - 1]?.level ?? 0)) open.pop();
    const top = open[open.length - 1];
    if (!top) open.push({ level, list: box.add('ul') });
    else if (level > top.level) open.push({ level, list: (top.list.last ?? top.list).add('ul') });
    open[open.length - 1]?.list
      .add('li')
      .add('a', [['href', `#${id}`]])
      .setAtomic(title);
  }
  if (open.length === 0) box.add('ul');
  return box;
}

function placeContents(root: Element, page: Conversion, settings: Settings): void {
  for (const parent of [root, ...descendants(root)]) {
    if (/^(?:h[1-6]|pre|code)$/.test(parent.tag)) continue;
    parent.children.forEach((child, index) => {
      if (child.tag !== 'p' || child.children.length > 0 || child.text.trim() !== settings.marker) return;
      const contents = toContents(page, settings);
      contents.tail = child.tail;
      parent.children[index] = contents;
    });
  }
}

/** Ids for headings, links to them, and a table of contents where `[TOC]` stands. */
export const toc = defineExtension({
  name: 'toc',
  aliases: ['markdown.extensions.toc'],
  install(registry, options) {
    const settings = readSettings(options);
    registry.tree.add('toc', 5, (root, page) => {
      nameHeadings(root, page, registry, settings);
      if (settings.marker) placeContents(root, page, settings);
    });
  },
});
