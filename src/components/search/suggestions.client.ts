import { createElement, createIcon } from './dom.client.ts';
import styles from './suggestions.css?inline';

/** An input, the list under it, and whether the first suggestion is the one that Enter opens. */
type Place = { input: HTMLInputElement; list: HTMLElement; opensFirst?: boolean };

/** A suggestion: where it leads, and what is said of it. */
export type Row = { href: string; icon: string; label: Node[]; sentence?: Node[]; aside?: string; kind?: string };

/** What is suggested: loaded once the field is used, then asked for every text that is typed. */
export type Source = {
  load: () => Promise<void>;
  toLabel: (query: string) => string;
  listRows: (query: string) => readonly Row[] | Promise<readonly Row[]>;
};

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** Makes an input suggest as one types: arrow keys choose, Enter opens, Ctrl or ⌘ with Enter in a new tab. */
export function attachSuggestions({ input, list, opensFirst = false }: Place, source: Source): void {
  list.id ||= 'suggestions';
  for (const [name, value] of comboboxAttributes(list.id)) input.setAttribute(name, value);
  const choice = createChoice(input, list);
  const isShown = () => input.getAttribute('aria-expanded') === 'true';
  const show = (shows: boolean) => {
    showList(list, input, shows);
    input.setAttribute('aria-expanded', String(shows));
  };
  let turn = 0;
  const refresh = async () => {
    turn += 1;
    const mine = turn;
    const query = input.value.trim();
    const rows = await source.listRows(query);
    if (mine !== turn) return;
    list.replaceChildren(...rows.map((row, at) => createOption(row, `${list.id}-${at}`)));
    list.setAttribute('aria-label', source.toLabel(query));
    show(rows.length > 0);
    choice.choose(opensFirst && query !== '' ? 0 : -1);
  };
  const close = () => {
    turn += 1;
    show(false);
  };
  input.addEventListener('input', refresh);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && !isShown()) refresh();
    else if (event.key === 'Escape' && !opensFirst && isShown()) close();
    else if (!isShown() || !choice.answer(event)) return;
    event.preventDefault();
  });
  if (!opensFirst) openWhileFocused(input, list, refresh, close);
  refresh();
  source.load().then(
    () => {
      if (document.activeElement === input) refresh();
    },
    () => {}, // Without it the row that leads to the search page is still there.
  );
}

/** A list that is a popover lies above everything, below its field; another one is part of the page. */
function showList(list: HTMLElement, input: HTMLInputElement, shows: boolean): void {
  if (!list.popover) {
    list.hidden = !shows;
    return;
  }
  const { left, bottom } = (input.form ?? input).getBoundingClientRect();
  list.style.left = `${left}px`;
  list.style.top = `${bottom}px`;
  list.style.maxHeight = `${innerHeight - bottom - 16}px`;
  list.togglePopover(shows);
}

const comboboxAttributes = (list: string) => [
  ['role', 'combobox'] as const,
  ['aria-autocomplete', 'list'] as const,
  ['aria-controls', list] as const,
];

/** A list below a field of the page is open while the field has the focus; pressing on the list does not take it away. */
function openWhileFocused(input: HTMLInputElement, list: HTMLElement, open: () => void, close: () => void): void {
  input.addEventListener('focus', open);
  input.form?.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && list.contains(relatedTarget))) close();
  });
  list.addEventListener('mousedown', (event) => event.preventDefault());
}

/** Which option of a list is chosen, and the keys that choose and open it. */
function createChoice(input: HTMLInputElement, list: HTMLElement) {
  let chosen = -1;
  const choose = (at: number) => {
    chosen = at;
    for (const [each, option] of [...list.children].entries())
      option.setAttribute('aria-selected', String(each === at));
    list.children[at]?.scrollIntoView({ block: 'nearest' });
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', list.children[at]?.id ?? '');
    return true;
  };
  const open = (isNewTab: boolean) => {
    const link = list.children[chosen];
    if (!(link instanceof HTMLAnchorElement)) return false;
    if (isNewTab) window.open(link.href, '_blank', 'noopener');
    else location.href = link.href;
    return true;
  };
  /** Whether a key was one of ours. */
  const answer = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    const count = list.children.length;
    if (key === 'Enter') return open(ctrlKey || metaKey);
    if (key === 'ArrowDown') return choose(chosen + 1 < count ? chosen + 1 : 0);
    return key === 'ArrowUp' && choose(chosen > 0 ? chosen - 1 : count - 1);
  };
  return { choose, answer };
}

function createOption({ href, icon, label, sentence, aside, kind }: Row, id: string): HTMLElement {
  return createElement(
    'a',
    { href, id, role: 'option', tabindex: '-1', 'aria-selected': 'false' },
    createIcon(icon),
    createElement(
      'span',
      { class: 'label' },
      ...label,
      sentence && createElement('span', { class: 'sentence' }, ...sentence),
    ),
    aside === undefined ? undefined : createElement('span', { class: 'aside' }, aside),
    kind === undefined ? undefined : createElement('span', { class: 'kind' }, kind),
  );
}
