import { type FoundSection, listFoundSections } from '#model/search-sections.ts';
import { toSectionPath } from './docs-result.client.ts';
import { createElement, createMarked } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import type { Fragment } from './pagefind.client.ts';
import { createResult } from './results.client.ts';

/** How many operations, messages and types of one definition are shown. */
const shown = 5;

/** What was found in the definition of an API: its best operations, messages and types, each a result of its own. */
export function createDefinitionResults(fragment: Fragment, icon: string, words: string): HTMLElement[] {
  const { title = '', owner } = fragment.meta;
  const found = listFoundSections(fragment, words, shown);
  const named = found.filter(({ id }) => id !== '');
  const sections: Pick<FoundSection, 'id' | 'title' | 'excerpt'>[] =
    named.length > 0 ? named : [{ id: '', title, excerpt: found[0]?.excerpt ?? [] }];
  return sections.map(({ id, title: name, excerpt }) =>
    createResult(
      toSectionPath(fragment.url, id),
      icon,
      createLabel({ name, title: undefined }, words),
      [id === '' ? undefined : title, owner],
      excerpt.length > 0 ? createElement('p', { class: 'sentence' }, ...createMarked(excerpt)) : undefined,
    ),
  );
}
