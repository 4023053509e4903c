import { Element } from '../core/element.ts';
import type { InlineMatch } from '../core/inline-parser.ts';
import { toFlag } from '../core/options.ts';
import { hide } from '../core/stash.ts';
import { defineExtension } from './define.ts';

/** A backslash hides every character; it may make a line break of a line's end, and a space one that does not break. */
export const escapeall = defineExtension({
  name: 'pymdownx.escapeall',
  aliases: [],
  install({ inline }, options) {
    const breaks = toFlag(options.hardbreak, false);
    const keepsSpaces = toFlag(options.nbsp, false);
    inline.add('escape', 180, {
      triggers: '\\',
      find(text, at): InlineMatch | undefined {
        const char = text.slice(at + 1, at + 3).match(/^[\s\S]/u)?.[0];
        if (char === undefined || char === '\ufdd0') return undefined;
        const end = at + 1 + char.length;
        if (char === '\n') return breaks ? { start: at, end, node: new Element('br') } : undefined;
        return { start: at, end, node: hide(char === ' ' && keepsSpaces ? '\u00a0' : char) };
      },
    });
  },
});
