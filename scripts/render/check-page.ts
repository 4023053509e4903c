import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Options } from './core/options.ts';
import type { Macros } from './macros.ts';
import { toProse } from './prose.ts';

/** Where the text of a page begins: its file, and how many lines stand above it. */
export type PageStart = { repository: string; path: string; lines: number };

/** Syntax of other tools that MkDocs shows as written, and what to write in its place. */
const foreign: readonly { pattern: RegExp; instead: (word: string) => string }[] = [
  {
    pattern: /^ {0,3}:{3,} *(note|tip|info|warning|danger|caution|important|success|details)\b.*$/im,
    instead: (word) => `Write \`!!! ${word.toLowerCase()}\` and indent the text below it by four spaces.`,
  },
  {
    pattern:
      /^(?:import|export)\s(?:[^\n]{1,200}\sfrom\s+['"][^'"\n]{1,200}['"]|(?:const|default|function)\s[^\n]{0,200})/m,
    instead: () => 'Remove the line: MDX is a program, and none is run here.',
  },
];

const signs = /\{\{|\{%|:::|^(?:import|export)\s/m;

/** `{{ name }}`, `{{ call(…) }}` and `{% word … %}`; other uses of the braces are texts of their own kind. */
const jinja = /(?<!\{)\{\{-?\s*[A-Za-z_][\w.-]{0,100}\s*(?:[|([][^{}\n]{0,200})?\}\}|\{%-?\s*\w[^%\n]{0,200}%\}/g;
const raw = /\{%-?\s*raw\s*-?%\}/g;
const endRaw = /\{%-?\s*endraw\s*-?%\}/g;

/** Names what a page says in a language that is not understood: the first of each kind. */
export function checkPage(body: string, meta: Options, macros: Macros | undefined, start: PageStart): Problem[] {
  if (!signs.test(body)) return [];
  const prose = toProse(body);
  return [...findForeign(prose, start), ...findJinja(prose, meta, macros, start)];
}

function findForeign(prose: string, start: PageStart): Problem[] {
  for (const { pattern, instead } of foreign) {
    const match = pattern.exec(prose);
    if (!match) continue;
    const facts = { found: match[0].trim(), instead: instead(match[1] ?? '') };
    return [toProblem('docs-foreign-syntax', facts, { place: toPlace(prose, match.index, start) })];
  }
  return [];
}

function findJinja(prose: string, meta: Options, macros: Macros | undefined, start: PageStart): Problem[] {
  const text = macros ? blankRaw(prose) : prose;
  for (const match of text.matchAll(jinja)) {
    const [expression] = match;
    if (macros ? macros.isFilled(expression, meta) : isIndented(text, match.index)) continue;
    return [toProblem('docs-jinja', { expression }, { place: toPlace(prose, match.index, start) })];
  }
  return [];
}

/** Without a plugin that fills code in too, what is indented that far is most likely code, and meant. */
const isIndented = (text: string, at: number): boolean =>
  /^(?: {4}|\t)/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));

/** What stands between `raw` and `endraw` is meant to be shown as written. */
function blankRaw(text: string): string {
  let out = '';
  let done = 0;
  for (const match of text.matchAll(raw)) {
    if (match.index < done) continue;
    endRaw.lastIndex = match.index;
    const end = endRaw.exec(text);
    if (!end) break;
    out += text.slice(done, match.index) + text.slice(match.index, endRaw.lastIndex).replace(/[^\n]/g, ' ');
    done = endRaw.lastIndex;
  }
  return out + text.slice(done);
}

function toPlace(text: string, at: number, { repository, path, lines }: PageStart): Place {
  const before = text.slice(0, at);
  return { repository, path, line: lines + before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
