const esc = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
const control = String.fromCharCode(0x9b);

/** What colours and moves a terminal: `ESC [ … m`, `ESC ] … BEL` and what else begins with an escape. */
const sequences = new RegExp(
  [
    `(?:${esc}\\[|${control})[0-?]*[ -/]*[@-~]?`,
    `${esc}[\\]PX^_][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?`,
    `${esc}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);

/** Characters that are not seen: controls, and those that turn the direction of a line or have no width. */
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A line of foreign text without colours, controls and characters that hide or turn others; tabs are spaces. */
export function toPlainLine(text: string): string {
  return text.replace(sequences, '').replaceAll('\t', ' ').replace(unseen, '').toWellFormed();
}

/** Cuts a text to so many characters; what is left out is told by an ellipsis. */
export function toCut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}
