const start = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);
const introducer = String.fromCodePoint(0x9b);

/** What a terminal takes as a command: colours, moves of the cursor, titles of windows. */
const commands = new RegExp(
  [
    `(?:${start}\\[|${introducer})[0-?]*[ -/]*[@-~]?`,
    `${start}[\\]PX^_][^${bell}${start}]*(?:${bell}|${start}\\\\)?`,
    `${start}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);

/** Characters that are not seen: controls, and those that turn the direction of a line or have no width. */
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** One line of ASCII without gaps, as most texts are: nothing to do. */
const isPlain = (text: string) => /^[!-~]+(?: [!-~]+)*$/.test(text) && !text.includes('://');

/** Who logs in by an address: error messages repeat the addresses of repositories with their passwords. */
const logins = /(?<=:\/\/)[^\s/]*@/g;

/** A line of an upstream as it was written, but for what commands a terminal, hides itself or turns others; tabs are spaces. */
export function toVisible(line: string): string {
  return line.replace(commands, '').replaceAll('\t', ' ').replace(unseen, '').toWellFormed();
}

/** At most so many letters of a text; what is left out is told by an ellipsis. */
export function toCut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const letters = [...text];
  return letters.length <= limit ? text : `${letters.slice(0, limit - 1).join('')}…`;
}

/**
 * A text of an upstream as one line that can be shown as text, at most `limit` letters long: nothing in it commands a
 * terminal, hides itself, or logs in.
 */
export function toPlainLine(text: string, limit: number): string {
  if (text.length <= limit && isPlain(text)) return text;
  // What is far too long is cut before it is looked through.
  const line = toVisible(text.slice(0, limit * 8).replace(/\s+/g, ' '));
  return toCut(line.replace(/ {2,}/g, ' ').replace(logins, '').trim(), limit);
}

/** The first line of a text, made plain. */
export function toFirstLine(text: string, limit: number): string {
  return toPlainLine(text.trimStart().split(/[\r\n]/, 1)[0] ?? '', limit);
}
