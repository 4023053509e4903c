import { type Declaration, toDeclarations, toRules } from './style-sheet.ts';
import { findVariable } from './theme.ts';

/** What a drawing may say by style; each becomes an attribute of the same name, because pages allow no styles of their own. */
const kept = new Set(
  `fill fill-opacity fill-rule stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity opacity
  font-size font-weight font-style text-anchor text-decoration dominant-baseline alignment-baseline marker-start marker-mid marker-end
  display visibility letter-spacing`.split(/\s+/),
);

const paints = new Set(['fill', 'stroke', 'stop-color']);

type Painted = Map<string, { value: string; weight: number }>;

function add(painted: Painted, { name, value, isImportant }: Declaration, weight: number): void {
  if (!kept.has(name)) return;
  const full = weight + (isImportant ? 1e9 : 0);
  const before = painted.get(name);
  if (!before || full >= before.weight) painted.set(name, { value, weight: full });
}

function select(root: Element, selector: string): Element[] {
  try {
    return [...(root.parentElement ?? root).querySelectorAll(selector)];
  } catch {
    return [];
  }
}

/** Turns style sheets and `style` attributes of a drawing into attributes, and the colours of our theme into variables. */
export function paint(root: Element): void {
  const all = new Map<Element, Painted>([root, ...root.querySelectorAll('*')].map((one) => [one, new Map()]));
  const sheet = [...root.querySelectorAll('style')].map((one) => one.textContent ?? '').join('\n');
  for (const { selector, declarations, weight } of toRules(sheet))
    for (const element of select(root, selector)) {
      const painted = all.get(element);
      if (painted) for (const one of declarations) add(painted, one, weight);
    }
  for (const [element, painted] of all) {
    for (const one of toDeclarations(element.getAttribute('style') ?? '')) add(painted, one, 1e8);
    element.removeAttribute('style');
    for (const [name, { value }] of painted) element.setAttribute(name, value);
    for (const name of paints) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, findVariable(value) ?? value);
    }
  }
  for (const style of root.querySelectorAll('style')) style.remove();
}
