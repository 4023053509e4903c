import { splitMatch } from '#model/name-text.ts';
import type { NameMatch } from '#model/names.ts';
import { createElement, createMarked } from './dom.client.ts';

/** What a thing is called, and its name where that is something else, with what matched marked. */
export function createLabel({ title, name }: Pick<NameMatch, 'title' | 'name'>, query: string): Node[] {
  const marked = (text: string) => createMarked(splitMatch(text, query));
  if (title === undefined) return marked(name);
  return [...marked(title), new Text(' '), createElement('code', {}, ...marked(name))];
}
