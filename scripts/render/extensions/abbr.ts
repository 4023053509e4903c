import { defineNote } from '../core/conversion.ts';
import { descendants, Element } from '../core/element.ts';
import { defineExtension } from './define.ts';

const definitions = defineNote(() => new Map<string, string>());
const definition = /^[*]\[([^\\]{0,200}?)\][ ]?:[ ]*\n?[ ]*(.*)$/m;

const isNext = (text: string): boolean => definition.exec(text.slice(0, 2000))?.index === 0;

function keepDefinition([, name = '', text = '']: RegExpExecArray, known: Map<string, string>): void {
  const title = text.trim();
  if (title && title !== '""' && title !== "''") known.set(name.trim(), title);
}

function toPattern(names: Iterable<string>): RegExp {
  const sorted = [...names].toSorted((one, other) => other.length - one.length);
  const words = sorted.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
}

/** Splits text at abbreviations: the text before the first, and an element for each with what follows as its tail. */
function explain(text: string, pattern: RegExp, titles: Map<string, string>): { text: string; elements: Element[] } {
  const elements: Element[] = [];
  let before = '';
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const part = text.slice(end, match.index);
    const last = elements[elements.length - 1];
    if (last) last.tail = part;
    else before = part;
    elements.push(new Element('abbr', [['title', titles.get(match[0]) ?? '']]).setAtomic(match[0]));
    end = match.index + match[0].length;
  }
  const last = elements[elements.length - 1];
  if (last) last.tail = text.slice(end);
  return last ? { text: before, elements } : { text, elements };
}

function explainAll(root: Element, titles: Map<string, string>): void {
  const pattern = toPattern(titles.keys());
  for (const element of [root, ...descendants(root)]) {
    if (element.tag === 'abbr') continue;
    const children: Element[] = [];
    if (element.text && !element.atomic) {
      const { text, elements } = explain(element.text, pattern, titles);
      element.text = text;
      for (const added of elements) children.push(added);
    }
    for (const child of element.children) {
      children.push(child);
      if (!child.tail || child.tailAtomic) continue;
      const { text, elements } = explain(child.tail, pattern, titles);
      child.tail = text;
      for (const added of elements) children.push(added);
    }
    element.children = children;
  }
}

/** `*[HTML]: Hypertext Markup Language` explains the word wherever it stands. */
export const abbr = defineExtension({
  name: 'abbr',
  aliases: ['markdown.extensions.abbr'],
  install({ blocks, tree }) {
    blocks.add('abbr', 16, {
      test: (_, block) => block.includes('*[') && block.includes(']'),
      run(_, blocks, parser) {
        const block = blocks.take();
        let rest = block;
        for (let match = definition.exec(rest); match; match = definition.exec(rest)) {
          const before = rest.slice(0, match.index);
          keepDefinition(match, parser.page.note(definitions));
          rest = rest.slice(match.index + match[0].length).replace(/^\n+/, '');
          if (!before.trim() && isNext(rest)) continue;
          if (rest.trim()) blocks.put(rest);
          if (before.trim()) blocks.put(before.replace(/\n+$/, ''));
          return true;
        }
        if (rest.trim()) blocks.put(rest);
        return rest !== block;
      },
    });
    tree.add('abbr', 7, (root, page) => {
      const titles = page.note(definitions);
      if (titles.size > 0) explainAll(root, titles);
    });
  },
});
