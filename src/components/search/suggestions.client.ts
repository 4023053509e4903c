import { findNames, type NameTable } from '#model/names.ts';
import { toRef } from '#model/ref.ts';
import { toEntityPath } from '#model/urls.ts';
import { readRecent } from '../layout/browser-memory.ts';
import { createElement, createIcon, toSiteHref } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import { fetchNames } from './names.client.ts';
import styles from './suggestions.css?inline';

/** An input, the list under it, and whether the first suggestion is the one that Enter opens. */
type Place = { input: HTMLInputElement; list: HTMLElement; opensFirst?: boolean };

type Row = { href: string; icon: string; label: Node[]; aside?: string; kind?: string };

const shown = 10;

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** Makes an input suggest names as one types: arrow keys choose, Enter opens, Ctrl or ⌘ with Enter in a new tab. */
export function attachSuggestions({ input, list, opensFirst = false }: Place): void {
  let table: NameTable | undefined;
  list.id ||= 'suggestions';
  for (const [name, value] of comboboxAttributes(list.id)) input.setAttribute(name, value);
  const choice = createChoice(input, list);
  const show = (isShown: boolean) => {
    list.hidden = !isShown;
    input.setAttribute('aria-expanded', String(isShown));
  };
  const refresh = () => {
    const query = input.value.trim();
    const rows = query === '' ? listRecent(table) : [...listNames(table, query), toSearchRow(query)];
    list.replaceChildren(...rows.map((row, at) => createOption(row, `${list.id}-${at}`)));
    list.setAttribute('aria-label', query === '' ? 'Pages you read last' : 'Suggestions');
    show(rows.length > 0);
    choice.choose(opensFirst && query !== '' ? 0 : -1);
  };
  input.addEventListener('input', refresh);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown' && list.hidden) refresh();
    else if (event.key === 'Escape' && !opensFirst && !list.hidden) show(false);
    else if (list.hidden || !choice.answer(event)) return;
    event.preventDefault();
  });
  if (!opensFirst) openWhileFocused(input, list, refresh, () => show(false));
  refresh();
  fetchNames().then(
    (names) => {
      table = names;
      if (document.activeElement === input) refresh();
    },
    () => {}, // Without names the row that searches everything is still there.
  );
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

function listRecent(table: NameTable | undefined): Row[] {
  return readRecent().map(({ ref, label }) => {
    const kind = table?.index.kinds.find((row) => row.kind.toLowerCase() === toRef(ref).kind);
    return {
      href: toSiteHref(toEntityPath(ref)),
      icon: kind?.icon ?? 'arrow-right',
      label: [new Text(label)],
      kind: kind?.label ?? toRef(ref).kind,
    };
  });
}

function listNames(table: NameTable | undefined, query: string): Row[] {
  return (table ? findNames(table, query, shown) : []).map((match) => ({
    href: toSiteHref(toEntityPath(match.ref)),
    icon: match.icon,
    label: createLabel(match, query),
    aside: match.owner,
    kind: match.isDeprecated ? `${match.kindLabel}, deprecated` : match.kindLabel,
  }));
}

function toSearchRow(query: string): Row {
  return {
    href: toSiteHref(`/search/?q=${encodeURIComponent(query)}`),
    icon: 'search',
    label: [new Text(`Search everything for “${query}”`)],
  };
}

function createOption({ href, icon, label, aside, kind }: Row, id: string): HTMLElement {
  return createElement(
    'a',
    { href, id, role: 'option', tabindex: '-1', 'aria-selected': 'false' },
    createIcon(icon),
    createElement('span', { class: 'label' }, ...label),
    aside === undefined ? undefined : createElement('span', { class: 'aside' }, aside),
    kind === undefined ? undefined : createElement('span', { class: 'kind' }, kind),
  );
}
