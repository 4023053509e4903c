import { followContents } from '../docs/contents.client.ts';
import { attachCopyButtons } from '../docs/copy-code.client.ts';
import { attachContentsFilter } from './contents-filter.client.ts';

/** What the page of a definition can do in a browser; each of it is an addition to a page that reads well without. */

const body = document.querySelector<HTMLElement>('[data-docs-body]');

/** What was folded away can scroll by itself too, once it is open. */
function watchFolds(article: HTMLElement): void {
  article.addEventListener(
    'toggle',
    ({ target }) => {
      if (target instanceof HTMLElement) focusScrollers(target);
    },
    true,
  );
}

/** What scrolls by itself can be reached by keyboard. */
function focusScrollers(box: HTMLElement): void {
  for (const each of box.querySelectorAll<HTMLElement>('pre'))
    if (each.scrollWidth > each.clientWidth) each.tabIndex = 0;
}

/** Beside the text the contents are always shown; here that is also said to those who cannot see it. */
function openSide(): void {
  const side = document.querySelector<HTMLDetailsElement>('details.side');
  const isWide = matchMedia('(min-width: 60rem)');
  const follow = () => {
    if (side) side.open = isWide.matches;
  };
  isWide.addEventListener('change', follow);
  if (isWide.matches) follow();
}

openSide();
attachContentsFilter();
if (body) {
  attachCopyButtons(body);
  focusScrollers(body);
  watchFolds(body);
  followContents(body);
}
