import { formatSearchQuery, parseSearchQuery, type SearchQuery } from '#model/search.ts';
import { type Answer, listNameMatches, toAnswer, toNameAnswer } from './answer.client.ts';
import { fetchNames } from './names.client.ts';
import { createTextLoader } from './pagefind.client.ts';

/** The search page: its address is the query, and what it shows follows from the address. */

function find<Found extends HTMLElement>(selector: string): Found {
  const found = document.querySelector<Found>(selector);
  if (!found) throw new Error(`The search page has no ${selector}.`);
  return found;
}

const input = find<HTMLInputElement>('[data-slash]');
const place = find('#search');
const parts = { status: find('[data-status]'), results: find('[data-results]'), facets: find('[data-facets]') };
const names = fetchNames().catch(() => undefined);
const loadText = createTextLoader();
const pageTitle = document.title;
const withoutText = 'The text index could not be loaded, so only names are searched.';

let turn = 0;
let waiting = 0;

function show({ status, results, facets }: Answer): void {
  parts.status.textContent = status;
  parts.results.replaceChildren(...results);
  parts.facets.replaceChildren(...facets);
}

/** Answers what the address asks, unless the reader has asked something else meanwhile. */
async function answer(): Promise<void> {
  turn += 1;
  const mine = turn;
  const query = parseSearchQuery(location.search);
  document.title = query.words === '' ? pageTitle : `${query.words} · ${pageTitle}`;
  const loading = loadText(query).catch(() => undefined);
  const table = await names;
  const matches = listNameMatches(table, query);
  if (mine === turn && parts.results.childElementCount === 0) show(toNameAnswer(matches, query, ''));
  const search = await loading;
  const answered = search && (await toAnswer(query, table, matches, search).catch(() => undefined));
  if (mine === turn) show(answered ?? toNameAnswer(matches, query, withoutText));
}

/** Goes to another query of this page without loading it again; a step can be gone back. */
function go(query: SearchQuery, isStep: boolean): void {
  clearTimeout(waiting);
  const address = `${location.pathname}${formatSearchQuery(query)}`;
  if (isStep) history.pushState(undefined, '', address);
  else history.replaceState(undefined, '', address);
  answer();
}

const withWords = () => ({ ...parseSearchQuery(location.search), words: input.value.trim() });

input.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = window.setTimeout(() => go(withWords(), false), 150);
});
input.form?.addEventListener('submit', (event) => {
  event.preventDefault();
  go(withWords(), true);
});
place.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-stay]') : null;
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(parseSearchQuery(new URL(link.href).search), true);
});
window.addEventListener('popstate', () => {
  input.value = parseSearchQuery(location.search).words;
  answer();
});

/** Arrow keys lead from the field into the results, through them, and back. */
document.addEventListener('keydown', (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
  const stops: (Element | null)[] = [input, ...place.querySelectorAll('[data-result]')];
  const at = stops.indexOf(document.activeElement);
  const next = at < 0 ? undefined : stops[at + step];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
});

input.value = parseSearchQuery(location.search).words;
place.hidden = false;
if (input.value === '') input.focus();
answer();
