import { toRef } from '#model/ref.ts';
import { toGraphPath } from '#model/urls.ts';
import { createElement, toSiteHref } from '../../search/dom.client.ts';
import { createBar } from './bar.client.ts';
import { toLegend } from './colours.ts';
import type { Choice } from './combobox.client.ts';
import styles from './explorer.css?inline';
import { findNodes } from './find.ts';
import { restKey } from './fold.ts';
import { formatWay } from './follow.ts';
import { createLayout } from './layout.client.ts';
import { createLegend } from './legend.client.ts';
import { listStarts, type Network, toLabel } from './network.ts';
import { type KindWords, toDrawnNode, toKindWords } from './node-words.ts';
import { createPanel } from './panel.client.ts';
import { saveShown } from './save.client.ts';
import { type Selection, select } from './select.ts';
import { createSource } from './source.client.ts';
import { createStage } from './stage.client.ts';
import { type ExplorerState, toQuery, toState } from './state.ts';
import { createButton, createTools } from './tools.client.ts';
import { formatShown } from './words.ts';

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/** Makes the picture of a graph one that can be walked through. */
export async function explore(host: HTMLElement): Promise<void> {
  const box = host.querySelector<HTMLElement>('.graph');
  const { wholeGraph = '', root = '' } = host.dataset;
  if (!box) return;
  const kinds: KindWords = JSON.parse(host.dataset.kinds ?? '{}');
  const load = createSource(wholeGraph);
  const askLayout = createLayout();
  let state = toState(new URLSearchParams(location.search), root);
  let network: Network;
  try {
    network = await load();
  } catch {
    return; // The picture that came with the page stays.
  }
  document.adoptedStyleSheets.push(sheet);

  const stage = createStage(box, {
    centre: (id) => centre(id),
    open: (id) => openFold(id),
    choose: () => showChosen(),
    escape: () => change({ to: undefined }),
  });
  const bar = createBar({ change: (wish) => change(wish), listChoices, find });
  const panel = createPanel({
    centre: (ref) => centre(ref),
    point: (to) => change({ to }),
    open: (id) => openFold(id),
  });
  const legend = createLegend();
  const said = createElement('p', { class: 'said', role: 'status' });
  const offers = createElement('div', { class: 'offers' });
  const wayLine = createElement('p', { class: 'way-words', role: 'status' });
  const tools = createTools(host, stage.viewport, (form) => {
    if (shown)
      saveShown(form, { network, selection: shown, nodes: stage.listNodes(), stage, name: toRef(state.centre).name });
  });
  let shown: Selection | undefined;
  let turn = 0;

  host.classList.add('explorer');
  const place = host.querySelector('[data-controls]');
  place?.replaceChildren(bar.element, createElement('div', { class: 'line' }, said, offers, tools), wayLine);
  box.after(legend.element, panel.element);

  async function listChoices(text: string): Promise<Choice[]> {
    network = await load();
    return findNodes([...network.graph.refs.flatMap((ref) => network.nodes.get(ref) ?? [])], text).map(
      ({ ref, label, type }) => ({
        id: ref,
        label,
        note: [type ?? toKindWords(kinds, toRef(ref).kind).label, stage.has(ref) ? undefined : 'not shown']
          .filter(Boolean)
          .join(' · '),
      }),
    );
  }

  function find(ref: string): void {
    if (stage.has(ref)) stage.focus(ref);
    else centre(ref);
  }

  function write(isNew: boolean): void {
    const query = toQuery(state, root, new URLSearchParams(location.search)).toString();
    const address = `${location.pathname}${query === '' ? '' : `?${query}`}${location.hash}`;
    if (isNew) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }

  function change(wish: Partial<ExplorerState>): void {
    state = { ...state, ...wish };
    write(false);
    show();
  }

  async function centre(ref: string): Promise<void> {
    if (ref === state.centre) return;
    state = { ...state, centre: ref, open: [], to: undefined, depth: state.depth };
    write(true);
    await show({ focus: ref });
  }

  function openFold(id: string): void {
    const fold = shown?.nodes.find((node) => node.id === id)?.fold;
    if (!fold) return;
    const first = fold.refs[0];
    state = { ...state, open: fold.key === restKey ? ['*'] : [...new Set([...state.open, fold.key])] };
    write(false);
    show({ focus: first });
  }

  function showChosen(): void {
    panel.show(network, stage.findChosen());
    stage.mark(wayRefs());
  }

  const wayRefs = () => (shown?.way && shown.way !== 'none' ? shown.way.refs : []);

  async function show({ focus }: { focus?: string | undefined } = {}): Promise<void> {
    turn += 1;
    const mine = turn;
    stage.setBusy(true);
    try {
      if (listStarts(network, state.centre).length === 0) state = { ...state, centre: root };
      if (mine !== turn) return;
      const selection = select(network, state);
      const nodes = selection.nodes.map((node) => toDrawnNode(network, kinds, node));
      // A number that stands for a colour takes about as much room as four letters.
      const room = state.colouring === 'none' ? '' : '    ';
      const arrangement = await askLayout({
        nodes: nodes.map(({ id, rank, name, note }) => ({ id, rank, name: `${name}${room}`, note: `${note}${room}` })),
        edges: selection.edges.map(({ from, to }) => ({ from, to })),
      });
      if (!arrangement || mine !== turn) return;
      const colours = toLegend(network, selection.nodes, state.colouring, (kind) => toKindWords(kinds, kind).label);
      shown = selection;
      stage.show({ nodes, edges: selection.edges, arrangement, hues: colours.hues }, state.centre, focus);
      legend.show(colours, state.colouring);
      showWords(selection);
    } catch {
      said.textContent = 'The graph could not be loaded. Its table is below.';
    }
    stage.setBusy(false);
  }

  function showWords(selection: Selection): void {
    const label = toLabel(network, state.centre);
    said.textContent = formatShown(label, selection);
    box?.setAttribute('aria-label', `Graph of ${label}`);
    offers.replaceChildren(...listOffers(selection));
    const { way } = selection;
    const end = state.to === undefined ? '' : toLabel(network, state.to);
    wayLine.replaceChildren();
    if (way === 'none') wayLine.append(`Nothing leads from ${label} to ${end}, nor back, along what is shown.`);
    else if (way) wayLine.append(formatWay(way, (ref) => toLabel(network, ref)));
    wayLine.hidden = way === undefined;
    const used = new Set(network.graph.refs.map((ref) => toRef(ref).kind));
    const list = [...used].toSorted().map((kind) => ({ kind, label: toKindWords(kinds, kind).label }));
    bar.show(state, { depth: selection.depth, kinds: list, to: end });
    showChosen();
  }

  function listOffers({ folded }: Selection): HTMLElement[] {
    return [
      ...(folded.folds > 0 ? [createButton('Open all folds', 'Open all folds', () => change({ open: ['*'] }))] : []),
      ...(folded.folds === 0 && state.open.length > 0
        ? [createButton('Fold again', 'Fold again', () => change({ open: [] }))]
        : []),
      ...(state.to === undefined
        ? []
        : [createButton('Clear the path', 'Clear the path', () => change({ to: undefined }))]),
      ...(state.centre === root
        ? []
        : [
            createElement('a', { href: toSiteHref(toGraphPath(state.centre)) }, 'Its own graph page'),
            createButton(`Back to ${toLabel(network, root)}`, `Back to ${toLabel(network, root)}`, () => centre(root)),
          ]),
    ];
  }

  addEventListener('popstate', () => {
    state = toState(new URLSearchParams(location.search), root);
    show();
  });
  await show();
}
