import type { RefText } from './ref.ts';
import { toDocsPath } from './urls.ts';

/** What search results can be narrowed by, in the order in which a page offers them; each is a key of the query string. */
export const facets = [
  { key: 'kind', label: 'Kind' },
  { key: 'type', label: 'Type' },
  { key: 'owner', label: 'Owner' },
  { key: 'lifecycle', label: 'Lifecycle' },
  { key: 'system', label: 'System' },
  { key: 'tree', label: 'Docs of' },
  { key: 'tag', label: 'Tag' },
  { key: 'version', label: 'Version' },
] as const;

export type FacetKey = (typeof facets)[number]['key'];

/** What a page of documentation is, among the kinds of entities. */
export const docsKind = 'Documentation';

/** What the definition of an API is, among the kinds of entities. */
export const definitionKind = 'API definition';

/** The bundles of versions that are not current, which are searched only when a version is asked for. */
export const olderDocsBundles = 'older';

/** The fields of a record's text, in this order; a result shows the one that matched, with its label where it has one. */
const recordFields = ['', '', '', 'Tags', 'Links', 'Owner', 'System', 'Annotations'] as const;

/** The field that holds the description, shown when nothing of the text matched. */
const descriptionField = 2;

/** Stands between the fields of a record's text, a word of its own that nobody writes. */
export const fieldMark = '␟';

/** What a search page answers: the words, and at most one value of each facet. */
export type SearchQuery = { words: string; chosen: Partial<Record<FacetKey, string>> };

/** Reads the query string of a search page; what is unknown or empty is left out. */
export function parseSearchQuery(queryString: string): SearchQuery {
  const params = new URLSearchParams(queryString);
  const chosen: SearchQuery['chosen'] = {};
  for (const { key } of facets) {
    const value = params.get(key)?.trim();
    if (value) chosen[key] = value;
  }
  return { words: (params.get('q') ?? '').trim(), chosen };
}

/** The query string of a search page, always in the same order; empty when nothing is asked. */
export function formatSearchQuery({ words, chosen }: SearchQuery): string {
  const params = new URLSearchParams();
  if (words !== '') params.set('q', words);
  for (const { key } of facets) {
    const value = chosen[key];
    if (value) params.set(key, value);
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export type Excerpt = { label: string; parts: { text: string; isMatch: boolean }[] };

/** A word of a text, and whether it is one that was found. */
export type Word = { word: string; isMatch: boolean };

/** How many words of a text are shown, how many of them may stand before the first match, and how many entries of a list. */
const excerptLimits = { words: 28, before: 8, entries: 3 };

/**
 * The words around what matched, from the field of a record in which most of it did; the description where only the
 * name, the title or nothing of the text matched. Locations count the words of the content, as Pagefind does.
 */
export function toExcerpt(content: string, locations: readonly number[]): Excerpt {
  const matched = new Set(locations);
  const fields: Word[][] = [[]];
  splitWords(content).forEach((word, at) => {
    if (word === fieldMark) fields.push([]);
    else fields.at(-1)?.push({ word, isMatch: matched.has(at) });
  });
  const countOf = (field: number) => fields[field]?.filter(({ isMatch }) => isMatch).length ?? 0;
  let best: number = descriptionField;
  for (let field = descriptionField; field < fields.length; field += 1)
    if (countOf(field) > countOf(best)) best = field;
  const label = recordFields[best] ?? '';
  const field = fields[best] ?? [];
  return { label, parts: label === '' ? toTextParts(field) : toParts(pickEntries(field)) };
}

/** The words of a text as Pagefind counts them. */
export const splitWords = (content: string) => content.split(/[^\S\uFEFF]+/);

/** A stretch of a text that begins a little before its first match. */
function toTextParts(field: readonly Word[]): Excerpt['parts'] {
  const first = field.findIndex(({ isMatch }) => isMatch);
  const from = first < excerptLimits.words - excerptLimits.before ? 0 : first - excerptLimits.before;
  const shown = field.slice(from, from + excerptLimits.words);
  const parts = toParts(shown);
  if (from > 0) parts.unshift({ text: '… ', isMatch: false });
  if (from + shown.length < field.length) parts.push({ text: ' …', isMatch: false });
  return parts;
}

/** Those entries of a list, separated by commas, that matched. */
function pickEntries(field: readonly Word[]): Word[] {
  const entries: Word[][] = [[]];
  for (const each of field) {
    entries.at(-1)?.push(each);
    if (each.word.endsWith(',')) entries.push([]);
  }
  const picked = entries.filter((entry) => entry.some(({ isMatch }) => isMatch)).slice(0, excerptLimits.entries);
  const words = picked.flat();
  return words.map((each, at) => (at === words.length - 1 ? { ...each, word: each.word.replace(/,$/, '') } : each));
}

/** Words as runs of text; a mark covers what was found and leaves the punctuation around it out. */
export function toParts(words: readonly Word[]): Excerpt['parts'] {
  const parts: Excerpt['parts'] = [];
  const add = (text: string, isMatch: boolean) => {
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.isMatch === isMatch) last.text += text;
    else parts.push({ text, isMatch });
  };
  words.forEach(({ word, isMatch }, at) => {
    if (at > 0) add(' ', false);
    const [, before = '', core = '', after = ''] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word) ?? [];
    add(before, false);
    add(core, isMatch);
    add(after, false);
  });
  return parts;
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}\s]+/gu, '');

/**
 * The address of a page of docs at the entity whose docs are searched: docs that several entities show are found at the
 * first of them.
 */
export function toPathAt(path: string, [first]: readonly RefText[], chosen: RefText): string {
  // What follows is the rest of an address, or `@` and the name of a version.
  const from = toDocsPath(first ?? chosen).slice(0, -1);
  return /^[/@]/.test(path.slice(from.length)) && path.startsWith(from)
    ? toDocsPath(chosen.toLowerCase()).slice(0, -1) + path.slice(from.length)
    : path;
}

/** The words that were asked for, without what Pagefind does not search for. */
export const toAskedWords = (asked: string) => plain(asked).split(/\s+/).filter(Boolean);

/** Whether a word of a text, or a part of it, is one that was asked for, if in another form. */
export function isFormOf(written: string, asked: string): boolean {
  const parts = [plain(written), ...written.split(/[^\p{L}\p{N}]+/u).map(plain)];
  return parts.some((part) => part.includes(asked) || sharesRoot(asked, part));
}

/**
 * Whether a page that was found holds every word that was asked for, in its text or in what is said about it. Pagefind
 * answers a word that occurs nowhere with whatever shares its first letters, which is worse than no answer.
 */
export function holdsWords(
  asked: string,
  { content, locations, meta }: { content: string; locations: readonly number[]; meta: Record<string, string> },
): boolean {
  const words = splitWords(content);
  const found = [...locations.map((at) => words[at] ?? ''), ...Object.values(meta).flatMap(splitWords)];
  return toAskedWords(asked).every((word) => found.some((each) => isFormOf(each, word)));
}

/** Whether two words begin alike for long enough to be forms of one: `running` and `run`. */
function sharesRoot(word: string, other: string): boolean {
  let shared = 0;
  while (shared < word.length && word[shared] === other[shared]) shared += 1;
  return shared >= 3 && shared >= word.length * 0.4;
}
