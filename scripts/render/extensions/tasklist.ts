import { descendants, type Element } from '../core/element.ts';
import { defineExtension } from './define.ts';

const box = /^ *\[([xX ])\] +/;

const control = (checked: boolean): string =>
  `<label class="task-list-control"><input type="checkbox" disabled${checked ? ' checked' : ''}/><span class="task-list-indicator"></span></label>`;

/** The element whose text may begin with a box: the item, or its first paragraph. */
function textHolder(entry: Element): Element | undefined {
  if (entry.text.trim()) return entry;
  const first = entry.children[0];
  return first?.tag === 'p' ? first : undefined;
}

/** `- [x] done` */
export const tasklist = defineExtension({
  name: 'pymdownx.tasklist',
  aliases: [],
  install({ tree }) {
    tree.add('task-list', 25, (root, page) => {
      for (const list of descendants(root)) {
        if (list.tag !== 'ul' && list.tag !== 'ol') continue;
        for (const entry of list.children) {
          const holder = textHolder(entry);
          const match = holder && box.exec(holder.text);
          if (!holder || !match) continue;
          holder.text = page.stash.store(control(match[1] !== ' ')) + holder.text.slice(match[0].length);
          entry.addClass('task-list-item');
          if (!list.hasClass('task-list')) list.addClass('task-list');
        }
      }
    });
  },
});
