import { Element } from '../core/element.ts';
import { defineExtension } from './define.ts';

/** Every line break of the source is one of the page. */
export const nl2br = defineExtension({
  name: 'nl2br',
  aliases: ['markdown.extensions.nl2br'],
  install({ inline }) {
    inline.add('nl', 5, { triggers: '\n', find: (_, at) => ({ start: at, end: at + 1, node: new Element('br') }) });
  },
});
