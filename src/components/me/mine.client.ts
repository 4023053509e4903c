import { createElement, toSiteHref } from '#components/search/dom.client.ts';
import { listMine, type Me, toFirstName, toMineQuery } from '#model/me.ts';
import { type OwnedTogether, type OwnersFile, toOwnedTogether } from '#model/owners-file.ts';
import { toEntityPath } from '#model/urls.ts';
import { fetchOwned, findOwned } from './owned.client.ts';

/** How many systems are named. */
const namedSystems = 6;

const section = document.querySelector<HTMLElement>('[data-mine-section]');

/** Greets whoever is known on the first page, with what is theirs; on any other page it does nothing. */
export async function showMine(me: Me | undefined): Promise<void> {
  if (!section) return;
  show(section, me, me && findOwned(me));
  if (me) show(section, me, await fetchOwned(me));
}

function show(section: HTMLElement, me: Me | undefined, file: OwnersFile | undefined): void {
  section.hidden = me === undefined || file === undefined;
  section.replaceChildren();
  if (!me || !file) return;
  const together = toOwnedTogether(file, listMine(me));
  section.replaceChildren(
    createElement('h2', { id: 'mine' }, `Hello, ${toFirstName(me.title)}`),
    ...listOwned(me, together),
    ...listSystems(together),
    ...listProblems(me, together),
    ...(me.isDemo
      ? [createElement('p', { class: 'quiet small' }, `The demonstration is shown as ${me.title} sees it.`)]
      : []),
  );
}

function listOwned(me: Me, { kinds }: OwnedTogether): HTMLElement[] {
  if (kinds.length === 0)
    return [createElement('p', { class: 'quiet' }, 'Nothing in the catalog is owned by you or your teams.')];
  const lines = kinds.map(({ plural, words, count }) =>
    createElement(
      'li',
      {},
      createElement(
        'a',
        { href: `${toSiteHref(`/catalog/${plural}/`)}${toMineQuery(me)}` },
        createElement('span', { class: 'count' }, count.toLocaleString('en')),
        ` ${words}`,
      ),
    ),
  );
  return [
    createElement('p', { class: 'quiet small' }, 'Owned by you and your teams'),
    createElement('ul', { role: 'list', class: 'counts' }, ...lines),
  ];
}

function listSystems({ systems }: OwnedTogether): HTMLElement[] {
  if (systems.length === 0) return [];
  const links = systems
    .slice(0, namedSystems)
    .flatMap(({ ref, title }, at) => [
      at > 0 ? ', ' : 'Systems: ',
      createElement('a', { href: toSiteHref(toEntityPath(ref)) }, title),
    ]);
  const more = systems.length - namedSystems;
  return [createElement('p', {}, ...links, more > 0 ? ` and ${more} more` : undefined)];
}

function listProblems(me: Me, { problems }: OwnedTogether): HTMLElement[] {
  const inbox = `${toSiteHref('/problems/')}${toMineQuery(me)}`;
  const links = (['error', 'warning', 'hint'] as const).flatMap((level) => {
    const count = problems[level] ?? 0;
    const words = `${count.toLocaleString('en')} ${level}${count === 1 ? '' : 's'}`;
    return count > 0 ? [createElement('a', { class: level, href: `${inbox}&level=${level}` }, words)] : [];
  });
  return links.length > 0
    ? [createElement('p', { class: 'faults' }, createElement('a', { href: inbox }, 'To mend'), ...links)]
    : [createElement('p', { class: 'quiet' }, 'Nothing of it has a problem.')];
}
