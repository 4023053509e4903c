import type { SearchSection } from '../ports.ts';

/** A page as Pagefind is given it: one text, or sections with headings. */
export type SearchedPage = {
  text: string | readonly SearchSection[];
  meta: Readonly<Record<string, string>>;
  filters: Readonly<Record<string, readonly string[]>>;
};

/** How much a word of code counts beside the same word in a sentence. */
const codeWeight = '0.4';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const toEscaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** A page as the least HTML from which Pagefind learns its title, its sections, and what counts for how much. */
export function toPagefindHtml({ text, meta, filters }: SearchedPage): string {
  const { title = '', ...others } = meta;
  const isText = typeof text === 'string';
  const about = [
    ...Object.entries(isText ? meta : others).map(([key, value]) => toMark('meta', key, value)),
    ...Object.entries(filters).flatMap(([key, values]) => values.map((value) => toMark('filter', key, value))),
  ];
  const body = isText ? toTextHtml(text, title) : toSectionsHtml(text, title);
  return `<html lang="en"><body>${about.join('')}${body}</body></html>`;
}

const hasWords = (text: string) => /[\p{L}\p{N}]/u.test(text);

/** Pagefind leaves out a page that has no word, so that it would not be found by its title either. */
const nothing = 'nothing';

/** No paragraph, at whose end Pagefind would put a full stop. */
const toTextHtml = (text: string, title: string): string => toEscaped([text, title, nothing].find(hasWords) ?? '');

function toSectionsHtml(sections: readonly SearchSection[], title: string): string {
  const html = sections.map((section) => toSectionHtml(section, title)).join('');
  const says = hasWords(title) || sections.some(({ parts }) => parts.some(({ text }) => hasWords(text)));
  return `<h1>${toEscaped(title)}</h1>${html}${says ? '' : `<p>${nothing}</p>`}`;
}

const toMark = (what: 'meta' | 'filter', key: string, value: string) =>
  `<i data-pagefind-${what}="${key}[title]" title="${toEscaped(value)}"></i>`;

/** The heading that repeats the title of the page is left out: the title is there already. */
function toSectionHtml({ id, title, level, parts }: SearchSection, pageTitle: string): string {
  const name = `h${Math.max(2, level)}`;
  const isTitle = level === 1 && (title === '' || title === pageTitle);
  const heading = isTitle ? '' : `<${name} id="${toEscaped(id)}">${toEscaped(title)}</${name}>`;
  const text = parts.map(({ text, isCode }) =>
    isCode ? `<pre data-pagefind-weight="${codeWeight}">${toEscaped(text)}</pre>` : `<p>${toEscaped(text)}</p>`,
  );
  return heading + text.join('');
}
