import { toEntityPath } from '#model/urls.ts';
import { createElement, toSiteHref } from '../../search/dom.client.ts';
import { type Network, toLabel } from './network.ts';
import type { DrawnNode } from './node-words.ts';
import { createButton } from './tools.client.ts';

/** What can be done with a selected node. */
export type PanelRequests = { centre: (ref: string) => void; point: (ref: string) => void; open: (id: string) => void };

const hint =
  'Choose a node to see whose it is. Arrow keys walk along edges, Enter centres. Drag to move; Ctrl or ⌘ and the wheel, or two fingers, to zoom.';

/** The line below a picture that says what is selected. */
export function createPanel(requests: PanelRequests) {
  const element = createElement('div', { class: 'panel', role: 'region', 'aria-label': 'Selected node' });
  const show = (network: Network, node: DrawnNode | undefined) => {
    if (!node) element.replaceChildren(createElement('p', { class: 'quiet' }, hint));
    else
      element.replaceChildren(
        ...(node.state === 'fold' ? listFold(node, requests) : listEntity(network, node, requests)),
      );
  };
  return { element, show };
}

function listFold({ id, name, note }: DrawnNode, { open }: PanelRequests): HTMLElement[] {
  return [
    createElement('p', {}, createElement('strong', {}, name), ` ${note}, drawn as one`),
    createButton('Open it', `Open ${name} ${note}`, () => open(id)),
  ];
}

function listEntity(
  network: Network,
  { ref = '', name, note, path, state }: DrawnNode,
  requests: PanelRequests,
): HTMLElement[] {
  const known = network.nodes.get(ref);
  const what = state === 'absent' ? note : (note.split(' · ')[0] ?? '');
  const words = createElement(
    'p',
    {},
    createElement('strong', {}, name),
    ` ${[what, known?.lifecycle].filter(Boolean).join(' · ')}`,
  );
  for (const [word, other] of [
    ['Owner', known?.owner],
    ['Part of', known?.partOf],
  ] as const)
    if (other !== undefined) words.append(` · ${word} `, toLink(network, other));
  const centre =
    state === 'self' ? [] : [createButton('Centre here', `Centre here: ${name}`, () => requests.centre(ref))];
  const point = state === 'self' ? [] : [createButton('Path to it', `Path to ${name}`, () => requests.point(ref))];
  const page = path === undefined ? [] : [createElement('a', { href: toSiteHref(path) }, 'Go to page')];
  return [words, ...page, ...centre, ...point];
}

function toLink(network: Network, ref: string): HTMLElement | string {
  const label = toLabel(network, ref);
  const isMissing = network.nodes.get(ref)?.absent !== undefined;
  return isMissing ? label : createElement('a', { href: toSiteHref(toEntityPath(ref)) }, label);
}
