import { Element } from '../core/element.ts';
import { toText } from '../core/options.ts';
import { escapeAttribute } from '../core/serialize.ts';
import { defineExtension } from './define.ts';

const twemoji = { style: 'twemoji', source: 'https://cdn.jsdelivr.net/gh/jdecked/twemoji@16.0.1/assets/svg/' };
const emojione = { style: 'emojione', source: 'https://cdnjs.cloudflare.com/ajax/libs/emojione/2.2.7/assets/svg/' };

/** Both collections name a picture after the code points; the selector of the coloured form counts only in joined emoji. */
function toFileName(chars: string): string {
  const codes = [...chars].map((char) => char.codePointAt(0)?.toString(16).padStart(4, '0') ?? '');
  return (codes.includes('200d') ? codes : codes.filter((code) => code !== 'fe0f')).join('-');
}

/** EmojiOne asks for the coloured form of characters that are older than emoji. */
const withSelector = (chars: string): string => (chars.length === 1 ? `${chars}\ufe0f` : chars);

/** Twemoji names it only where emoji are joined. */
const withoutSelector = (chars: string): string => (chars.includes('\u200d') ? chars : chars.replace('\ufe0f', ''));

/** `:smile:` and `:material-account:` */
export const emoji = defineExtension({
  name: 'pymdownx.emoji',
  aliases: ['materialx.emoji'],
  install({ inline, escapable }, options, host) {
    escapable.add(':');
    const isMaterial = /material/.test(toText(options.emoji_index, ''));
    const pattern = /:([+\-\p{L}\p{N}_]+):/uy;
    inline.add('emoji', 75, {
      triggers: ':',
      find(text, at, { page }) {
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        const name = match?.[1];
        if (!match || !name) return undefined;
        const end = at + match[0].length;
        const svg = isMaterial ? host.icon(name) : undefined;
        if (svg) {
          const span = new Element('span', [['class', 'twemoji']]);
          span.setAtomic(page.stash.store(svg));
          return { start: at, end, node: span };
        }
        const chars = host.emoji(name);
        if (!chars) return undefined;
        const { style, source } = isMaterial ? twemoji : emojione;
        const image = `<img alt="${isMaterial ? withoutSelector(chars) : withSelector(chars)}" class="${style}" src="${source}${toFileName(chars)}.svg" title=":${escapeAttribute(name)}:" />`;
        return { start: at, end, node: page.stash.store(image) };
      },
    });
  },
});
