import { BlockParser, type BlockProcessor, type BlockQueue, detab } from '../core/block-parser.ts';
import { type Conversion, defineNote } from '../core/conversion.ts';
import { descendants, Element } from '../core/element.ts';
import type { InlineRule } from '../core/inline-parser.ts';
import { type Options, toFlag, toText } from '../core/options.ts';
import type { Registry } from '../core/registry.ts';
import { defineExtension } from './define.ts';

type Notes = { definitions: Map<string, string>; numbers: Map<string, number>; references: Map<string, number> };
const notes = defineNote((): Notes => ({ definitions: new Map(), numbers: new Map(), references: new Map() }));

function keepDefinition(name: string, text: string, { definitions, numbers }: Notes): void {
  definitions.set(name, text);
  numbers.set(name, numbers.get(name) ?? definitions.size);
}

const definition = /^[ ]{0,3}\[\^([^\]]*)\]:[ ]*(.*)$/m;

/** Takes the blocks that follow a definition and belong to it: indented ones. */
function takeContinuation(blocks: BlockQueue): string[] {
  const taken: string[] = [];
  while (blocks.size > 0 && blocks.peek().startsWith('    ')) {
    const { inner, rest } = detabUntilNext(blocks.take());
    taken.push(inner);
    if (!rest) continue;
    blocks.put(rest);
    break;
  }
  return taken;
}

function detabUntilNext(block: string): { inner: string; rest: string } {
  const match = definition.exec(block);
  const own = match && match.index > 0 ? block.slice(0, match.index).trimEnd() : block;
  const next = match && match.index > 0 ? block.slice(match.index) : '';
  const lines = own.split('\n').map((line) => (line.startsWith('    ') ? line.slice(4) : line));
  return { inner: lines.join('\n'), rest: next };
}

const definitionProcessor: BlockProcessor = {
  test: (_, block) => block.includes('[^'),
  run(_, blocks, parser) {
    const block = blocks.take();
    const match = definition.exec(block);
    if (!match) {
      blocks.put(block);
      return false;
    }
    const before = block.slice(0, match.index).trimEnd();
    const after = block.slice(match.index + match[0].length).replace(/^\n+/, '');
    const next = definition.exec(after);
    const own = next ? after.slice(0, next.index).trimEnd() : after;
    const lines = own
      ? detab(own).rest === ''
        ? detab(own).inner
        : own
            .split('\n')
            .map((line) => line.replace(/^ {4}/, ''))
            .join('\n')
      : '';
    const text = [[match[2] ?? '', lines].filter(Boolean).join('\n')];
    if (next) blocks.put(after.slice(next.index));
    else for (const more of takeContinuation(blocks)) text.push(more);
    keepDefinition(match[1] ?? '', text.join('\n\n').trimEnd(), parser.page.note(notes));
    if (before.trim()) blocks.put(before);
    return true;
  },
};

const idOf = (name: string, prefix: string): string => `${prefix}:${name.trim().toLowerCase().replace(/\s+/g, '-')}`;

const referenceRule: InlineRule = {
  triggers: '[',
  find(text, at, { page }) {
    if (text[at + 1] !== '^') return undefined;
    const end = text.indexOf(']', at);
    const name = end < 0 ? '' : text.slice(at + 2, end);
    const { numbers, references } = page.note(notes);
    const number = numbers.get(name);
    if (number === undefined) return undefined;
    const count = (references.get(name) ?? 0) + 1;
    references.set(name, count);
    const id = idOf(name, count === 1 ? 'fnref' : `fnref${count}`);
    const mark = new Element('sup', [['id', id]]);
    mark
      .add('a', [
        ['class', 'footnote-ref'],
        ['href', `#${idOf(name, 'fn')}`],
      ])
      .setAtomic(String(number));
    return { start: at, end: end + 1, node: mark };
  },
};

function addBacklinks(entry: Element, name: string, number: number, count: number, sign: string): void {
  const last = entry.last;
  if (!last) return;
  const isOpen = last.tag === 'p' && !last.atomic;
  const place = isOpen ? last : entry.add('p');
  if (isOpen && place.last) place.last.tail += '\u00a0';
  else if (isOpen) place.text += '\u00a0';
  for (let index = 1; index <= count; index++) {
    const id = idOf(name, index === 1 ? 'fnref' : `fnref${index}`);
    const link = place.add('a', [
      ['class', 'footnote-backref'],
      ['href', `#${id}`],
      ['title', `Jump back to footnote ${number} in the text`],
    ]);
    link.setAtomic(sign);
  }
}

function toList(page: Conversion, registry: Registry, options: Options): Element | undefined {
  const { definitions } = page.note(notes);
  if (definitions.size === 0) return undefined;
  const box = new Element('div', [['class', 'footnote']]);
  box.add('hr');
  const list = box.add('ol');
  for (const [name, text] of definitions) {
    const entry = list.add('li', [['id', idOf(name, 'fn')]]);
    const parser = new BlockParser(registry.blocks.list(), page);
    // A list in a note is its own, not one inside of the entry: so it is read outside of it.
    const content = new Element('div');
    parser.within('footnote', () => parser.parseChunk(content, text));
    entry.children = content.children;
  }
  if (toFlag(options.SUPERSCRIPT_ONLY, false)) box.addClass('footnote-marks');
  return box;
}

/** Adds the links back once all references are known. */
function linkBack(root: Element, page: Conversion, sign: string): void {
  const { definitions, references } = page.note(notes);
  const names = [...definitions.keys()];
  const list = [...descendants(root)].find((element) => element.tag === 'div' && element.hasClass('footnote'))
    ?.children[1];
  list?.children.forEach((entry, index) => {
    const name = names[index];
    if (name !== undefined) addBacklinks(entry, name, index + 1, Math.max(references.get(name) ?? 1, 1), sign);
  });
}

function place(root: Element, box: Element, marker: string): void {
  for (const parent of [root, ...descendants(root)]) {
    const index = parent.children.findIndex((child) => child.text.trim() === marker && child.tag === 'p');
    if (index < 0) continue;
    parent.children[index] = box;
    return;
  }
  root.children.push(box);
}

/** `[^1]` and, anywhere, `[^1]: text`. */
export const footnotes = defineExtension({
  name: 'footnotes',
  aliases: ['markdown.extensions.footnotes'],
  install(registry, options) {
    registry.blocks.add('footnote', 17, definitionProcessor);
    registry.inline.add('footnote', 175, referenceRule);
    registry.tree.add('footnote', 50, (root, page) => {
      const box = toList(page, registry, options);
      if (box) place(root, box, toText(options.PLACE_MARKER, '///Footnotes Go Here///'));
    });
    registry.tree.add('footnote-duplicate', 15, (root, page) =>
      linkBack(root, page, toText(options.BACKLINK_TEXT, '&#8617;')),
    );
  },
});
