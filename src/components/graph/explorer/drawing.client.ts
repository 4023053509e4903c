import { toFittingWords } from '#model/graph-layout/sizes.ts';
import { toSiteHref } from '../../search/dom.client.ts';
import type { Arrangement } from './arrange.ts';
import type { DrawnNode } from './node-words.ts';
import type { SelectedEdge } from './select.ts';
import { createSvg } from './svg.client.ts';

/** All that is needed to draw a graph. */
export type Picture = {
  nodes: readonly DrawnNode[];
  edges: readonly SelectedEdge[];
  arrangement: Arrangement;
  hues: ReadonlyMap<string, number>;
};

/** A graph that is drawn: its nodes by their ids, its edges in their order. */
export type Drawing = {
  pieces: SVGElement[];
  nodes: Map<string, SVGElement>;
  edges: SVGPathElement[];
};

/** More edges than this have no numbers on them. */
const numbered = 120;

/** Draws a graph; nothing of it can be focused yet. */
export function draw({ nodes, edges, arrangement, hues }: Picture): Drawing {
  const paths = edges.map((_, at) =>
    createSvg('path', { class: 'edge', d: arrangement.edges[at]?.d, 'marker-end': 'url(#tip)' }),
  );
  const numbers = edges.flatMap(({ count }, at) => {
    const middle = arrangement.edges[at]?.middle;
    if (count < 2 || !middle || edges.length > numbered) return [];
    return createSvg('text', { class: 'number', x: middle.x, y: middle.y + 4 }, count.toLocaleString('en-US'));
  });
  const drawn = nodes.map((node, at) => drawNode(node, arrangement.nodes[at], hues.get(node.id)));
  return {
    pieces: [createSvg('g', {}, ...paths), createSvg('g', {}, ...drawn), createSvg('g', {}, ...numbers)],
    nodes: new Map(nodes.flatMap(({ id }, at) => (drawn[at] ? [[id, drawn[at]] as const] : []))),
    edges: paths,
  };
}

type Place = { x: number; y: number; width: number; height: number };
const nowhere: Place = { x: 0, y: 0, width: 0, height: 0 };

function drawNode(node: DrawnNode, { x, y, width, height }: Place = nowhere, hue: number | undefined): SVGElement {
  const { label, note } = toFittingWords(node, hue === undefined ? width : width - 36);
  const colour = hue === undefined ? '' : `hue-${hue}`;
  const pieces = [
    createSvg('title', {}, `${node.name}: ${node.note}`),
    createSvg('rect', { class: 'box', x, y, width, height, rx: 4 }),
    createSvg('use', { href: toSiteHref(`/icons.svg#${node.icon}`), x: x + 10, y: y + 13, width: 16, height: 16 }),
    createSvg('text', { class: 'name', x: x + 34, y: y + (note ? 18 : 26) }, label),
    ...(note ? [createSvg('text', { class: 'note', x: x + 34, y: y + 33 }, note)] : []),
    ...(hue === undefined ? [] : drawHue({ x, y, width, height }, hue)),
  ];
  const attributes = {
    class: ['node', node.state, colour].filter(Boolean).join(' '),
    'data-id': node.id,
    tabindex: -1,
    'aria-label': `${node.name}, ${node.note}`,
    'aria-current': node.state === 'self' ? 'true' : undefined,
  };
  if (node.path !== undefined) return createSvg('a', { ...attributes, href: toSiteHref(node.path) }, ...pieces);
  return createSvg('g', { ...attributes, role: 'button' }, ...pieces);
}

/** A stripe, and the number that the legend gives the colour, so that it need not be told by the eye. */
function drawHue({ x, y, width, height }: Place, hue: number): SVGElement[] {
  return [
    createSvg('path', {
      class: 'stripe',
      d: `M${x + 4} ${y}h2v${height}h-2a4 4 0 0 1-4-4v-${height - 8}a4 4 0 0 1 4-4z`,
    }),
    createSvg('text', { class: 'key', x: x + width - 12, y: y + 17 }, String(hue)),
  ];
}

/** Marks what belongs to a selected node, and what lies on a way; everything else steps back while there is a way. */
export function markDrawing(
  { nodes, edges }: Drawing,
  shown: readonly SelectedEdge[],
  { chosen, way }: { chosen: string | undefined; way: readonly string[] },
): void {
  const onWay = new Set(way);
  const steps = new Set(way.slice(1).map((ref, at) => `${way[at]}\n${ref}`));
  for (const [id, element] of nodes) {
    element.classList.toggle('chosen', id === chosen);
    element.classList.toggle('dim', way.length > 0 && !onWay.has(id));
  }
  for (const [at, { from, to }] of shown.entries()) {
    const isOnWay = steps.has(`${from}\n${to}`);
    edges[at]?.classList.toggle('way', isOnWay);
    edges[at]?.classList.toggle('dim', way.length > 0 && !isOnWay);
    edges[at]?.classList.toggle('near', chosen !== undefined && (from === chosen || to === chosen));
  }
}
