import { toSiteHref } from '../../search/dom.client.ts';
import { createSvg } from './svg.client.ts';

/** What a style sheet says of an element, so that a file can say it without one. */
const properties = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'paint-order',
  'opacity',
  'color',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];
const margin = 16;
/** The most that a bitmap may measure: more than this, browsers do not draw. */
const bitmap = { side: 8192, area: 40_000_000, scale: 2 };

/** Hands a text or a picture to the reader as a file. */
export function save(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

type Size = { width: number; height: number };

/** A drawing as a file of its own: all of it, in the colours in which it is seen, with its icons. */
export async function toSvgText(picture: SVGGElement, { width, height }: Size): Promise<string> {
  const answer = await fetch(toSiteHref('/icons.svg'));
  const sprite = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml');
  const owner = picture.ownerSVGElement;
  const isFar = owner?.classList.contains('far') ?? false;
  // What is left out of a picture because it is drawn small is in the file.
  owner?.classList.remove('far');
  const copy = copyStyled(picture, sprite);
  owner?.classList.toggle('far', isFar);
  const [w, h] = [width + 2 * margin, height + 2 * margin];
  const paper = getComputedStyle(document.body).backgroundColor;
  const tips = owner?.querySelector('marker');
  const root = createSvg(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width: w, height: h, viewBox: `${-margin} ${-margin} ${w} ${h}` },
    createSvg('defs', {}, ...(tips ? [copyStyled(tips, sprite)] : [])),
    createSvg('rect', { x: -margin, y: -margin, width: w, height: h, fill: paper }),
    copy,
  );
  return new XMLSerializer().serializeToString(root);
}

function copyStyled(original: SVGElement, sprite: Document): SVGElement {
  const copy = original.cloneNode(true) as SVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [at, element] of [original, ...original.querySelectorAll('*')].entries()) {
    const styles = getComputedStyle(element);
    const target = copies[at];
    if (!target) continue;
    for (const name of properties) target.setAttribute(name, styles.getPropertyValue(name));
    if (target instanceof SVGAElement)
      target.setAttribute('href', target.href.baseVal && new URL(target.href.baseVal, location.href).href);
    for (const name of ['class', 'tabindex', 'role', 'transform', 'data-id', 'aria-label', 'aria-current'])
      target.removeAttribute(name);
  }
  for (const use of copy.querySelectorAll('use')) use.replaceWith(toIcon(use, sprite));
  return copy;
}

function toIcon(use: SVGUseElement, sprite: Document): SVGElement {
  const name = use.href.baseVal.split('#')[1] ?? '';
  const shapes = [...(sprite.getElementById(name)?.childNodes ?? [])].map((node) => document.importNode(node, true));
  const [x, y] = ['x', 'y'].map((side) => Number(use.getAttribute(side)));
  return createSvg(
    'svg',
    { x, y, width: 16, height: 16, viewBox: '0 0 24 24', color: use.getAttribute('color') ?? undefined },
    ...shapes,
  );
}

/** The text of an SVG as a bitmap, as sharp as there is room for. */
export async function toPng(text: string, { width, height }: Size): Promise<Blob> {
  const [w, h] = [width + 2 * margin, height + 2 * margin];
  const scale = Math.min(bitmap.scale, bitmap.side / Math.max(w, h), Math.sqrt(bitmap.area / (w * h)));
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(w * scale);
    canvas.height = Math.round(h * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('This browser makes no picture of that size.');
    return blob;
  } finally {
    URL.revokeObjectURL(address);
  }
}
