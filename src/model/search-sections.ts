import { type Excerpt, isFormOf, splitWords, toAskedWords, toParts, type Word } from './search.ts';

/** A heading with an id, and the number of its first word in the text of its page. */
type Anchor = { id: string; text: string; location: number };

/** A page that was found: its text, its headings, and which of its words answer the query, how well each. */
export type FoundPage = {
  content: string;
  meta: { title?: string };
  anchors: readonly Anchor[];
  weighted_locations: readonly { location: number; balanced_score: number }[];
};

/** A part of a page that holds what was asked: its heading, and the words around. The part below the title has no id. */
export type FoundSection = { id: string; title: string; excerpt: Excerpt['parts'] };

type Section = Anchor & { end: number; matches: Map<number, number> };

/** How many words of a section are shown, at least and at most, and how far before the first match a sentence may begin. */
const excerptLimits = { least: 14, words: 28, before: 12 };

/** The sections of a page that hold most of what was asked, the best first. */
export function listFoundSections(page: FoundPage, asked: string, limit: number): FoundSection[] {
  const words = splitWords(page.content);
  const sections = toSections(page, words.length).filter(({ matches }) => matches.size > 0);
  const judged = sections.map((section) => ({ section, ...judge(section, words, toAskedWords(asked)) }));
  const most = Math.max(...judged.map(({ held }) => held));
  return judged
    .filter(({ held }) => held === most)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ section }) => ({ id: section.id, title: section.text, excerpt: toExcerptParts(section, words) }));
}

function toSections({ meta, anchors, weighted_locations }: FoundPage, end: number): Section[] {
  const named = anchors.filter(({ text }) => text.trim() !== '').toSorted((a, b) => a.location - b.location);
  const starts = [{ id: '', text: meta.title ?? '', location: 0 }, ...named];
  return starts.map((start, at) => {
    const section = { ...start, end: starts[at + 1]?.location ?? end, matches: new Map<number, number>() };
    for (const { location, balanced_score } of weighted_locations)
      if (location >= section.location && location < section.end) section.matches.set(location, balanced_score);
    return section;
  });
}

/** How many of the words that were asked a section holds, and how well it answers them. */
function judge({ matches }: Section, words: readonly string[], asked: readonly string[]) {
  const scores = asked.map((word) =>
    Math.max(0, ...matches.entries().map(([at, score]) => (isFormOf(words[at] ?? '', word) ? score : 0))),
  );
  const held = scores.filter((score) => score > 0).length;
  return { held, score: scores.reduce((sum, score) => sum + score, 0) + matches.size / 1000 };
}

/** The sentence of a section in which most was found; its beginning where that is its heading alone. */
function toExcerptParts({ text, location, end, matches }: Section, words: readonly string[]): Excerpt['parts'] {
  const from = location + (text === '' ? 0 : splitWords(text.trim()).length);
  const places = [...matches.keys()].filter((at) => at >= from).toSorted((a, b) => a - b);
  const start = findStart(words, from, findDensest(places) ?? from);
  const first = words[start] === '·' ? start + 1 : start; // stands between the cells of a table
  const shown = words.slice(first, findEnd(words, first, end, matches));
  const parts = toParts(shown.map((word, at): Word => ({ word, isMatch: matches.has(first + at) })));
  if (first > from && !endsSentence(words[first - 1])) parts.unshift({ text: '… ', isMatch: false });
  if (first + shown.length < end && !endsSentence(shown.at(-1))) parts.push({ text: ' …', isMatch: false });
  return parts;
}

const endsSentence = (word: string | undefined) => word !== undefined && /[.!?:]["”')]*$/.test(word);

/** The match that most others follow closely. */
function findDensest(places: readonly number[]): number | undefined {
  const following = (at: number) =>
    places.filter((place) => place >= at && place < at + excerptLimits.words - excerptLimits.before).length;
  let best = places[0];
  for (const place of places.slice(0, 200)) if (best !== undefined && following(place) > following(best)) best = place;
  return best;
}

/** Where an excerpt ends: with the sentence that holds the last match in reach, unless that is very short. */
function findEnd(words: readonly string[], first: number, end: number, matches: ReadonlyMap<number, number>): number {
  const most = Math.min(end, first + excerptLimits.words);
  let last = first + excerptLimits.least - 1;
  for (let at = last; at < most; at += 1) if (matches.has(at)) last = at;
  for (let at = last; at < most; at += 1) if (/[.!?]$/.test(words[at] ?? '')) return at + 1;
  return most;
}

/** Where the sentence of a match begins; a little before the match when that is far away. */
function findStart(words: readonly string[], from: number, match: number): number {
  const least = Math.max(from, match - excerptLimits.before);
  for (let at = match; at > least; at -= 1) if (endsSentence(words[at - 1])) return at;
  return match - from <= excerptLimits.before ? from : match - Math.floor(excerptLimits.before / 2);
}
