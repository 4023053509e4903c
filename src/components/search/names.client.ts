import { type NameIndex, type NameTable, toNameTable } from '#model/names.ts';
import { toSiteHref } from './dom.client.ts';

/** Loads the names of the site, ready for queries. */
export async function fetchNames(): Promise<NameTable> {
  const answer = await fetch(toSiteHref('/search/names.json'));
  if (!answer.ok) throw new Error(`The names could not be loaded: ${answer.status}.`);
  return toNameTable((await answer.json()) as NameIndex); // our own file, written by the same build
}
