import { descendants } from '../core/element.ts';
import { defineExtension } from './define.ts';

const attribute = /\{@([^}=\n]+)=([^}]*)\}/g;

/** `{@id=name}` in a text sets an attribute of what is around it, as the first Markdown had it. */
export const legacyAttrs = defineExtension({
  name: 'legacy_attrs',
  aliases: ['markdown.extensions.legacy_attrs'],
  install({ tree }) {
    tree.add('legacyattrs', 15, (root) => {
      for (const element of descendants(root)) {
        const read = (text: string): string =>
          text.includes('{@')
            ? text.replace(attribute, (_, name: string, value: string) => {
                element.attributes.set(name.trim(), value.replace(/\n/g, ' '));
                return '';
              })
            : text;
        element.text = read(element.text);
        const alt = element.attribute('alt');
        if (alt?.includes('{@')) element.attributes.set('alt', read(alt));
        for (const child of element.children) child.tail = read(child.tail);
      }
    });
  },
});
