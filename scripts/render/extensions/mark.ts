import { createDoubleMarkRule } from '../core/inline/surrounded.ts';
import { toFlag } from '../core/options.ts';
import { defineExtension } from './define.ts';

/** `==mark==` */
export const mark = defineExtension({
  name: 'pymdownx.mark',
  aliases: [],
  install({ inline, escapable }, options) {
    escapable.add('=');
    inline.add('mark', 65, createDoubleMarkRule('=', 'mark', toFlag(options.smart_mark, true)));
  },
});
