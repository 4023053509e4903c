import { type Box, toNumbers } from './box.ts';
import { findColour, toLuminance } from './colour.ts';
import { toPlacedBox } from './measure.ts';

const shapes = 'rect, circle, ellipse, polygon, path';
const ink = 'var(--diagram-ink)';

/** How bright the colour is that a source gives an element by itself; `undefined` where it is ours, or lets the page through. */
function findBrightness(element: Element, name: string): number | undefined {
  const colour = findColour(element.getAttribute(name) ?? '');
  return colour && colour.alpha > 0.5 ? toLuminance(colour) : undefined;
}

/** Text that is as bright as this stands out from black as well as from white. */
const middle = 0.18;

/** Keeps text readable where a source colours what is behind it, or colours it for one scheme alone. */
function contrast(group: Element): void {
  const filled = [...group.querySelectorAll(shapes)].filter(
    (shape) => shape.closest('.label, .cluster-label') === null,
  );
  const behind = filled.map((shape) => findBrightness(shape, 'fill')).find((brightness) => brightness !== undefined);
  for (const text of group.querySelectorAll('text, tspan')) {
    const own = findBrightness(text, 'fill');
    if (behind !== undefined && own === undefined && (text.localName === 'text' || text.hasAttribute('fill')))
      text.setAttribute('fill', behind > middle ? '#17212b' : '#ffffff');
    if (behind === undefined && own !== undefined && (own < 0.05 || own > 0.9)) text.setAttribute('fill', ink);
  }
}

/** Lines in black are seen on white paper alone, so they take the colour of the text of the page. */
function mendLines(root: Element): void {
  for (const element of root.querySelectorAll('[stroke], marker *')) {
    const isMarker = element.closest('marker') !== null;
    for (const name of isMarker ? ['stroke', 'fill'] : ['stroke']) {
      const brightness = findBrightness(element, name);
      if (brightness !== undefined && brightness < 0.05) element.setAttribute(name, 'var(--diagram-strong)');
      if (isMarker && brightness === 1) element.setAttribute(name, 'var(--diagram-paper)');
    }
  }
}

/** Keeps what a source colours by itself readable in both schemes. */
export function keepReadable(root: Element): void {
  for (const group of root.querySelectorAll('.node, .cluster')) contrast(group);
  mendLines(root);
}

const centre = ({ x, width }: Box): number => x + width / 2;

/** Some shapes put their label beside themselves when it is not HTML; it belongs into the middle. */
function centreLabel(node: Element): void {
  const labels = [...node.children].filter((child) => child.localName === 'g' && child.querySelector('text'));
  const [label] = labels;
  const shape = [...node.children].find((child) => child !== label && toPlacedBox(child).width > 0);
  if (!label || !shape || labels.length > 1) return;
  const [outer, inner] = [toPlacedBox(shape), toPlacedBox(label)];
  const isInside = inner.x >= outer.x - 2 && inner.x + inner.width <= outer.x + outer.width + 2;
  if (isInside && !node.classList.contains('mindmap-node')) return;
  const [x = 0, y = 0] = toNumbers(label.getAttribute('transform'));
  label.setAttribute('transform', `translate(${x + centre(outer) - centre(inner)}, ${y})`);
}

const icon = /^\s*fa[bklrs]?:fa-[\w-]+\s*$/;

/** Names of icons that pages do not have are no words. */
function dropIcons(root: Element): void {
  const words = [...root.querySelectorAll('tspan')].filter((tspan) => tspan.children.length === 0);
  for (const tspan of words) if (icon.test(tspan.textContent ?? '')) tspan.remove();
}

/** A pale edge around words that stand on lines. */
function liftWords(root: Element): void {
  for (const text of root.querySelectorAll('.messageText')) {
    text.setAttribute('stroke', 'var(--diagram-paper)');
    text.setAttribute('stroke-width', '4');
    text.setAttribute('stroke-linejoin', 'round');
    text.setAttribute('paint-order', 'stroke');
  }
}

/** Mends what a painted Mermaid drawing gets wrong on a page with two colour schemes and no HTML in drawings. */
export function mend(root: Element): void {
  for (const today of root.querySelectorAll('.today')) today.remove();
  dropIcons(root);
  for (const node of root.querySelectorAll('.node')) centreLabel(node);
  for (const band of root.querySelectorAll('rect.rect'))
    if (findBrightness(band, 'fill') !== undefined) band.setAttribute('fill-opacity', '0.25');
  keepReadable(root);
  liftWords(root);
}
