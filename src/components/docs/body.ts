import { toCallout } from './callouts.ts';
import { withCodeLines } from './code-lines.ts';
import { withTabTitles } from './tab-titles.ts';

/** What dressing needs of the page: its title, and the address of the icons. */
type Frame = { title: string; sprite: string };

const opening = /<(div|details)\b([^<>]*)>(\s*)(<p class="admonition-title">|<summary[^<>]*>)/g;
const checkbox = /<input type="checkbox"([^<>]*)>/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function withCallouts(html: string, sprite: string): string {
  if (!html.includes('admonition-title') && !html.includes('<summary')) return html;
  return html.replace(opening, (whole, tag: string, attributes: string, space: string, head: string) => {
    const classes = /\bclass="([^"]*)"/.exec(attributes)?.[1] ?? '';
    if (classes === '' || (tag === 'div') !== head.startsWith('<p')) return whole;
    const { icon, tone } = toCallout(classes);
    const named = attributes.replace(`class="${classes}"`, `class="${classes} callout ${tone}"`);
    return `<${tag}${named}>${space}${head}<svg class="icon" aria-hidden="true"><use href="${sprite}#${icon}"></use></svg>`;
  });
}

function withNamedBoxes(html: string): string {
  if (!html.includes('type="checkbox"')) return html;
  return html.replace(checkbox, (_, rest: string) => {
    const name = /\bchecked\b/.test(rest) ? 'Done' : 'To do';
    return `<input type="checkbox" aria-label="${name}"${rest}>`;
  });
}

/** A heading of a table that says nothing is an empty cell. */
const withoutEmptyHeadings = (html: string): string =>
  html.includes('></th>') ? html.replace(/<th\b([^<>]*)><\/th>/g, '<td$1></td>') : html;

/** Puts every table into a box that scrolls by itself, so that no table widens the page. */
const withScrolledTables = (html: string): string =>
  html.replace(/<table\b/g, '<div class="scroll"><table').replaceAll('</table>', '</table></div>');

/**
 * Dresses a rendered body for reading: its title where it has none, icons on admonitions, tables that scroll, numbered
 * and marked lines of code, a title on each tab. The body is sanitised HTML as the renderer serialises it, and so is the answer.
 */
export function toReadableBody(html: string, { title, sprite }: Frame): string {
  const heading = /<h1\b/.test(html) ? '' : `<h1>${title.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign)}</h1>\n`;
  const lines = withTabTitles(withCodeLines(html));
  return heading + withNamedBoxes(withScrolledTables(withoutEmptyHeadings(withCallouts(lines, sprite))));
}
