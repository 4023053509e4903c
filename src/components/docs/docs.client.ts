import { attachDocsField } from '../search/docs-field.client.ts';
import { followContents } from './contents.client.ts';
import { attachCopyButtons } from './copy-code.client.ts';
import { rememberTabs } from './tabs.client.ts';
import { attachZoom } from './zoom.client.ts';

/** What a page of documentation can do in a browser; each of it is an addition to a page that reads well without. */

const body = document.querySelector<HTMLElement>('[data-docs-body]');

/** What scrolls by itself can be reached by keyboard. */
function focusScrollers(article: HTMLElement): void {
  for (const box of article.querySelectorAll<HTMLElement>('pre, .scroll, .mermaid'))
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
}

/** Beside the text, navigation and contents are always shown; here that is also said to those who cannot see it. */
function openSides(): void {
  const isWide = matchMedia('(min-width: 60rem)');
  const follow = () => {
    for (const side of document.querySelectorAll<HTMLDetailsElement>('details.side')) side.open = isWide.matches;
  };
  isWide.addEventListener('change', follow);
  if (isWide.matches) follow();
}

openSides();
attachDocsField();
if (body) {
  rememberTabs(body);
  attachCopyButtons(body);
  attachZoom(body);
  focusScrollers(body);
  followContents(body);
}
