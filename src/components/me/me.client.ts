import { createElement, createIcon, toSiteHref } from '#components/search/dom.client.ts';
import { listMine, type Me, toInitials, toMineQuery } from '#model/me.ts';
import type { RefText } from '#model/ref.ts';
import { toEntityPath } from '#model/urls.ts';
import { askMe, findMe, forgetMe } from './ask-me.client.ts';
import styles from './me.css?inline';
import { showMine } from './mine.client.ts';
import { fetchOwned, findOwned } from './owned.client.ts';

/** How many teams the menu names; the reader's own page has them all. */
const namedTeams = 6;

const isOurs = document.documentElement.dataset.signIn === 'portal';
let shown = '';

// Whoever reads a portal that knows nobody does not load these.
const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);
document.adoptedStyleSheets.push(sheet);

/** What every page says to a reader who is known: their menu, and what on the page is theirs. */
function show(me: Me | undefined): void {
  const state = JSON.stringify(me ?? null);
  if (state === shown) return;
  shown = state;
  const place = document.querySelector('[data-me-menu]');
  place?.replaceChildren(...(me || isOurs ? [createMenu(me)] : []));
  showMembership(me);
  void showMine(me);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-mine]')) {
    link.hidden = me === undefined;
    if (me) link.href = `${toSiteHref(link.dataset.mine ?? '')}${toMineQuery(me)}`;
  }
}

function createMenu(me: Me | undefined): HTMLElement {
  const name = me?.title ?? 'Signed in';
  const details = createElement(
    'details',
    {},
    createElement(
      'summary',
      { 'aria-label': me ? `${name}: what is yours` : name, title: name },
      me ? toInitials(me.title) : createIcon('user'),
    ),
    createElement('div', { class: 'menu' }, ...(me ? listOwn(me) : [toNote()]), isOurs ? createSignOut() : undefined),
  );
  closeEasily(details);
  details.addEventListener('toggle', () => void (me && nameTeams(me, details)), { once: true });
  return details;
}

/** Closes the menu by Escape, by a click elsewhere, and when the keyboard leaves it. */
function closeEasily(details: HTMLDetailsElement): void {
  const isOutside = (target: EventTarget | null) => target instanceof Node && !details.contains(target);
  details.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !details.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  });
  details.addEventListener('focusout', ({ relatedTarget }) => {
    if (isOutside(relatedTarget)) details.open = false;
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (isOutside(target)) details.open = false;
  });
}

const toLink = (href: string, text: string, marks: Record<string, string> = {}) =>
  createElement('li', {}, createElement('a', { href, ...marks }, text));

function listOwn(me: Me): HTMLElement[] {
  const mine = toMineQuery(me);
  const titles = findOwned(me)?.owners;
  const teams = me.groups
    .slice(0, namedTeams)
    .map((group) =>
      toLink(toSiteHref(toEntityPath(group)), titles?.[group]?.title ?? toName(group), { 'data-team': group }),
    );
  return [
    createElement('p', { class: 'who' }, me.title),
    ...(me.isDemo ? [createElement('p', { class: 'note' }, 'The demonstration is shown as they see it.')] : []),
    createElement(
      'ul',
      { role: 'list' },
      toLink(toSiteHref(toEntityPath(me.ref)), 'My page', { 'data-go': 'm' }),
      toLink(toSiteHref(`/catalog/${mine}`), 'Owned by me'),
      toLink(toSiteHref(`/problems/${mine}`), 'My inbox'),
    ),
    ...(teams.length > 0
      ? [createElement('p', { class: 'above' }, 'My teams'), createElement('ul', { role: 'list' }, ...teams)]
      : []),
  ];
}

/** Teams have their titles once the menu is open; until then they go by their names. */
async function nameTeams(me: Me, details: HTMLElement): Promise<void> {
  const titles = (await fetchOwned(me))?.owners ?? {};
  for (const link of details.querySelectorAll<HTMLElement>('[data-team]'))
    link.textContent = titles[link.dataset.team ?? '']?.title ?? link.textContent;
}

const toName = (ref: string) => ref.slice(ref.indexOf('/') + 1);

const toNote = () => createElement('p', { class: 'note' }, 'You are signed in; the catalog does not know you.');

function createSignOut(): HTMLElement {
  const form = createElement(
    'form',
    { method: 'post', action: toSiteHref('/auth/sign-out') },
    createElement('button', {}, 'Sign out'),
  );
  form.addEventListener('submit', forgetMe);
  return form;
}

/** Says on the page of a group that its reader is in it, and on the reader's own page that it is. */
function showMembership(me: Me | undefined): void {
  document.querySelector('.entity .yours')?.remove();
  const subject = document.querySelector<HTMLElement>('.entity [data-star]')?.dataset.star ?? '';
  const words =
    subject === me?.ref ? 'This is you' : me?.groups.includes(subject) ? 'You are in this group' : undefined;
  if (words) document.querySelector('.entity .kind')?.append(createElement('span', { class: 'yours' }, words));
}

/** Tells who owns what is the reader's own: what this tab knows already, and then what it was told. */
export async function tellMine(tell: (mine: readonly RefText[]) => void): Promise<void> {
  for (const me of [findMe(), await askMe()]) if (me) tell(listMine(me));
}

show(findMe());
void askMe().then(show);
