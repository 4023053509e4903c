import { readMe, writeMe } from '#components/layout/browser-memory.ts';
import type { People } from '#model/pages/catalog-index.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { toHref } from '#model/urls.ts';
import { attachMenuKeys } from './menu-keys.client.ts';

/** How many people the picker lists; typing finds the others. */
const peopleLimit = 50;

let fetched: Promise<People> | undefined;

/** Users and groups of the catalog, fetched once a page. */
export function fetchPeople(base: string): Promise<People> {
  fetched ??= fetch(toHref(base, '/catalog/people.json')).then((answer) =>
    answer.ok ? (answer.json() as Promise<People>) : Promise.reject(new Error(answer.statusText)),
  );
  return fetched;
}

/** The owners whose things are a reader's own: the reader, and the groups that they are in. */
export function listOwnersOf(people: People, me: RefText): Set<RefText> {
  const groups = people.groups[people.refs.indexOf(me)] ?? [];
  return new Set([me, ...groups.flatMap((place) => people.refs[place] ?? [])]);
}

function findLabel(people: People, ref: RefText): string {
  return people.labels[people.refs.indexOf(ref)] ?? ref;
}

/** Lets a reader say who they are; the browser remembers it. */
export function attachPeoplePicker(details: HTMLDetailsElement, base: string, picked: () => void): void {
  const menu = details.querySelector<HTMLElement>('.menu');
  const summary = details.querySelector<HTMLElement>('[data-value]');
  const list = document.createElement('ul');
  list.setAttribute('role', 'list');

  function showMe(people?: People): void {
    const me = readMe();
    if (!summary || me === undefined) return;
    summary.textContent = people ? findLabel(people, me) : toRef(me).name;
  }

  function toLine(people: People, place: number): HTMLLIElement {
    const line = document.createElement('li');
    const button = document.createElement('button');
    const ref = people.refs[place] ?? '';
    button.type = 'button';
    button.textContent = people.labels[place] ?? ref;
    button.title = ref;
    if (ref.startsWith('group:'))
      button.append(Object.assign(document.createElement('span'), { className: 'count', textContent: 'team' }));
    button.addEventListener('click', () => {
      writeMe(ref);
      showMe(people);
      details.open = false;
      details.querySelector('summary')?.focus();
      picked();
    });
    line.append(button);
    return line;
  }

  function drawLines(people: People, words: string): void {
    const wanted = words.toLowerCase();
    const places = people.refs
      .keys()
      .filter((place) => `${people.labels[place]}\n${people.refs[place]}`.toLowerCase().includes(wanted));
    list.replaceChildren(...places.take(peopleLimit).map((place) => toLine(people, place)));
    if (!list.hasChildNodes()) list.append('Nobody by that name');
  }

  details.addEventListener('toggle', async () => {
    if (!details.open || !menu) return;
    menu.textContent = 'Loading…';
    const people = await fetchPeople(base).catch(() => undefined);
    if (!people) {
      menu.textContent = 'This could not be loaded.';
      return;
    }
    const input = document.createElement('input');
    input.type = 'search';
    input.placeholder = 'Find yourself or your team';
    input.setAttribute('aria-label', input.placeholder);
    input.addEventListener('input', () => drawLines(people, input.value));
    drawLines(people, '');
    menu.replaceChildren(input, list);
    input.focus();
  });
  attachMenuKeys(details);
  showMe();
}
