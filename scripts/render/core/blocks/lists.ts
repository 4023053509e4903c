import { type BlockParser, type BlockProcessor, type BlockQueue, looseDetab, TAB } from '../block-parser.ts';
import type { Element } from '../element.ts';

export type ListOptions = {
  tag: 'ol' | 'ul';
  /** How far a nested list is indented. */
  indent: number;
  /** Lists that an item may join after a blank line. */
  joins: readonly string[];
  /** Whether an item of the other kind continues the list. */
  mixes: boolean;
  /** Whether the number of the first item is kept. */
  keepsStart: boolean;
};

const bullet = { ol: '\\d+\\.', ul: '[*+-]' };
const isList = (element: Element): boolean => element.tag === 'ul' || element.tag === 'ol';

/** Reads ordered or unordered lists. */
export function createListProcessor(options: ListOptions): BlockProcessor {
  const { tag, indent } = options;
  const first = new RegExp(`^ {0,${indent - 1}}${bullet[tag]} +`);
  const child = new RegExp(`^ {0,${indent - 1}}(${options.mixes ? '\\d+\\.|[*+-]' : bullet[tag]}) +(.*)`);
  const nested = new RegExp(`^ {${indent},${indent * 2 - 1}}(?:\\d+\\.|[*+-]) +`);

  function itemsOf(block: string): { items: string[]; start: string } {
    const items: string[][] = [];
    let start = '1';
    for (const line of block.split('\n')) {
      const match = child.exec(line);
      const current = items[items.length - 1];
      if (match) {
        if (!current) start = /^\d+/.exec(match[1] ?? '')?.[0] ?? '1';
        items.push([match[2] ?? '']);
      } else if (nested.test(line) && !current?.[0]?.startsWith(' '.repeat(indent))) items.push([line]);
      else current?.push(line);
    }
    return { items: items.map((lines) => lines.join('\n')), start };
  }

  function openList(parent: Element, items: string[], start: string, parser: BlockParser): Element {
    const sibling = parent.last;
    if (sibling && options.joins.includes(sibling.tag)) {
      joinItem(sibling, items.shift() ?? '', parser);
      return sibling;
    }
    if (isList(parent)) return parent;
    const list = parent.add(tag);
    if (options.keepsStart && start !== '1') list.attributes.set('start', start);
    return list;
  }

  return {
    test: (_, block) => first.test(block),
    run(parent, blocks, parser) {
      const { items, start } = itemsOf(blocks.take());
      const list = openList(parent, items, start, parser);
      parser.within('list', () => {
        for (const item of items) {
          const target = item.startsWith(' '.repeat(indent)) ? list.last : list.add('li');
          parser.parseBlocks(target ?? list, [item]);
        }
      });
    },
  };
}

/** A blank line stood before this item, so it and the one before it hold paragraphs. */
function joinItem(list: Element, item: string, parser: BlockParser): void {
  const before = list.last;
  if (before?.text) before.wrapText();
  const tail = before?.last;
  if (before && tail?.tail) {
    before.add('p').text = tail.tail.trimStart();
    tail.tail = '';
  }
  const added = list.add('li');
  parser.within('looselist', () => parser.parseBlocks(added, [item]));
}

/** Reads indented blocks that belong to a list item above them. */
export function createListIndentProcessor(
  indent: number = TAB,
  lists: readonly string[] = ['ul', 'ol'],
  items: readonly string[] = ['li'],
): BlockProcessor {
  const margin = ' '.repeat(indent);
  const holds = (names: readonly string[], element: Element | undefined) => !!element && names.includes(element.tag);

  function locate(parent: Element, block: string, parser: BlockParser): { level: number; sibling: Element } {
    const width = block.length - block.replace(/^ +/, '').length;
    const wanted = Math.floor(width / indent);
    let level = parser.isState('list') ? 1 : 0;
    let sibling = parent;
    while (wanted > level) {
      const child = sibling.last;
      if (!child || !(holds(lists, child) || holds(items, child))) break;
      if (holds(lists, child)) level++;
      sibling = child;
    }
    return { level, sibling };
  }

  function place(parent: Element, sibling: Element, block: string, parser: BlockParser): void {
    const target = sibling.last;
    if (holds(items, parent))
      parser.parseBlocks(holds(lists, parent.last) && parent.last ? parent.last : parent, [block]);
    else if (holds(items, sibling)) parser.parseBlocks(sibling, [block]);
    else if (target && holds(items, target)) {
      if (target.text) target.wrapText();
      parser.parseChunk(target, block);
    } else parser.parseBlocks(sibling.add(items[0] ?? 'li'), [block]);
  }

  return {
    test: (parent, block, parser) =>
      block.startsWith(margin) && !parser.isState('detabbed') && (holds(items, parent) || holds(lists, parent.last)),
    run(parent, blocks: BlockQueue, parser) {
      const block = blocks.take();
      const { level, sibling } = locate(parent, block, parser);
      parser.within('detabbed', () => place(parent, sibling, looseDetab(block, level * indent), parser));
    },
  };
}
