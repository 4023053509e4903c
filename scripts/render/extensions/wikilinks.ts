import { Element } from '../core/element.ts';
import { toText } from '../core/options.ts';
import { defineExtension } from './define.ts';

const link = /\[\[([\w -]+)\]\]/y;

/** `[[Page name]]` */
export const wikilinks = defineExtension({
  name: 'wikilinks',
  aliases: ['markdown.extensions.wikilinks'],
  install({ inline }, options) {
    const [base, end] = [toText(options.base_url, '/'), toText(options.end_url, '/')];
    const name = toText(options.html_class, 'wikilink');
    inline.add('wikilink', 75, {
      triggers: '[',
      find(text, at) {
        link.lastIndex = at;
        const match = link.exec(text);
        if (!match?.[1]) return undefined;
        const label = match[1].trim();
        const href = `${base}${label.replace(/ +_|_ +| +/g, '_')}${end}`;
        const node =
          label === ''
            ? ''
            : new Element(
                'a',
                name
                  ? [
                      ['class', name],
                      ['href', href],
                    ]
                  : [['href', href]],
              );
        if (node !== '') node.text = label;
        return { start: at, end: at + match[0].length, node };
      },
    });
  },
});
