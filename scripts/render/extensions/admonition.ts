import { createContainerProcessor } from '../core/containers.ts';
import { defineExtension } from './define.ts';

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();

/** The classes of a call-out, and its title: as written, or the first class; none where it is written empty. */
export function readCallOut(words: string, title: string | undefined): { classes: string; title: string } {
  const classes = words.toLowerCase().replace(/ +/g, ' ');
  return { classes, title: title ?? capitalize(classes.split(' ')[0] ?? '') };
}

/** `!!! note "Title"` */
export const admonition = defineExtension({
  name: 'admonition',
  aliases: ['markdown.extensions.admonition'],
  install({ blocks }) {
    const processor = createContainerProcessor({
      head: /(?:^|\n)!!! ?([\w-]+(?: +[\w-]+)*)(?: +"(.*?)")? *(?:\n|$)/,
      open(parent, match) {
        const { classes, title } = readCallOut(match[1] ?? '', match[2]);
        const box = parent.add('div', [['class', `admonition ${classes}`]]);
        if (title) box.add('p', [['class', 'admonition-title']]).text = title;
        return box;
      },
      reopen: (last) => (last.tag === 'div' && last.hasClass('admonition') ? last : undefined),
    });
    blocks.add('admonition', 105, {
      ...processor,
      test: (parent, block, parser) =>
        (block.includes('!!!') || block.startsWith('    ')) && processor.test(parent, block, parser),
    });
  },
});
