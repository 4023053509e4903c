import { attachDocsField } from '../search/docs-field.client.ts';
import { followContents, showInside } from './contents.client.ts';
import { attachCopyButtons } from './copy-code.client.ts';
import { rememberTabs } from './tabs.client.ts';
import { attachVersions } from './versions.client.ts';
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

/** In a long navigation the page that is read may lie far down. */
function showHere(): void {
  const link = document.querySelector<HTMLElement>('.side.tree [aria-current="page"]');
  const box = link?.closest<HTMLElement>('.side');
  if (link && box) showInside(box, link);
}

openSides();
showHere();
const versions = document.querySelector<HTMLDetailsElement>('[data-versions]');
if (versions) attachVersions(versions);
attachDocsField();
if (body) {
  rememberTabs(body);
  attachCopyButtons(body);
  attachZoom(body);
  focusScrollers(body);
  followContents(body);
}
