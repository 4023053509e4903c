import { assignAttributes, readAttributes } from '../core/attributes.ts';
import { descendants, type Element } from '../core/element.ts';
import type { Registry } from '../core/registry.ts';
import { defineExtension } from './define.ts';

type Place = { owner: Element; field: 'text' | 'tail' };
type List = { body: string; start: number };

const inHeading = /[ ]+\{:?[ ]*([^}\n ][^\n]*)\}[ ]*$/;
const ownLine = /\n[ ]*\{:?[ ]*([^}\n ][^\n]*)\}[ ]*$/;

/** Finds a list of attributes at the end of a text: behind a heading, or on a line of its own. */
function findAtEnd(text: string, pattern: RegExp): List | undefined {
  const end = text.trimEnd();
  if (!end.endsWith('}')) return undefined;
  const from = Math.max(end.lastIndexOf('\n'), 0);
  const match = pattern.exec(text.slice(from));
  // Braces with a colon alone are no list.
  return match && match[1]?.trim() !== ':' ? { body: match[1] ?? '', start: from + match.index } : undefined;
}

const isHeading = (element: Element): boolean => /^h[1-6]$/.test(element.tag);

/** Where the text of a block element ends, nested lists left out; its first text where nothing stands behind the last child. */
function endOf(element: Element): Place | undefined {
  const list = element.tag === 'li' ? element.children.findIndex(({ tag }) => tag === 'ul' || tag === 'ol') : -1;
  const before = list < 0 ? element.last : element.children[list - 1];
  if (before?.tail) return { owner: before, field: 'tail' };
  return element.text ? { owner: element, field: 'text' } : undefined;
}

function applyToBlock(element: Element): void {
  const heading = isHeading(element);
  const pattern = heading || ['dt', 'td', 'th'].includes(element.tag) ? inHeading : ownLine;
  const place = endOf(element);
  if (!place) return;
  const text = place.owner[place.field];
  const list = findAtEnd(text, pattern);
  if (!list) return;
  const { attributes, rest } = readAttributes(list.body);
  if (rest.trim() !== '') return;
  assignAttributes(element, attributes);
  const kept = text.slice(0, list.start);
  place.owner[place.field] = heading ? kept.replace(/#+$/, '').trimEnd() : kept;
}

function applyToInline(element: Element): void {
  const match = /^\{:?[ ]*([^}\n ][^\n]*)/.exec(element.tail);
  if (!match?.[1]?.includes('}')) return;
  const { attributes, rest } = readAttributes(match[1]);
  if (!rest.startsWith('}')) return;
  assignAttributes(element, attributes);
  element.tail = rest.slice(1) + element.tail.slice(match[0].length);
}

function install({ tree, blockTags }: Registry): void {
  tree.add('attr_list', 8, (root) => {
    for (const element of descendants(root)) {
      if (blockTags.has(element.tag)) applyToBlock(element);
      else if (element.tag !== 'br' && element.tail.startsWith('{')) applyToInline(element);
    }
  });
}

/** `{ .class #id key=value }` behind links, images, headings, and on a line below blocks. */
export const attrList = defineExtension({ name: 'attr_list', aliases: ['markdown.extensions.attr_list'], install });
