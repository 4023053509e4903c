import { toHtml } from '../compose/prose.ts';
import type { TypeWord } from './model.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that says the same and does nothing. */
export const toEscaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** How much of a description is shown. */
const longestProse = 20_000;

/**
 * A description as safe HTML. Its own headings become strong lines: they would stand among those of the page without having
 * a place there.
 */
export function toProse(text: string): string {
  const html = toHtml(text.slice(0, longestProse).trim())
    .replace(/<h[1-6]>/g, '<p class="strong">')
    .replace(/<\/h[1-6]>/g, '</p>');
  return `<div class="prose">${html}</div>`;
}

/** Words of a type; those that mean something on the page lead there. */
export const toWords = (words: readonly TypeWord[]): string =>
  words
    .map((word) =>
      typeof word === 'string'
        ? toEscaped(word)
        : `<a href="#${toEscaped(encodeURIComponent(word.to))}">${toEscaped(word.text)}</a>`,
    )
    .join('');

/** How many there are, in words. */
export const formatCount = (count: number, [one, many]: readonly [string, string]): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
