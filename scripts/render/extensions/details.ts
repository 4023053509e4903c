import { createContainerProcessor } from '../core/containers.ts';
import { readCallOut } from './admonition.ts';
import { defineExtension } from './define.ts';

/** `??? note "Title"`: a call-out that opens and closes; `???+` stands open. */
export const details = defineExtension({
  name: 'pymdownx.details',
  aliases: [],
  install({ blocks }) {
    const processor = createContainerProcessor({
      head: /(?:^|\n)\?{3}(\+)? ?(?:([\w-]+(?: +[\w-]+)*)(?: +"(.*?)")?| +"(.*?)")[ ]*(?:\n|$)/,
      open(parent, [, isOpen, words, title, onlyTitle]) {
        const { classes, title: shown } = readCallOut(words ?? '', title ?? onlyTitle);
        const box = parent.add('details');
        if (classes) box.attributes.set('class', classes);
        if (isOpen) box.attributes.set('open', 'open');
        box.add('summary').text = shown;
        return box;
      },
      reopen: (last) => (last.tag === 'details' ? last : undefined),
    });
    blocks.add('details', 105, {
      ...processor,
      test: (parent, block, parser) =>
        (block.includes('???') || block.startsWith('    ')) && processor.test(parent, block, parser),
    });
  },
});
