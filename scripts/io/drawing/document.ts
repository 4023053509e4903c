import { createRequire } from 'node:module';
import type { Box } from './box.ts';
import { defaultSize, toBlockBox, toBox, toLineWidth, toOuterBox } from './measure.ts';
import { toLength, toPathPoints } from './path.ts';
import { toTextWidth } from './text-width.ts';

type Window = typeof globalThis & { close(): void };
type JsdomPackage = { JSDOM: new (html: string, options: { pretendToBeVisual: boolean }) => { window: Window } };

const names = [
  'document',
  'navigator',
  'Node',
  'Element',
  'HTMLElement',
  'SVGElement',
  'DOMParser',
  'XMLSerializer',
  'DocumentFragment',
  'HTMLTemplateElement',
  'NodeFilter',
  'NamedNodeMap',
  'HTMLFormElement',
  'MutationObserver',
  'Option',
  'screen',
  'getComputedStyle',
] as const;

const toRectangle = ({ x, y, width, height }: Box) => {
  return { x, y, width, height, left: x, top: y, right: x + width, bottom: y + height };
};

/** A drawing surface that draws nothing; only the width of a text is ever asked of it. */
function createSurface(): object {
  const nothing = () => undefined;
  const known: Record<string, unknown> = {
    measureText: (text: string) => ({ width: toTextWidth(text, defaultSize, false) }),
  };
  return new Proxy(known, { get: (own, name) => own[String(name)] ?? nothing, set: () => true });
}

/** A rule that keeps its text, and what is set on it afterwards. */
class PlainRule {
  readonly #text: string;
  readonly #set: string[] = [];
  readonly style = { setProperty: (name: string, value: string) => this.#set.push(`${name}: ${value};`) };
  constructor(text: string) {
    this.#text = text;
  }
  get cssText(): string {
    return this.#text.replace(/\}\s*$/, `${this.#set.join(' ')}}`);
  }
}

/** A style sheet that does no more than keep its rules as text. */
class PlainStyleSheet {
  readonly cssRules: PlainRule[] = [];
  insertRule(rule: string, at = 0): number {
    this.cssRules.splice(at, 0, new PlainRule(rule));
    return at;
  }
}

/** What elements answer when they are asked for their size. */
const answers = (isDrawn: (element: Element) => boolean): Record<string, unknown> => ({
  getBBox(this: Element) {
    return toRectangle(toBox(this));
  },
  getBoundingClientRect(this: Element) {
    return toRectangle(isDrawn(this) ? toOuterBox(this) : toBlockBox(this));
  },
  getComputedTextLength(this: Element) {
    return toLineWidth(this);
  },
  getTotalLength(this: Element) {
    return toLength(toPathPoints(this.getAttribute('d')));
  },
});

/** The width of the page that a drawing may take for its own, where it asks. */
const pageWidth = 900;

/** Gives this thread a document to draw in: a DOM without a browser that knows how large things would be. */
export function installDocument(): Document {
  const { JSDOM } = createRequire(import.meta.url)('jsdom') as JsdomPackage; // jsdom brings no types
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: false });
  const isDrawn = (element: Element) => element instanceof window.SVGElement;
  const extras = { ...answers(isDrawn) };
  for (const [name, value] of Object.entries(extras))
    Object.defineProperty(window.Element.prototype, name, { value, configurable: true, writable: true });
  for (const name of ['offsetWidth', 'clientWidth'])
    Object.defineProperty(window.HTMLElement.prototype, name, { get: () => pageWidth, configurable: true });
  Object.defineProperty(window.HTMLCanvasElement.prototype, 'getContext', { value: createSurface });
  const frame = (run: (time: number) => void) => setImmediate(() => run(0));
  const own = { window, CSSStyleSheet: PlainStyleSheet, requestAnimationFrame: frame };
  const shared = Object.fromEntries(names.map((name) => [name, window[name]]));
  for (const [name, value] of Object.entries({ ...shared, ...own }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  for (const [name, value] of Object.entries({ CSSStyleSheet: PlainStyleSheet, requestAnimationFrame: frame }))
    Object.defineProperty(window, name, { value, configurable: true, writable: true });
  return window.document;
}
