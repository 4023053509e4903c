import { assignAttributes } from '../core/attributes.ts';
import type { BlockParser, BlockProcessor, BlockQueue } from '../core/block-parser.ts';
import { Element } from '../core/element.ts';
import { isRecord, type Options, toFlag, toText } from '../core/options.ts';
import type { Registry } from '../core/registry.ts';
import { parseYaml } from '../yaml.ts';
import { readCallOut } from './admonition.ts';
import { defineExtension } from './define.ts';
import { openTab, tabSets } from './tabbed.ts';

/** What `/// name | argument` and the indented options below it say. */
type Head = { name: string; argument: string; options: Options };
/** One kind of block: makes its element and returns the one that takes the content. */
type Open = (parent: Element, head: Head, parser: BlockParser) => Element;
type Kinds = Map<string, Open>;

const start = /(?:^|\n) {0,3}(\/{3,})[ ]*([\w-]+)[ ]*(?:\|[ ]*([^\n]*?))?[ ]*(?:\n|$)/;
const kindsKey = 'blocks';

function kindsOf(registry: Registry): Kinds {
  const known = registry.shared.get(kindsKey) as Kinds | undefined; // only this file writes under its key
  if (known) return known;
  const kinds: Kinds = new Map();
  registry.shared.set(kindsKey, kinds);
  registry.blocks.add('blocks', 89.99, createBlocksProcessor(kinds));
  return kinds;
}

function createBlocksProcessor(kinds: Kinds): BlockProcessor {
  return {
    test: (_, block) => block.includes('///') && kinds.has(start.exec(block)?.[2]?.toLowerCase() ?? ''),
    run(parent, blocks, parser) {
      const block = blocks.take();
      const match = start.exec(block);
      const open = kinds.get(match?.[2]?.toLowerCase() ?? '');
      if (!match || !open) return false;
      if (match.index > 0) parser.parseBlocks(parent, [block.slice(0, match.index)]);
      const { options, rest } = readOptions(block.slice(match.index + match[0].length));
      const content = takeContent(rest, match[1] ?? '///', blocks);
      const head = { name: match[2]?.toLowerCase() ?? '', argument: match[3] ?? '', options };
      const target = open(parent, head, parser);
      parser.parseChunk(target, content);
      return true;
    },
  };
}

/** Options are the indented lines right below the head, in YAML. */
function readOptions(text: string): { options: Options; rest: string } {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('    '));
  const own = end < 0 ? lines : lines.slice(0, end);
  const { value } = own.length > 0 && own[0] !== '' ? parseYaml(own.join('\n')) : { value: undefined };
  return isRecord(value) ? { options: value, rest: lines.slice(own.length).join('\n') } : { options: {}, rest: text };
}

/** Everything up to the line that closes the block; what follows that line goes back to the queue. */
function takeContent(first: string, fence: string, blocks: BlockQueue): string {
  const close = new RegExp(`(?:^|\\n) {0,3}${fence}[ ]*(?:\\n|$)`);
  const content: string[] = [];
  for (
    let block: string | undefined = first;
    block !== undefined;
    block = blocks.size > 0 ? blocks.take() : undefined
  ) {
    const match = close.exec(block);
    if (!match) {
      content.push(block);
      continue;
    }
    content.push(block.slice(0, match.index));
    const rest = block.slice(match.index + match[0].length);
    if (rest.trim()) blocks.put(rest);
    break;
  }
  return content.join('\n\n');
}

function applyAttributes(element: Element, { options }: Head): Element {
  const { attrs } = options;
  if (!isRecord(attrs)) return element;
  const list = Object.entries(attrs).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  assignAttributes(
    element,
    list.map(([name, value]) => [name === 'class' ? '.' : name, String(value)]),
  );
  return element;
}

/** The types that an extension offers as names of their own, such as `/// note`. */
function readTypes(
  options: Options,
  otherwise: readonly string[],
): Map<string, { type: string; title: string | undefined }> {
  const rows: unknown[] = Array.isArray(options.types) ? options.types : [...otherwise];
  return new Map(
    rows.flatMap((row) => {
      if (typeof row === 'string') return [[row, { type: row, title: undefined }] as const];
      if (!isRecord(row)) return [];
      const name = toText(row.name, '');
      return [
        [
          name,
          { type: toText(row.class, name), title: typeof row.title === 'string' ? row.title : undefined },
        ] as const,
      ];
    }),
  );
}

type Types = ReturnType<typeof readTypes>;

function toCallOut(head: Head, types: Types): { classes: string; title: string } {
  const known = types.get(head.name);
  const type = known?.type ?? toText(head.options.type, '');
  return readCallOut(type, head.argument || known?.title || (type ? undefined : ''));
}

const callOuts = ['note', 'attention', 'caution', 'danger', 'error', 'tip', 'hint', 'warning'];

/** `/// admonition | Title` */
export const blocksAdmonition = defineExtension({
  name: 'pymdownx.blocks.admonition',
  aliases: [],
  install(registry, options) {
    const types = readTypes(options, callOuts);
    const open: Open = (parent, head) => {
      const { classes, title } = toCallOut(head, types);
      const box = applyAttributes(parent.add('div', [['class', `admonition ${classes}`.trim()]]), head);
      if (title) box.add('p', [['class', 'admonition-title']]).text = title;
      return box;
    };
    for (const name of ['admonition', ...types.keys()]) kindsOf(registry).set(name, open);
  },
});

/** `/// details | Title` */
export const blocksDetails = defineExtension({
  name: 'pymdownx.blocks.details',
  aliases: [],
  install(registry, options) {
    const types = readTypes(options, []);
    const open: Open = (parent, head) => {
      const { classes, title } = toCallOut(head, types);
      const box = applyAttributes(parent.add('details', classes ? [['class', classes]] : []), head);
      if (toFlag(head.options.open, false)) box.attributes.set('open', 'open');
      if (title) box.add('summary').text = title;
      return box;
    };
    for (const name of ['details', ...types.keys()]) kindsOf(registry).set(name, open);
  },
});

/** `/// tab | Title` */
export const blocksTab = defineExtension({
  name: 'pymdownx.blocks.tab',
  aliases: [],
  install(registry) {
    kindsOf(registry).set('tab', (parent, head, parser) => {
      const flags = (toFlag(head.options.new, false) ? '!' : '') + (toFlag(head.options.select, false) ? '+' : '');
      return applyAttributes(
        openTab(parent, flags, head.argument, () => ++parser.page.note(tabSets).sets),
        head,
      );
    });
  },
});

/** `/// html | div.class#id` */
export const blocksHtml = defineExtension({
  name: 'pymdownx.blocks.html',
  aliases: [],
  install(registry) {
    kindsOf(registry).set('html', (parent, head) => {
      const tag = /^[a-zA-Z][\w-]*/.exec(head.argument)?.[0] ?? 'div';
      const element = parent.add(tag.toLowerCase());
      for (const [, mark, name = ''] of head.argument.matchAll(/([.#])([\w-]+)/g)) {
        if (mark === '.') element.addClass(name);
        else element.attributes.set('id', name);
      }
      for (const [, name = '', value = ''] of head.argument.matchAll(/\[([\w-]+)="?([^\]"]*)"?\]/g))
        element.attributes.set(name, value);
      return applyAttributes(element, head);
    });
  },
});

/** `/// define` */
export const blocksDefinition = defineExtension({
  name: 'pymdownx.blocks.definition',
  aliases: [],
  install(registry) {
    kindsOf(registry).set('define', (parent, head) => applyAttributes(parent.add('dl'), head));
    registry.tree.add('define', 26, arrangeDefinitions);
  },
});

/** Paragraphs of a list of definitions are terms, and the items of its lists are what they mean. */
function arrangeDefinitions(root: Element): void {
  for (const parent of root.children) arrangeDefinitions(parent);
  if (root.tag !== 'dl' || root.children.some(({ tag }) => tag === 'dt')) return;
  root.children = root.children.flatMap((child) => {
    if (child.tag === 'p') child.tag = 'dt';
    if (child.tag !== 'ul' && child.tag !== 'ol') return [child];
    for (const entry of child.children) entry.tag = 'dd';
    return child.children;
  });
}

/** `/// caption` below an image, a table or code. */
export const blocksCaption = defineExtension({
  name: 'pymdownx.blocks.caption',
  aliases: [],
  install(registry) {
    const open: Open = (parent, head) => {
      const before = parent.children.pop();
      const figure = new Element('figure');
      if (before) figure.children.push(before);
      parent.children.push(figure);
      return applyAttributes(figure, head).add('figcaption');
    };
    for (const name of ['caption', 'figure-caption', 'table-caption']) kindsOf(registry).set(name, open);
  },
});
