import { holdsWords } from '#model/search.ts';
import type { Hits } from './pagefind.client.ts';

/** How many of the best results are looked at: as many as a group shows, which have to be loaded anyway. */
const looked = 5;

/**
 * Results without those of the best that hold other words than were asked for; none at all where none of the best holds
 * them. Every bundle answers a word that it does not have with whatever begins alike.
 */
export async function keepHolding(results: Hits['results'], words: string): Promise<Hits['results']> {
  if (words === '') return results;
  const best = results.slice(0, looked);
  const pages = await Promise.all(best.map(({ data }) => data()));
  const held = best.filter((_, at) => pages[at] && holdsWords(words, pages[at]));
  return held.length === 0 ? [] : [...held, ...results.slice(looked)];
}
