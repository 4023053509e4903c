import type { Text } from './name-text.ts';

/** Ways in which a query can name something, the surest first; a row's place in this list is the match's rank. */
export const ways: ((query: Text, text: Text) => boolean)[] = [
  (query, text) => text.plain === query.plain || text.joined === query.joined,
  (query, text) => text.plain.startsWith(query.plain) || text.joined.startsWith(query.joined),
  (query, text) => startsWordsInOrder(query.joined, text.words),
  (query, text) => text.plain.includes(query.plain) || text.joined.includes(query.joined),
  (query, text) =>
    query.words.length > 1 && query.words.every((word) => text.words.some((each) => each.startsWith(word))),
  (query, text) => query.words.length > 1 && query.words.every((word) => text.joined.includes(word)),
  (query, text) => abbreviatesWords(query.words, text.words),
];

/** True when the letters are beginnings of words, in the order of the words: `paygat`, `pg` for `payments-gateway`. */
function startsWordsInOrder(letters: string, words: readonly string[]): boolean {
  let reached: ReadonlySet<number> | undefined;
  for (const word of words) {
    if (!reached && word[0] !== letters[0]) continue;
    const next = new Set(reached ?? [0]);
    for (const at of reached ?? [0])
      for (let taken = 0; taken < word.length && letters[at + taken] === word[taken]; taken += 1)
        next.add(at + taken + 1);
    if (next.has(letters.length)) return true;
    reached = next;
  }
  return false;
}

/** True when each word of the query shortens a word, in order: the same first letter, the others somewhere after it. */
function abbreviatesWords(queried: readonly string[], words: readonly string[]): boolean {
  let at = 0;
  for (const query of queried) {
    while (at < words.length && !abbreviates(query, words[at] ?? '')) at += 1;
    if (at === words.length) return queried.length === 1 && abbreviatesJoined(query, words);
    at += 1;
  }
  return queried.length > 0;
}

function abbreviates(query: string, word: string): boolean {
  if (query[0] !== word[0]) return false;
  let at = 0;
  for (const letter of query) {
    at = word.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The same for one run of letters: it begins where a word begins, and moves on through words or to the next one's start. */
function abbreviatesJoined(query: string, words: readonly string[]): boolean {
  return words.some((word, first) => {
    if (word[0] !== query[0]) return false;
    let [at, inside] = [first, 1];
    for (const letter of query.slice(1)) {
      const here = words[at]?.indexOf(letter, inside) ?? -1;
      if (here >= 0) inside = here + 1;
      else {
        do at += 1;
        while (at < words.length && words[at]?.[0] !== letter);
        if (at === words.length) return false;
        inside = 1;
      }
    }
    return true;
  });
}
