import { Element } from '../core/element.ts';
import { endOfRun, findCodeSpan } from '../core/inline/code.ts';
import { escapeAll } from '../core/serialize.ts';
import { defineExtension } from './define.ts';
import { toPainter } from './highlight.ts';

/** Code between backticks that may name its language: `#!py x`. */
export const inlinehilite = defineExtension({
  name: 'pymdownx.inlinehilite',
  aliases: [],
  install(registry, _, host) {
    registry.inline.add('backtick', 190, {
      triggers: '`',
      find(text, at, context) {
        const span = findCodeSpan(text, at, context);
        if (!span) return endOfRun(text, at, context);
        const code = span.code.trim();
        const match = /^(?:#!|:::)([\w#.+-]+) +/.exec(code);
        const node = match?.[1]
          ? toPainter(registry, host).inline(code.slice(match[0].length), match[1])
          : new Element('code').setAtomic(escapeAll(code));
        return { start: at, end: span.end, node };
      },
    });
  },
});
