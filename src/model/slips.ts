/** How many slips a word may hold: none when so short that anything would match. */
export const toleranceOf = (word: string) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/**
 * The least number of slips (a letter missing, added, wrong, or two swapped) that lie between what was typed and a word
 * or its beginning; a beginning costs half a slip more. Anything above `most` means too many.
 */
export function countSlips(typed: string, word: string, most: number): number {
  if (word.startsWith(typed)) return word.length === typed.length ? 0 : 0.5;
  if (most === 0 || word.length < typed.length - most) return most + 1;
  let [older, last] = [[] as number[], Array.from({ length: word.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= typed.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= word.length; column += 1) {
      const isSame = typed[row - 1] === word[column - 1];
      let least = Math.min(
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
      );
      const isSwapped =
        row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      if (isSwapped) least = Math.min(least, (older[column - 2] ?? 0) + 1);
      next.push(least);
    }
    if (Math.min(...next) > most) return most + 1;
    [older, last] = [last, next];
  }
  return Math.min(last[word.length] ?? most + 1, Math.min(...last) + 0.5);
}
