const start = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);

/** What a terminal takes as a command: colours, moves of the cursor, titles of windows. */
const commands = new RegExp(
  `${start}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${start}]*(?:${bell}|${start}\\\\)?|[ -/]*[0-~])`,
  'g',
);

/** Marks that are not seen, among them those that turn the direction of what follows. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** A text of an upstream as one line that can be shown as text: nothing that commands a terminal or hides, at most `limit` long. */
export function toPlainLine(text: string, limit: number): string {
  // What is far too long is cut before it is looked through.
  const line = text
    .slice(0, limit * 8)
    .toWellFormed()
    .replace(commands, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(unseen, '')
    .trim();
  const letters = [...line];
  return letters.length <= limit ? line : `${letters.slice(0, limit - 1).join('')}…`;
}

/** The first line of a text, made plain. */
export function toFirstLine(text: string, limit: number): string {
  return toPlainLine(text.trimStart().split(/[\r\n]/, 1)[0] ?? '', limit);
}
