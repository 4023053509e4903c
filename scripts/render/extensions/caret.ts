import { createDoubleMarkRule, createSingleMarkRule } from '../core/inline/surrounded.ts';
import { toFlag } from '../core/options.ts';
import { defineExtension } from './define.ts';

/** `^^ins^^` and `^sup^` */
export const caret = defineExtension({
  name: 'pymdownx.caret',
  aliases: [],
  install({ inline, escapable }, options) {
    escapable.add('^');
    if (toFlag(options.insert, true))
      inline.add('ins', 65.1, createDoubleMarkRule('^', 'ins', toFlag(options.smart_insert, true)));
    if (toFlag(options.superscript, true)) inline.add('sup', 65, createSingleMarkRule('^', 'sup'));
  },
});
