import { type Box, findBox, identity, toCorners } from './box.ts';
import { defaultSize, toBox, toPixels } from './measure.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

const allowedTags = words(
  `svg g a path rect circle ellipse line polyline polygon text tspan defs marker clipPath linearGradient radialGradient stop`,
);
const allowedAttributes = words(
  `x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height transform viewBox fill fill-opacity fill-rule stroke stroke-width
  stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity opacity font-size font-weight font-style text-anchor
  text-decoration dominant-baseline alignment-baseline marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY
  orient offset stop-color stop-opacity gradientUnits clip-path clipPathUnits letter-spacing paint-order preserveAspectRatio id href`,
);

const definitions = words('marker clipPath linearGradient radialGradient');

/** What attributes may hold: no addresses but those of parts of the same drawing, and no functions but these. */
const value =
  /^(?:[^()<>\\]|(?:rgba?|hsla?|translate|rotate|scale|matrix|skew[XY])\([^()<>\\]*\)|var\(--diagram-[\w-]+\)|url\(#[\w.:-]+\))*$/;
const address = /^(?:https?:\/\/|mailto:|#|\.{0,2}\/(?!\/)|[\w-]+(?:[/.?#]|$))/i;

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Whether a link may stay: one to the web, to mail, or to a place on the same site. */
function isSafeLink(text: string): boolean {
  return (
    (!/[\s\p{C}\\]/u.test(text) && address.test(text) && !text.includes('//', 8)) ||
    /^https?:\/\/[^\s\p{C}\\]+$/iu.test(text)
  );
}

const shorten = (text: string): string =>
  text.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (all) => String(Math.round(Number(all) * 100) / 100));

type Naming = { prefix: string; used: ReadonlySet<string> };

const numeric = words(
  'x y x1 y1 x2 y2 dx dy cx cy r rx ry d points width height transform viewBox stroke-width font-size refX refY',
);

function formatAttribute(name: string, text: string, { prefix, used }: Naming): string {
  if (name === 'id') return used.has(text) ? ` id="${escapeText(prefix + text)}"` : '';
  if (name === 'href') return isSafeLink(text) ? ` href="${escapeText(text)}"` : '';
  if (!value.test(text) || /NaN|undefined/.test(text)) return '';
  const renamed = text.replace(/url\(#/g, `url(#${prefix}`);
  return ` ${name}="${escapeText(numeric.has(name) ? shorten(renamed) : renamed)}"`;
}

function formatAttributes(element: Element, naming: Naming): string {
  const all = new Map([...element.attributes].map(({ localName, value: text }) => [localName, text]));
  return [...all]
    .filter(([name]) => allowedAttributes.has(name) && (name !== 'href' || element.localName === 'a'))
    .map(([name, text]) => formatAttribute(name, text, naming))
    .join('');
}

const isShown = (element: Element): boolean =>
  element.getAttribute('display') !== 'none' && element.getAttribute('visibility') !== 'hidden';

function formatElement(element: Element, naming: Naming): string {
  const tag = element.localName;
  if (!allowedTags.has(tag) || !isShown(element)) return '';
  const content = formatContent(element, naming);
  const attributes = formatAttributes(element, naming);
  if (definitions.has(tag) && !naming.used.has(element.id)) return '';
  if (content === '' && (tag === 'g' || tag === 'defs' || tag === 'text' || tag === 'tspan')) return '';
  if (tag === 'g' && attributes === '') return content;
  return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
}

function formatContent(element: Element, naming: Naming): string {
  const holdsText = element.localName === 'text' || element.localName === 'tspan';
  return [...element.childNodes]
    .map((child) => {
      if (child.nodeType === 1) return formatElement(child as Element, naming); // node type 1 is an element
      return child.nodeType === 3 && holdsText ? escapeText(child.textContent ?? '') : '';
    })
    .join('');
}

/** Text in HTML inside of a drawing becomes a line of text: pages allow no foreign content in drawings. */
function replaceForeign(root: Element): void {
  for (const foreign of root.querySelectorAll('foreignObject')) {
    const text = foreign.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'text');
    const box = toBox(foreign);
    text.setAttribute('x', String(box.x + box.width / 2));
    text.setAttribute('y', String(box.y + box.height / 2));
    text.setAttribute('text-anchor', 'middle');
    text.setAttribute('dominant-baseline', 'middle');
    text.textContent = (foreign.textContent ?? '').trim();
    foreign.replaceWith(text);
  }
}

function toUsed(root: Element): ReadonlySet<string> {
  const values = [...root.querySelectorAll('*')].flatMap((one) =>
    [...one.attributes].map((attribute) => attribute.value),
  );
  return new Set(values.flatMap((text) => [...text.matchAll(/url\(["']?#([\w.:-]+)/g)].map(([, id = '']) => id)));
}

/** Room around a drawing, for its lines and arrow heads. */
const margin = 8;

function toFrame(root: Element): Box {
  const content = toBox(root);
  const box = findBox(toCorners(content, identity)) ?? content;
  return {
    x: Math.floor(box.x - margin),
    y: Math.floor(box.y - margin),
    width: Math.ceil(box.width + 2 * margin) + 1,
    height: Math.ceil(box.height + 2 * margin) + 1,
  };
}

/** What the drawing is called by programs that read it aloud. */
type Heading = { id: string; title: string; description: string };

/** Writes a painted drawing as safe SVG: allowed elements and attributes alone, its size known, its ids its own. */
export function formatDrawing(root: Element, { id, title, description }: Heading): string {
  replaceForeign(root);
  for (const element of root.querySelectorAll('[style]')) element.removeAttribute('style');
  const { x, y, width, height } = toFrame(root);
  const content = formatContent(root, { prefix: `${id}-`, used: toUsed(root) });
  const role = content.includes('<a ') ? 'group' : 'img';
  const told = description ? `<desc>${escapeText(description)}</desc>` : '';
  const size = toPixels(root.getAttribute('font-size') ?? undefined, defaultSize);
  const fill = root.getAttribute('fill') ?? 'var(--diagram-ink)';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" id="${id}" role="${role}" viewBox="${x} ${y} ${width} ${height}"` +
    ` width="${width}" height="${height}" font-size="${size}" fill="${escapeText(fill)}">` +
    `<title>${escapeText(title)}</title>${told}${content}</svg>`
  );
}
