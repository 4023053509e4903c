import { type DependenceType, dependenceTypes } from '#model/graph.ts';
import { attachMenuKeys } from '../../lists/menu-keys.client.ts';
import { createElement } from '../../search/dom.client.ts';
import { type Choice, createCombobox } from './combobox.client.ts';
import { type Colouring, colourings, type Depth, depths, type ExplorerState, type Side, sides } from './state.ts';

/** What a reader may ask for with the controls above a picture. */
export type BarRequests = {
  change: (change: Partial<ExplorerState>) => void;
  listChoices: (text: string) => Promise<readonly Choice[]>;
  find: (ref: string) => void;
};

/** The controls above a picture. */
export type Bar = {
  element: HTMLElement;
  show: (
    state: ExplorerState,
    shown: { depth: Depth; kinds: readonly { kind: string; label: string }[]; to: string },
  ) => void;
};

const sideWords: Record<Side, string> = { both: 'Both ways', needs: 'What it needs', dependents: 'What depends on it' };
const colourWords: Record<Colouring, string> = {
  none: 'Nothing',
  kind: 'Kind',
  owner: 'Owner',
  lifecycle: 'Lifecycle',
  system: 'System',
};
const typeWords: Record<DependenceType, string> = {
  dependsOn: 'Depends on',
  consumesApi: 'Consumes an API',
  providesApi: 'Provides an API',
};

/** Makes them. */
export function createBar({ change, listChoices, find }: BarRequests): Bar {
  const depth = createSelect(
    'graph-depth',
    'Steps',
    depths.map(String),
    (value) => (value === 'all' ? 'All' : value),
    (value) => {
      const chosen = depths.find((each) => String(each) === value);
      if (chosen !== undefined) change({ depth: chosen });
    },
  );
  const side = createSelect(
    'graph-side',
    'Show',
    sides,
    (value) => sideWords[value],
    (value) => change({ side: value }),
  );
  const colour = createSelect(
    'graph-colour',
    'Colour by',
    colourings,
    (value) => colourWords[value],
    (value) => change({ colouring: value }),
  );
  const parts = createPartsMenu(change);
  const finder = createCombobox({
    id: 'graph-find',
    label: 'Find',
    list: listChoices,
    choose: ({ id }) => {
      finder.input.value = '';
      find(id);
    },
  });
  const way = createCombobox({
    id: 'graph-way',
    label: 'Path to',
    list: listChoices,
    choose: ({ id }) => change({ to: id }),
    clear: () => change({ to: undefined }),
  });
  const element = createElement(
    'div',
    { class: 'controls', role: 'group', 'aria-label': 'What the graph shows' },
    side.element,
    depth.element,
    parts.element,
    colour.element,
    finder.element,
    way.element,
  );
  return {
    element,
    show: (state, { depth: steps, kinds, to }) => {
      side.select.value = state.side;
      depth.select.value = String(steps);
      colour.select.value = state.colouring;
      parts.show(state, kinds);
      if (document.activeElement !== way.input || to !== '') way.input.value = to;
    },
  };
}

function createSelect<Value extends string>(
  id: string,
  label: string,
  values: readonly Value[],
  toWords: (value: Value) => string,
  choose: (value: Value) => void,
) {
  const select = createElement(
    'select',
    { id },
    ...values.map((value) => createElement('option', { value }, toWords(value))),
  );
  select.addEventListener('change', () => {
    const value = values.find((each) => each === select.value);
    if (value !== undefined) choose(value);
  });
  const words = createElement('label', { for: id }, label);
  return { select, element: createElement('div', { class: 'control' }, words, select) };
}

/** A menu of what a graph is made of: kinds of things, and ways in which they depend on each other. */
function createPartsMenu(change: BarRequests['change']) {
  const value = createElement('span', {}, 'Everything');
  const summary = createElement('summary', { 'aria-label': 'Kinds and relations' }, value);
  const kindList = createElement('fieldset', {}, createElement('legend', {}, 'Kinds'));
  const typeList = createElement('fieldset', {}, createElement('legend', {}, 'Relations'));
  const menu = createElement('div', { class: 'menu' }, kindList, typeList);
  const details = createElement('details', {}, summary, menu);
  attachMenuKeys(details);
  const typeBoxes = dependenceTypes.map((type) => createCheck(type, typeWords[type]));
  typeList.append(...typeBoxes.map(({ element }) => element));
  let kindBoxes: ReturnType<typeof createCheck>[] = [];
  let hiddenElsewhere: readonly string[] = [];
  details.addEventListener('change', () => {
    const listHidden = (boxes: typeof typeBoxes) => boxes.filter(({ box }) => !box.checked).map(({ name }) => name);
    const hidden = listHidden(typeBoxes);
    change({
      hiddenKinds: [...hiddenElsewhere, ...listHidden(kindBoxes)],
      hiddenTypes: dependenceTypes.filter((type) => hidden.includes(type)),
    });
  });
  const show = (state: ExplorerState, kinds: readonly { kind: string; label: string }[]) => {
    const names = kinds.map(({ kind }) => kind);
    if (names.join() !== kindBoxes.map(({ name }) => name).join()) {
      kindBoxes = kinds.map(({ kind, label }) => createCheck(kind, label));
      kindList.replaceChildren(createElement('legend', {}, 'Kinds'), ...kindBoxes.map(({ element }) => element));
    }
    hiddenElsewhere = state.hiddenKinds.filter((kind) => !names.includes(kind));
    for (const { name, box } of kindBoxes) box.checked = !state.hiddenKinds.includes(name);
    for (const { name, box } of typeBoxes) box.checked = !state.hiddenTypes.some((type) => type === name);
    const count = state.hiddenKinds.length + state.hiddenTypes.length;
    value.textContent = count === 0 ? 'Everything' : `Without ${count}`;
    summary.setAttribute('aria-label', `Kinds and relations: ${value.textContent}`);
  };
  const element = createElement(
    'div',
    { class: 'control' },
    createElement('span', { 'aria-hidden': 'true' }, 'Of these'),
    details,
  );
  return { element, show };
}

function createCheck(name: string, label: string) {
  const box = createElement('input', { type: 'checkbox', value: name });
  return { name, box, element: createElement('label', {}, box, createElement('span', {}, label)) };
}
