import { findNames, type NameTable } from '#model/names.ts';
import { toEntityPath } from '#model/urls.ts';
import { createElement, createIcon, toSiteHref } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import { fetchNames } from './names.client.ts';

/** The last part of an address that is written as words, which is most often a name. */
function toLastWords(path: string): string {
  const last =
    path
      .replace(/(\/index\.html)?\/*$/, '')
      .split('/')
      .at(-1) ?? '';
  try {
    return decodeURIComponent(last).replace(/\.html$/, '');
  } catch {
    return last;
  }
}

function showNear(table: NameTable): void {
  const words = toLastWords(location.pathname);
  const rows = findNames(table, words, 6).map((match) =>
    createElement(
      'li',
      {},
      createElement(
        'a',
        { href: toSiteHref(toEntityPath(match.ref)) },
        createIcon(match.icon),
        ...createLabel(match, words),
      ),
      createElement('span', { class: 'kind' }, match.kindLabel),
    ),
  );
  const near = document.querySelector<HTMLElement>('#near');
  near?.querySelector('ul')?.append(...rows);
  if (near) near.hidden = rows.length === 0;
}

/** Addresses of the portal are lower case; what people paste may not be. Below the base only, which may have capitals. */
async function findLowerCase(): Promise<string | undefined> {
  const base = toSiteHref('/');
  if (!location.pathname.startsWith(base)) return undefined;
  const path = base + location.pathname.slice(base.length).toLowerCase();
  if (path === location.pathname) return undefined;
  const answer = await fetch(path, { method: 'HEAD' });
  return answer.ok ? `${path}${location.search}${location.hash}` : undefined;
}

const lower = await findLowerCase().catch(() => undefined);
if (lower) location.replace(lower);
else fetchNames().then(showNear, () => {});
