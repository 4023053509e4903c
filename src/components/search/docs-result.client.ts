import { type FoundSection, listFoundSections } from '#model/search-sections.ts';
import { createElement, createMarked, toSiteHref } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import type { Fragment } from './pagefind.client.ts';
import { createResult } from './results.client.ts';

/** How many sections of a page are shown. */
const shown = 3;

/** A page of docs that was found: its title, whose docs these are, and its best sections with the match in its sentence. */
export function createDocsResult(fragment: Fragment, icon: string, words: string): HTMLElement {
  const { title = '', tree, owner } = fragment.meta;
  const found = listFoundSections(fragment, words, shown);
  const intro = found.find(({ id }) => id === '');
  const sections = found.filter(({ id }) => id !== '').map((section) => createSection(section, fragment.url, words));
  return createResult(
    fragment.url,
    icon,
    createLabel({ name: title, title: undefined }, words),
    [tree === title ? undefined : tree, owner],
    intro && createSentence(intro),
    sections.length > 0 ? createElement('ul', { class: 'sections', role: 'list' }, ...sections) : undefined,
  );
}

/** The address of a section. */
export const toSectionPath = (url: string, id: string) => (id === '' ? url : `${url}#${encodeURIComponent(id)}`);

function createSection(section: FoundSection, url: string, words: string): HTMLElement {
  const label = createLabel({ name: section.title, title: undefined }, words);
  const link = createElement('a', { href: toSiteHref(toSectionPath(url, section.id)), 'data-result': true }, ...label);
  return createElement('li', {}, link, createSentence(section));
}

const createSentence = ({ excerpt }: FoundSection) =>
  excerpt.length > 0 ? createElement('p', { class: 'sentence' }, ...createMarked(excerpt)) : undefined;
