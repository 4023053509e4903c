const start = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);

/** What a terminal takes as a command: colours, moves of the cursor, titles of windows. */
const commands = new RegExp(
  `${start}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${start}]*(?:${bell}|${start}\\\\)?|[ -/]*[0-~])`,
  'g',
);

/** Marks that are not seen, among them those that turn the direction of what follows. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** One line of ASCII without gaps, as most texts are: nothing to do. */
const isPlain = (text: string) => /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('://');

/** Who logs in by an address: error messages repeat the addresses of repositories with their passwords. */
const logins = /(?<=:\/\/)[^\s/]*@/g;

/**
 * A text of an upstream as one line that can be shown as text, at most `limit` letters long: nothing in it commands a
 * terminal, hides itself, or logs in.
 */
export function toPlainLine(text: string, limit: number): string {
  if (text.length <= limit && isPlain(text)) return text;
  // What is far too long is cut before it is looked through.
  const line = text
    .slice(0, limit * 8)
    .toWellFormed()
    .replace(commands, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(unseen, '')
    .replace(logins, '')
    .trim();
  const letters = [...line];
  return letters.length <= limit ? line : `${letters.slice(0, limit - 1).join('')}…`;
}

/** The first line of a text, made plain. */
export function toFirstLine(text: string, limit: number): string {
  return toPlainLine(text.trimStart().split(/[\r\n]/, 1)[0] ?? '', limit);
}
