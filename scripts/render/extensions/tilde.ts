import { createDoubleMarkRule, createSingleMarkRule } from '../core/inline/surrounded.ts';
import { toFlag } from '../core/options.ts';
import { defineExtension } from './define.ts';

/** `~~del~~` and `~sub~` */
export const tilde = defineExtension({
  name: 'pymdownx.tilde',
  aliases: [],
  install({ inline, escapable }, options) {
    escapable.add('~');
    if (toFlag(options.delete, true))
      inline.add('del', 65.1, createDoubleMarkRule('~', 'del', toFlag(options.smart_delete, true)));
    if (toFlag(options.subscript, true)) inline.add('sub', 65, createSingleMarkRule('~', 'sub'));
  },
});
