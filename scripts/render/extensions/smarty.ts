import { InlineParser, type InlineRule, toPlaced } from '../core/inline-parser.ts';
import { type Options, toFlag } from '../core/options.ts';
import { defineExtension } from './define.ts';

const isSpace = (char: string | undefined): boolean => char === undefined || /\s/.test(char);
const isPunctuation = (char: string | undefined): boolean => char !== undefined && /[!-/:-@[-`{-~]/.test(char);

/** Whether a quotation mark opens: it stands before text, and at the start or behind a space, a dash or a bracket. */
function opens(text: string, at: number): boolean {
  const before = text[at - 1];
  if (isSpace(text[at + 1])) return false;
  return isSpace(before) || (before !== undefined && '([{-–—"\''.includes(before) && !isPunctuation(text[at + 1]));
}

const quoteRule: InlineRule = {
  triggers: '"\'',
  find(text, at) {
    const double = text[at] === '"';
    const open = opens(text, at) && !(!double && /^\d\ds/.test(text.slice(at + 1, at + 4)));
    return { start: at, end: at + 1, node: double ? (open ? '“' : '”') : open ? '‘' : '’' };
  },
};

const dashRule: InlineRule = {
  triggers: '-',
  find(text, at) {
    let end = at;
    while (text[end] === '-') end++;
    if (end - at === 2) return { start: at, end, node: '–' };
    return end - at === 3 ? { start: at, end, node: '—' } : end;
  },
};

const ellipsisRule: InlineRule = {
  triggers: '.',
  find: (text, at) =>
    text.startsWith('...', at) && text[at - 1] !== '.' && text[at + 3] !== '.'
      ? { start: at, end: at + 3, node: '…' }
      : undefined,
};

function rulesOf(options: Options): [string, InlineRule][] {
  const rows: [string, InlineRule, boolean][] = [
    ['smart_ellipses', ellipsisRule, true],
    ['smart_quotes', quoteRule, true],
    ['smart_dashes', dashRule, true],
  ];
  return rows.filter(([name, , on]) => toFlag(options[name], on)).map(([name, rule]) => [name, rule]);
}

/** Quotation marks, dashes and ellipses as a printer sets them. */
export const smarty = defineExtension({
  name: 'smarty',
  aliases: ['markdown.extensions.smarty'],
  install({ tree }, options) {
    const rules = rulesOf(options).map(([name, rule]) => toPlaced(name, rule));
    tree.add('smarty', 6, (root, page) => new InlineParser(rules, page).run(root));
  },
});
