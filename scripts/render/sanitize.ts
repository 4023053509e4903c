import { decodeHTMLAttribute } from 'entities';
import { addressAttributes, allowedTags, droppedTags, isAllowedAttribute, isSafeAddress } from './allow-list.ts';
import { endOfRawText, type HtmlToken, readHtmlToken } from './core/html-scanner.ts';
import { voidTags } from './core/serialize.ts';

type StartTag = HtmlToken & { kind: 'start' };
/** An element of the finished page as it is met; a visitor may change its attributes. */
export type PageElement = { tag: string; attributes: Map<string, string> };
export type SanitizeOptions = {
  /** Hosts whose pages may be framed; `*` stands for all. */
  frameHosts: readonly string[];
  /** Schemes that addresses may have beside the usual ones, without the colon. */
  schemes?: readonly string[];
  visit?(element: PageElement): void;
  /** Told of the address of each frame that became a link, because its host is not among those that may be framed. */
  refuse?(address: string): void;
};

const maxDepth = 500;

/**
 * Writes HTML anew from the elements and attributes of the allow-list. Whatever comes in, every tag that comes out is
 * known, closed, and stands inside of what it was opened in.
 */
export function sanitize(html: string, options: SanitizeOptions): string {
  const open: string[] = [];
  let out = '';
  let at = 0;
  while (at < html.length) {
    const next = html.indexOf('<', at);
    if (next < 0) break;
    out += escapeStray(html.slice(at, next));
    const plain = findPlainTag(html, next, open);
    if (plain !== undefined) {
      out += plain;
      at = next + plain.length;
      continue;
    }
    const token = readHtmlToken(html, next);
    at = token?.end ?? next + 1;
    if (!token) out += '&lt;';
    else if (token.kind === 'end') out += closeTag(token.name, open);
    else if (token.kind === 'start') {
      if (token.name === 'iframe') {
        out += writeFrame(token, options);
        at = skipContent(html, token);
      } else if (!isDropped(token.name, open)) out += openTag(token, open, options);
      else at = skipContent(html, token);
    }
  }
  out += escapeStray(html.slice(at));
  while (open.length > 0) out += `</${open.pop()}>`;
  return out;
}

/** Painted code is made of these: what they are lets nothing be asked of them. */
const plainStart = /<(span|code|p|li|ul|ol|strong|em|div|td|tr)(?: class="[\w -]+")?>/y;
const plainEnd = /<\/(span|code|p|li|ul|ol|strong|em|div|td|tr)>/y;

/** A tag that comes out as it came in; kept account of like every other. */
function findPlainTag(html: string, at: number, open: string[]): string | undefined {
  const isEnd = html.charCodeAt(at + 1) === slash;
  const pattern = isEnd ? plainEnd : plainStart;
  pattern.lastIndex = at;
  const [tag, name = ''] = pattern.exec(html) ?? [];
  if (tag === undefined || (isEnd ? open.at(-1) !== name : open.length >= maxDepth)) return undefined;
  if (isEnd) open.pop();
  else open.push(name);
  return tag;
}

const slash = 47;

/** A `title` inside of a drawing is its caption. */
const isDropped = (name: string, open: readonly string[]): boolean =>
  droppedTags.has(name) && !(name === 'title' && open.includes('svg'));

function escapeStray(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
}

/** Where what follows a dropped element begins. One without an end tag takes everything with it, as in a browser. */
function skipContent(html: string, { name, end, selfClosing }: StartTag): number {
  if (voidTags.has(name) || (selfClosing && name === 'math')) return end;
  const close = endOfRawText(html, end, name);
  return close >= html.length ? html.length : html.indexOf('>', close) + 1 || html.length;
}

function closeTag(name: string, open: string[]): string {
  if (name === 'p' && !open.includes('p')) return '<p></p>';
  const index = open.lastIndexOf(name);
  let out = '';
  while (index >= 0 && open.length > index) out += `</${open.pop()}>`;
  return out;
}

function openTag(token: StartTag, open: string[], options: SanitizeOptions): string {
  const { name } = token;
  if (!(allowedTags.has(name) || name === 'title') || (open.length >= maxDepth && !voidTags.has(name))) return '';
  const element = { tag: name, attributes: keepAttributes(token, options) };
  if (!isHarmless(element)) return '';
  options.visit?.(element);
  if (!voidTags.has(name) && !(token.selfClosing && isDrawing(open, name))) open.push(name);
  else if (!voidTags.has(name)) return `${writeTag(element)}</${name}>`;
  return writeTag(element);
}

const isDrawing = (open: readonly string[], name: string): boolean => name === 'svg' || open.includes('svg');

function keepAttributes({ name: tag, attributes }: StartTag, { schemes }: SanitizeOptions): Map<string, string> {
  const kept = new Map<string, string>();
  for (const [written, raw] of attributes) {
    const name = written === 'xlink:href' ? 'href' : written;
    if (kept.has(name) || !isAllowedAttribute(tag, name)) continue;
    const value = raw.includes('&') ? decodeHTMLAttribute(raw) : raw;
    if (addressAttributes.has(name) && !isSafeAddress(value, name === 'src', schemes)) continue;
    if (name === 'srcset' && !value.split(',').every((one) => isSafeAddress(one.trim(), true))) continue;
    if (name === 'style') keepAlignment(value, kept);
    else if (!/url\((?!#)/i.test(value) || addressAttributes.has(name) || name === 'title' || name === 'alt')
      kept.set(name, value);
  }
  return kept;
}

/** Of all styling only the alignment of cells counts; it needs no inline style. */
function keepAlignment(style: string, kept: Map<string, string>): void {
  const align = /(?:^|;)\s*text-align:\s*(left|center|right)\s*(?:;|$)/i.exec(style)?.[1];
  if (align) kept.set('align', align.toLowerCase());
}

const isHarmless = ({ tag, attributes }: PageElement): boolean =>
  tag !== 'input' || ['checkbox', 'radio'].includes(attributes.get('type')?.toLowerCase() ?? '');

/** A frame of an allowed host; a link to the address of any other; nothing for what is no address of the web. */
function writeFrame(token: StartTag, options: SanitizeOptions): string {
  const element = { tag: 'iframe', attributes: keepAttributes(token, options) };
  const address = toWebAddress(element.attributes.get('src') ?? '');
  if (!address) return '';
  if (!options.frameHosts.includes('*') && !options.frameHosts.includes(address.host)) {
    options.refuse?.(address.href);
    const name = element.attributes.get('title')?.trim() || `${address.host}${address.pathname.replace(/\/$/, '')}`;
    return `${writeTag({
      tag: 'a',
      attributes: new Map([
        ['class', 'frame-link'],
        ['href', address.href],
      ]),
    })}${escapeValue(name)}</a>`;
  }
  element.attributes.set('sandbox', 'allow-scripts allow-same-origin allow-popups');
  element.attributes.set('loading', 'lazy');
  options.visit?.(element);
  return `${writeTag(element)}</iframe>`;
}

function toWebAddress(address: string): URL | undefined {
  const absolute = address.trim().startsWith('//') ? `https:${address.trim()}` : address;
  const url = URL.canParse(absolute) ? new URL(absolute) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

/** Escapes the value of an attribute as it stands, entities too. */
export const escapeValue = (value: string): string =>
  special.test(value)
    ? value
        .replaceAll('&', '&amp;')
        .replaceAll('"', '&quot;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('\u0000', '')
    : value;

const special = /[&"<>\0]/;

function writeTag({ tag, attributes }: PageElement): string {
  let out = `<${tag}`;
  for (const [name, value] of attributes)
    out +=
      value === '' && name !== 'alt' && name !== 'href' && name !== 'src'
        ? ` ${name}`
        : ` ${name}="${escapeValue(value)}"`;
  return `${out}>`;
}
