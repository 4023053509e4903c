import { hashHeadingProcessor } from '../core/blocks/headings.ts';
import { defineExtension } from './define.ts';

const spaced = /(?:^|\n)#{1,6}[ ]/;
const tight = /(^|\n)(#{1,6})(?=[^#\s])/g;

/** A heading has a space behind its marks, so that `#123` can begin a line. */
export const saneheaders = defineExtension({
  name: 'pymdownx.saneheaders',
  aliases: [],
  install({ blocks }) {
    blocks.add('hashheader', 70, {
      test: (_, block) => spaced.test(block),
      run(parent, queue, parser) {
        queue.put(queue.take().replace(tight, '$1\\$2'));
        return hashHeadingProcessor.run(parent, queue, parser);
      },
    });
  },
});
