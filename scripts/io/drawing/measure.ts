import {
  type Box,
  findBox,
  identity,
  type Matrix,
  multiply,
  type Point,
  toCorners,
  toMatrix,
  toNumbers,
} from './box.ts';
import { toPathPoints } from './path.ts';
import { type Rule, toDeclarations, toRules } from './style-sheet.ts';
import { ascent, descent, toTextWidth } from './text-width.ts';

export const defaultSize = 14;

type Font = { size: number; isBold: boolean };

const textNames = new Set(['font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'alignment-baseline']);
const rulesOf = new WeakMap<Element, { text: string; rules: Rule[] }>();

/** The rules about text in the style sheet of a drawing, read once as long as it does not change. */
function toTextRules(element: Element): Rule[] {
  const sheet = element.closest('svg[id]')?.querySelector('style');
  const text = sheet?.textContent ?? '';
  if (!sheet || !text) return [];
  const known = rulesOf.get(sheet);
  if (known?.text === text) return known.rules;
  const rules = toRules(text)
    .filter(({ declarations }) => declarations.some(({ name }) => textNames.has(name)))
    .toSorted((one, other) => one.weight - other.weight);
  rulesOf.set(sheet, { text, rules });
  return rules;
}

function matches(element: Element, selector: string): boolean {
  try {
    return element.matches(selector);
  } catch {
    return false;
  }
}

function findOwn(element: Element, name: string, rules: readonly Rule[]): string | undefined {
  const inline = toDeclarations(element.getAttribute('style') ?? '').findLast((one) => one.name === name);
  if (inline) return inline.value;
  const rule = rules.findLast((one) => one.declarations.some((d) => d.name === name) && matches(element, one.selector));
  return rule?.declarations.findLast((one) => one.name === name)?.value ?? element.getAttribute(name) ?? undefined;
}

function findInherited(element: Element, name: string, rules: readonly Rule[]): string | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const value = findOwn(at, name, rules);
    if (value !== undefined && value !== 'inherit') return value;
  }
  return undefined;
}

const units: Readonly<Record<string, number>> = {
  px: 1,
  '': 1,
  pt: 4 / 3,
  em: defaultSize,
  rem: 16,
  '%': defaultSize / 100,
  ex: defaultSize / 2,
};

/** A length in pixels, if it is one. */
export function toPixels(value: string | undefined, otherwise: number): number {
  const match = /^\s*([\d.]+)\s*(px|pt|r?em|ex|%)?\s*$/.exec(value ?? '');
  return match ? Number(match[1]) * (units[match[2] ?? ''] ?? 1) : otherwise;
}

function toFont(element: Element): Font {
  const rules = toTextRules(element);
  const weight = findInherited(element, 'font-weight', rules) ?? '';
  return {
    size: toPixels(findInherited(element, 'font-size', rules), defaultSize),
    isBold: /bold|[6-9]00/.test(weight),
  };
}

const collapse = (text: string): string => text.replace(/\s+/g, ' ');

/** How wide the text of an element is when it stands in one line. */
export function toLineWidth(element: Element): number {
  const { size, isBold } = toFont(element);
  return toTextWidth(collapse(element.textContent ?? '').trim(), size, isBold);
}

type Chunk = { x: number; y: number; width: number; size: number; anchor: string };

const lift: Readonly<Record<string, number>> = {
  middle: 0.26,
  central: 0.35,
  hanging: 0.72,
  'text-before-edge': ascent,
  'before-edge': ascent,
  'text-after-edge': -descent,
};

function toOffset(text: string | null, size: number): number {
  const [number = 0] = toNumbers(text);
  return text?.includes('em') ? number * size : number;
}

/** Lays the text of an element out, line for line. */
function toChunks(element: Element): Chunk[] {
  const chunks: Chunk[] = [];
  let [x, y] = [0, 0];
  const visit = (at: Element): void => {
    const font = toFont(at);
    const rules = toTextRules(at);
    const [newX, newY] = [at.getAttribute('x'), at.getAttribute('y')];
    if (newX !== null) x = toOffset(newX, font.size);
    if (newY !== null) y = toOffset(newY, font.size);
    x += toOffset(at.getAttribute('dx'), font.size);
    y += toOffset(at.getAttribute('dy'), font.size);
    if (chunks.length === 0 || newX !== null || newY !== null || at.getAttribute('dy') !== null) {
      const base =
        findInherited(at, 'dominant-baseline', rules) ?? findInherited(at, 'alignment-baseline', rules) ?? '';
      const anchor = findInherited(at, 'text-anchor', rules) ?? 'start';
      chunks.push({ x, y: y + (lift[base] ?? 0) * font.size, width: 0, size: font.size, anchor });
    }
    for (const child of at.childNodes) {
      if (child.nodeType === 1) visit(child as Element); // node type 1 is an element
      if (child.nodeType !== 3) continue;
      const chunk = chunks.at(-1);
      if (chunk) chunk.width += toTextWidth(collapse(child.textContent ?? ''), font.size, font.isBold);
    }
  };
  visit(element);
  return chunks;
}

const shift: Readonly<Record<string, number>> = { middle: 0.5, end: 1 };

function toTextPoints(element: Element): Point[] {
  return toChunks(element)
    .filter(({ width }) => width > 0)
    .flatMap(({ x, y, width, size, anchor }) => {
      const left = x - width * (shift[anchor] ?? 0);
      const box = { x: left, y: y - size * ascent, width, height: size * (ascent + descent) };
      return toCorners(box, identity);
    });
}

const numberOf = (element: Element, name: string): number => toNumbers(element.getAttribute(name))[0] ?? 0;

function toRectangle(element: Element): Point[] {
  const [width, height] = [numberOf(element, 'width'), numberOf(element, 'height')];
  return toCorners({ x: numberOf(element, 'x'), y: numberOf(element, 'y'), width, height }, identity);
}

function toEllipse(element: Element): Point[] {
  const [x, y, r] = [numberOf(element, 'cx'), numberOf(element, 'cy'), numberOf(element, 'r')];
  const [rx, ry] = [numberOf(element, 'rx') || r, numberOf(element, 'ry') || r];
  return toCorners({ x: x - rx, y: y - ry, width: 2 * rx, height: 2 * ry }, identity);
}

function toPairs(element: Element): Point[] {
  const numbers = toNumbers(element.getAttribute('points'));
  return numbers.flatMap((x, at) => (at % 2 === 0 ? [[x, numbers[at + 1] ?? 0] as const] : []));
}

const shapes: Readonly<Record<string, (element: Element) => Point[]>> = {
  rect: toRectangle,
  image: toRectangle,
  foreignObject: toRectangle,
  circle: toEllipse,
  ellipse: toEllipse,
  line: (element) => [
    [numberOf(element, 'x1'), numberOf(element, 'y1')],
    [numberOf(element, 'x2'), numberOf(element, 'y2')],
  ],
  polygon: toPairs,
  polyline: toPairs,
  path: (element) => toPathPoints(element.getAttribute('d')),
  text: toTextPoints,
  tspan: toTextPoints,
};

const groups = new Set(['svg', 'g', 'a', 'switch']);
const isHidden = (element: Element): boolean => /display:\s*none/.test(element.getAttribute('style') ?? '');

function toPoints(element: Element, matrix: Matrix): Point[] {
  const shape = shapes[element.localName];
  if (shape) return shape(element).map(([x, y]) => apply(matrix, x, y));
  if (!groups.has(element.localName)) return [];
  return [...element.children]
    .filter((child) => !isHidden(child))
    .flatMap((child) => toPoints(child, multiply(matrix, toPlacement(child))));
}

const apply = ([a, b, c, d, e, f]: Matrix, x: number, y: number): Point => [a * x + c * y + e, b * x + d * y + f];

function toPlacement(element: Element): Matrix {
  const own = toMatrix(element.getAttribute('transform'));
  if (element.localName !== 'svg') return own;
  return multiply(own, [1, 0, 0, 1, numberOf(element, 'x'), numberOf(element, 'y')]);
}

/** The box that an element takes in its own coordinates, as `getBBox` says. */
export function toBox(element: Element): Box {
  return findBox(toPoints(element, identity)) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** The box that an element takes in the coordinates of the element around it. */
export function toPlacedBox(element: Element): Box {
  return findBox(toPoints(element, toPlacement(element))) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** The box that an element takes in the coordinates of the whole drawing. */
export function toOuterBox(element: Element): Box {
  let matrix = identity;
  for (let at: Element | null = element; at && at.localName !== 'body'; at = at.parentElement)
    matrix = multiply(toPlacement(at), matrix);
  return findBox(toPoints(element, matrix)) ?? { x: 0, y: 0, width: 0, height: 0 };
}

/** The box of an element of HTML that holds nothing but lines of text. */
export function toBlockBox(element: Element): Box {
  const { size, isBold } = toFont(element);
  const lines = element.innerHTML.split(/<br\s*\/?>/i).map((line) => collapse(line.replace(/<[^>]*>/g, '')).trim());
  const width = Math.max(0, ...lines.map((line) => toTextWidth(line, size, isBold)));
  return { x: 0, y: 0, width, height: lines.length * size * 1.5 };
}
