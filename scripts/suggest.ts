import { distance } from 'fastest-levenshtein';

const toPlain = (word: string) => word.toLowerCase().replace(/[-_]/g, '');

const longest = 80;

/** How many letters may differ before two words are no longer a slip of the finger apart. */
function toTolerance(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
}

/** The candidate that was most likely meant by a word; nothing when none is near. */
export function findNear(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  const plain = toPlain(word);
  const tolerance = toTolerance(plain);
  let best: { candidate: string; apart: number } | undefined;
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > tolerance + 2) continue;
    const apart = distance(plain, toPlain(candidate));
    if (apart <= tolerance && apart < (best?.apart ?? Number.POSITIVE_INFINITY)) best = { candidate, apart };
  }
  return best?.candidate;
}

/** The key that was most likely meant: a near one, or the only one that begins as the word does. */
export function findNearKey(word: string, keys: readonly string[]): string | undefined {
  const near = findNear(word, keys);
  if (near !== undefined || word.length < 4) return near;
  const [only, ...others] = keys.filter((key) => toPlain(key).startsWith(toPlain(word)));
  return others.length === 0 ? only : undefined;
}

/** Finds near names among very many: words that lose one letter and then agree are compared, no others. */
export function createNameIndex(names: Iterable<string>): (word: string) => string | undefined {
  const byShortened = new Map<string, string[]>();
  for (const name of names) {
    for (const shortened of toShortened(name)) {
      const bucket = byShortened.get(shortened);
      if (bucket) bucket.push(name);
      else byShortened.set(shortened, [name]);
    }
  }
  return (word) =>
    word.length > longest
      ? undefined
      : findNear(word, new Set(toShortened(word).flatMap((shortened) => byShortened.get(shortened) ?? [])));
}

function toShortened(name: string): string[] {
  const plain = toPlain(name);
  return [...new Set([plain, ...Array.from(plain, (_, index) => plain.slice(0, index) + plain.slice(index + 1))])];
}
