/** A name, a title or a query, made ready for comparing. */
export type Text = {
  /** Lower case, accents folded. */
  plain: string;
  /** The same without what stands between words. */
  joined: string;
  words: readonly string[];
  /** A bit for each letter that occurs: what lacks a letter of the query need not be looked at. */
  letters: number;
};

/** Splits a name or a title into its words: at marks, and where `camelCase` shows a new one. */
export function toText(written: string): Text {
  const spaced = written.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
  const words = fold(spaced).match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.join('');
  return { plain: fold(written), joined, words, letters: toLetters(joined) };
}

/** A bit for each letter that occurs. */
export function toLetters(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** How many different letters of one text the other lacks, or fewer, since some letters share a bit. */
export function countLacking(wanted: number, had: number): number {
  let count = 0;
  for (let rest = wanted & ~had; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Lower case without accents. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant.
  return /^[\x00-\x7f]*$/.test(lower) ? lower : lower.normalize('NFKD').replace(/\p{M}+/gu, '');
}

/** Cuts a text into what a query matches in it and what lies between, for marking; nothing is marked for a slip. */
export function splitMatch(text: string, query: string): { text: string; isMatch: boolean }[] {
  const plain = fold(text);
  const whole = fold(query.trim());
  const wanted = plain.includes(whole) ? [whole] : toText(query).words;
  const spans: [number, number][] = [];
  for (const word of wanted) {
    const at = plain.length === text.length && word !== '' ? plain.indexOf(word, spans.at(-1)?.[1] ?? 0) : -1;
    if (at >= 0) spans.push([at, at + word.length]);
  }
  const edges = [0, ...spans.flat(), text.length];
  return edges.slice(1).flatMap((end, at) => {
    const part = text.slice(edges[at], end);
    return part === '' ? [] : [{ text: part, isMatch: at % 2 === 1 }];
  });
}
