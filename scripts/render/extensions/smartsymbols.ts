import { Element } from '../core/element.ts';
import { InlineParser, type InlineRule, toPlaced } from '../core/inline-parser.ts';
import { toFlag } from '../core/options.ts';
import { defineExtension } from './define.ts';

type Symbols = {
  option: string;
  triggers: string;
  needs?: string;
  pattern: RegExp;
  toNode(match: RegExpExecArray): string | Element;
};

const fractions: Readonly<Record<string, string>> = {
  '1/4': '¼',
  '1/2': '½',
  '3/4': '¾',
  '1/3': '⅓',
  '2/3': '⅔',
  '1/5': '⅕',
  '2/5': '⅖',
  '3/5': '⅗',
  '4/5': '⅘',
  '1/6': '⅙',
  '5/6': '⅚',
  '1/8': '⅛',
  '3/8': '⅜',
  '5/8': '⅝',
  '7/8': '⅞',
};

function toOrdinal(match: RegExpExecArray): Element {
  const holder = new Element('sup');
  holder.setAtomic(match[2] ?? '');
  return holder;
}

const rows: readonly Symbols[] = [
  { option: 'trademark', triggers: '(', needs: '(tm)', pattern: /\(tm\)/y, toNode: () => '™' },
  { option: 'copyright', triggers: '(', needs: '(c)', pattern: /\(c\)/y, toNode: () => '©' },
  { option: 'registered', triggers: '(', needs: '(r)', pattern: /\(r\)/y, toNode: () => '®' },
  { option: 'plusminus', triggers: '+', needs: '+/-', pattern: /\+\/-/y, toNode: () => '±' },
  { option: 'notequal', triggers: '=', needs: '=/=', pattern: /=\/=/y, toNode: () => '≠' },
  {
    option: 'fractions',
    triggers: '1234578',
    needs: '/',
    pattern: /(?<!\d)(?:1\/4|1\/2|3\/4|1\/3|2\/3|1\/5|2\/5|3\/5|4\/5|1\/6|5\/6|1\/8|3\/8|5\/8|7\/8)(?!\d)/y,
    toNode: ([text]) => fractions[text] ?? text,
  },
  { option: 'arrows', triggers: '<-', needs: '<-->', pattern: /<-->/y, toNode: () => '↔' },
  { option: 'arrows', triggers: '-', needs: '-->', pattern: /(?<![-<])-->/y, toNode: () => '→' },
  { option: 'arrows', triggers: '<', needs: '<--', pattern: /<--(?![->])/y, toNode: () => '←' },
  {
    option: 'care_of',
    triggers: 'c',
    needs: 'c/o',
    pattern: /(?<![\p{L}\p{N}_])c\/o(?![\p{L}\p{N}_])/uy,
    toNode: () => '℅',
  },
  {
    option: 'ordinal_numbers',
    triggers: 'snrt',
    pattern: /(?<=(?:^|[^\p{L}\p{N}_])[1-9]\d*)(?<=(?:^|[^1])1)(st)(?![\p{L}\p{N}_])/uy,
    toNode: toOrdinal,
  },
];

function toRule({ triggers, needs, pattern, toNode }: Symbols): InlineRule {
  return {
    triggers,
    ...(needs !== undefined && { needs }),
    find(text, at) {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      return match ? { start: at, end: at + match[0].length, node: toNode(match) } : undefined;
    },
  };
}

const suffixes = {
  triggers: '0123456789',
  pattern:
    /(?<![\p{L}\p{N}_])((?:[1-9]\d*)?(?:(?:1[123]|[04-9])(?=th)|(?<!1)1(?=st)|2(?=nd)|3(?=rd)))(st|nd|rd|th)(?![\p{L}\p{N}_])/uy,
};

const ordinalRule: InlineRule = {
  triggers: suffixes.triggers,
  find(text, at) {
    suffixes.pattern.lastIndex = at;
    const match = suffixes.pattern.exec(text);
    if (!match) return undefined;
    const number = match[1] ?? '';
    return { start: at + number.length, end: at + match[0].length, node: toOrdinal(match) };
  },
};

/** `(c)`, `-->`, `1/2`, `1st` and their like become what they mean. */
export const smartsymbols = defineExtension({
  name: 'pymdownx.smartsymbols',
  aliases: [],
  install({ tree }, options) {
    const active = rows.filter(({ option }) => toFlag(options[option], true));
    const rules = active.map((row, index) =>
      toPlaced(`${row.option}-${index}`, row.option === 'ordinal_numbers' ? ordinalRule : toRule(row)),
    );
    tree.add('smart-symbols', 6.1, (root, page) => new InlineParser(rules, page).run(root));
  },
});
