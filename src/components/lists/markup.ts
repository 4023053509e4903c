/** A piece of a page as a value, so that the build and the browser draw the same thing from the same function. */
export type Markup = string | MarkupElement | readonly Markup[];
export type MarkupElement = {
  tag: string;
  attributes: Readonly<Record<string, string | undefined>>;
  children: Markup;
};

/** An element; attributes that are undefined are left out. */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: Markup = [],
): MarkupElement {
  return { tag, attributes, children };
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');

/** The HTML of a piece; all text in it is escaped. */
export function toHtml(markup: Markup): string {
  if (typeof markup === 'string') return escapeHtml(markup);
  if (!('tag' in markup)) return markup.map(toHtml).join('');
  const attributes = Object.entries(markup.attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${escapeHtml(value)}"`],
  );
  return `<${markup.tag}${attributes.join('')}>${toHtml(markup.children)}</${markup.tag}>`;
}

const svgTags = new Set(['svg', 'use', 'rect', 'path', 'title']);

/** The same piece as nodes of a document; text stays text. */
export function toNode(markup: Markup): Node {
  if (typeof markup === 'string') return document.createTextNode(markup);
  if (!('tag' in markup)) {
    const fragment = document.createDocumentFragment();
    for (const child of markup) fragment.append(toNode(child));
    return fragment;
  }
  const node = svgTags.has(markup.tag)
    ? document.createElementNS('http://www.w3.org/2000/svg', markup.tag)
    : document.createElement(markup.tag);
  for (const [name, value] of Object.entries(markup.attributes))
    if (value !== undefined) node.setAttribute(name, value);
  node.append(toNode(markup.children));
  return node;
}
