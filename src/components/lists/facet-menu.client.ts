import { type Column, type FacetCounts, toValueLabel } from '#model/rows.ts';
import { attachMenuKeys } from './menu-keys.client.ts';

/** What a menu shows: a column, how many rows each value would leave, and which are chosen. */
type MenuState = { column: Column; counts: FacetCounts; chosen: readonly string[] };

/** The menu of a facet; `show` brings it up to date. */
export type FacetMenu = {
  key: string;
  show: (column: Column | undefined, counts: FacetCounts | undefined, chosen: readonly string[]) => void;
};

/** A value as the menu lists it. */
type Choice = { value: string; label: string; count: number };

/** How many values a menu lists; typing finds the others. */
const choiceLimit = 100;

/** From how many values on a menu can be searched. */
const searchFrom = 10;

/** The values worth listing: those that leave a row, and those chosen; the most frequent first, none last. */
export function listChoices({ column, counts, chosen }: MenuState): Choice[] {
  const choices = column.values.map((value, place) => ({
    value,
    label: toValueLabel(column, place),
    count: counts.values[place] ?? 0,
  }));
  const none = { value: '', label: 'none', count: counts.none };
  const isShown = ({ value, count }: Choice) => count > 0 || chosen.includes(value);
  return [...choices.toSorted((a, b) => b.count - a.count), none].filter(isShown);
}

/** Makes the menu of a facet: a checkbox for each value, with the number of rows it would leave. */
export function attachFacetMenu(
  details: HTMLDetailsElement,
  { choose, load }: { choose: (values: string[]) => void; load: () => Promise<MenuState | undefined> },
): FacetMenu {
  const menu = details.querySelector<HTMLElement>('.menu');
  const summary = details.querySelector<HTMLElement>('[data-value]');
  const list = document.createElement('ul');
  list.setAttribute('role', 'list');
  let state: MenuState | undefined;
  let order: Choice[] = [];

  function listChosen(): string[] {
    return [...list.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value);
  }

  function toLine({ value, label, count }: Choice): HTMLLIElement {
    const line = document.createElement('li');
    const box = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'checkbox';
    input.value = value;
    input.checked = state?.chosen.includes(value) ?? false;
    input.addEventListener('change', () => {
      const listed = new Set(order.map((each) => each.value));
      const hidden = (state?.chosen ?? []).filter((each) => !listed.has(each) || !findInput(each));
      choose([...hidden, ...listChosen()]);
    });
    const word = document.createElement('span');
    word.className = 'word';
    word.textContent = label;
    const number = document.createElement('span');
    number.className = 'count';
    number.textContent = count.toLocaleString('en');
    box.append(input, word, number);
    line.append(box);
    return line;
  }

  function findInput(value: string): HTMLInputElement | undefined {
    return [...list.querySelectorAll('input')].find((input) => input.value === value);
  }

  function drawLines(words: string): void {
    const wanted = words.toLowerCase();
    const found = order.filter(({ value, label }) => `${label}\n${value}`.toLowerCase().includes(wanted));
    list.replaceChildren(...found.slice(0, choiceLimit).map(toLine));
    if (found.length === 0) list.append(document.createTextNode('Nothing by that name'));
  }

  function toSearch(label: string): HTMLInputElement {
    const input = document.createElement('input');
    input.type = 'search';
    input.placeholder = `Find ${label.toLowerCase()}`;
    input.setAttribute('aria-label', input.placeholder);
    input.addEventListener('input', () => drawLines(input.value));
    return input;
  }

  details.addEventListener('toggle', async () => {
    if (!details.open || !menu) return;
    menu.textContent = 'Loading…';
    try {
      state = await load();
    } catch {
      menu.textContent = 'This could not be loaded.';
      return;
    }
    if (!state) return;
    order = listChoices(state);
    drawLines('');
    menu.replaceChildren(...(order.length > searchFrom ? [toSearch(details.dataset.label ?? '')] : []), list);
  });
  attachMenuKeys(details);

  function showSummary(column: Column | undefined, chosen: readonly string[]): void {
    if (!summary) return;
    const [first] = chosen;
    const place = first === undefined ? -1 : (column?.values.indexOf(first) ?? -1);
    const label = first === '' ? 'none' : column && place >= 0 ? toValueLabel(column, place) : (first ?? 'any');
    summary.textContent = chosen.length > 1 ? `${chosen.length} chosen` : label;
    details.classList.toggle('chosen', chosen.length > 0);
  }

  return {
    key: details.dataset.facet ?? '',
    show: (column, counts, chosen) => {
      showSummary(column, chosen);
      if (!column || !counts) return;
      state = { column, counts, chosen };
      const fresh = new Map(listChoices(state).map((choice) => [choice.value, choice.count]));
      for (const input of list.querySelectorAll('input')) {
        input.checked = chosen.includes(input.value);
        const count = input.parentElement?.querySelector('.count');
        if (count) count.textContent = (fresh.get(input.value) ?? 0).toLocaleString('en');
      }
    },
  };
}
