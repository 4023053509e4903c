import type { Element } from './element.ts';

/** Tags without content. */
export const voidTags = new Set(
  'area base basefont br col embed frame hr img input isindex link meta param source track wbr'.split(' '),
);

/** Escapes text, but leaves what already is an entity. */
export function escapeText(text: string): string {
  let out = text;
  if (out.includes('&')) out = out.replace(/&(?!(?:#\d+|#x[\da-f]+|[\da-z]+);)/gi, '&amp;');
  if (out.includes('<')) out = out.replaceAll('<', '&lt;');
  if (out.includes('>')) out = out.replaceAll('>', '&gt;');
  return out;
}

/** Escapes text as it stands, entities too, as code needs it. */
export function escapeAll(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Escapes the value of an attribute, but leaves what already is an entity. */
export function escapeAttribute(text: string): string {
  const out = escapeText(text);
  return out.includes('"') ? out.replaceAll('"', '&quot;') : out;
}

function openTag(element: Element): string {
  let tag = `<${element.tag}`;
  for (const [name, value] of element.listed) tag += ` ${name}="${escapeAttribute(value)}"`;
  return tag;
}

/** Writes an element and all below it as HTML, without its tail. */
function serialize(element: Element): string {
  if (voidTags.has(element.tag)) return `${openTag(element)} />`;
  return `${openTag(element)}>${serializeContent(element)}</${element.tag}>`;
}

const lineBreakAfter = new Set(
  'p ul ol li blockquote pre table thead tbody tr th td h1 h2 h3 h4 h5 h6 hr dl dt dd div details summary br'.split(
    ' ',
  ),
);

/** Writes what an element holds, its own tag left out. */
export function serializeContent(element: Element): string {
  let html = escapeText(element.text);
  for (const child of element.children) {
    html += serialize(child);
    if (lineBreakAfter.has(child.tag)) html += '\n';
    html += escapeText(child.tail);
  }
  return html;
}
