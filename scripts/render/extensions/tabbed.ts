import { createContainerProcessor } from '../core/containers.ts';
import { defineNote } from '../core/conversion.ts';
import { descendants, Element } from '../core/element.ts';
import { toFlag } from '../core/options.ts';
import type { Registry } from '../core/registry.ts';
import { defineExtension } from './define.ts';
import { headingText, slugify, type TakenIds, uniqueId } from './toc.ts';

const head = /(?:^|\n)={3}(\+!?|!\+?)? +"(.*?)" *(?:\n|$)/;

/** Opens the next tab, in the set above or in a new one; `+` selects it, `!` begins a set. */
export function openTab(parent: Element, flags: string, title: string, nextSet: () => number): Element {
  const last = parent.last;
  const joins = !flags.includes('!') && last?.tag === 'div' && last.hasClass('tabbed-set');
  const set = joins && last ? last : addSet(parent, nextSet());
  // A set is its inputs, the box of its labels, the box of its contents.
  const [labels, contents] = set.children.slice(-2);
  const group = set.attribute('data-tabs') ?? '';
  const number = set.children.length - 1;
  const input = new Element('input', [
    ['id', `__tabbed_${group}_${number}`],
    ['name', `__tabbed_${group}`],
    ['type', 'radio'],
  ]);
  set.children.splice(-2, 0, input);
  if (number === 1 || flags.includes('+')) {
    const selected = set.children.findLast((child) => child.attribute('checked') !== undefined);
    selected?.attributes.delete('checked');
    input.attributes.set('checked', 'checked');
  }
  const label = labels?.add('label', [['for', `__tabbed_${group}_${number}`]]);
  if (label) label.text = title;
  return (contents ?? set).add('div', [['class', 'tabbed-block']]);
}

function addSet(parent: Element, number: number): Element {
  const set = parent.add('div', [
    ['class', 'tabbed-set tabbed-alternate'],
    ['data-tabs', `${number}:0`],
  ]);
  set.attributes.set('data-tabs', String(number));
  set.add('div', [['class', 'tabbed-labels']]);
  set.add('div', [['class', 'tabbed-content']]);
  return set;
}

/** How many sets of tabs a page has. */
export const tabSets = defineNote(() => ({ sets: 0 }));

function install(registry: Registry, slugged: boolean, combined: boolean): void {
  const current = { nextSet: () => 0 };
  const processor = createContainerProcessor({
    head,
    open: (parent, [, flags = '', title = '']) => openTab(parent, flags, title, current.nextSet),
    reopen: (last) => (last.tag === 'div' && last.hasClass('tabbed-set') ? last.last?.last : undefined),
  });
  registry.blocks.add('tabbed', 105, {
    test: (parent, block, parser) =>
      (block.includes('===') || block.startsWith('    ')) && processor.test(parent, block, parser),
    run(parent, blocks, parser) {
      current.nextSet = () => ++parser.page.note(tabSets).sets;
      return processor.run(parent, blocks, parser);
    },
  });
  if (slugged)
    registry.tree.add('tab_slugify', 4, (root, page) =>
      slugTabs(root, page.ids, combined, (element) => headingText(element, page, registry)),
    );
}

/** Names tabs after their labels, so that a link can point at one. */
function slugTabs(root: Element, ids: TakenIds, combined: boolean, textOfLabel: (label: Element) => string): void {
  let heading = '';
  for (const element of descendants(root)) {
    if (/^h[1-6]$/.test(element.tag)) heading = element.attribute('id') ?? '';
    if (!element.hasClass('tabbed-set')) continue;
    const inputs = element.children.filter(({ tag }) => tag === 'input');
    const labels = element.children.find((child) => child.hasClass('tabbed-labels'))?.children ?? [];
    labels.forEach((label, index) => {
      const slug = slugify(textOfLabel(label), '-', 'lower');
      const id = uniqueId(combined && heading ? `${heading}-${slug}` : slug, ids);
      inputs[index]?.attributes.set('id', id);
      label.attributes.set('for', id);
    });
  }
}

/** `=== "Title"`: contents side by side, of which one is shown. */
export const tabbed = defineExtension({
  name: 'pymdownx.tabbed',
  aliases: [],
  install: (registry, options) =>
    install(
      registry,
      options.slugify !== undefined && options.slugify !== null && options.slugify !== false,
      toFlag(options.combine_header_slug, false),
    ),
});
