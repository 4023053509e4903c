import type { Conversion } from '../core/conversion.ts';
import { toText } from '../core/options.ts';
import { defineExtension } from './define.ts';

type Form = { open: string; close: string; tag: string; classes: string };

const forms: readonly Form[] = [
  { open: '{++', close: '++}', tag: 'ins', classes: 'critic' },
  { open: '{--', close: '--}', tag: 'del', classes: 'critic' },
  { open: '{==', close: '==}', tag: 'mark', classes: 'critic' },
  { open: '{>>', close: '<<}', tag: 'span', classes: 'critic comment' },
];

type Write = (form: Pick<Form, 'tag' | 'classes'>, text: string, alone: boolean) => string;
type Mode = 'view' | 'accept' | 'reject';

/** How a marked text is shown: with its marks, as if accepted, or as if rejected. */
function createWriter(mode: Mode, page: Conversion): Write {
  const kept: Readonly<Record<Mode, string>> = { view: '', accept: 'ins', reject: 'del' };
  if (mode !== 'view') return ({ tag }, text) => (tag === kept[mode] || tag === 'mark' ? text : '');
  return ({ tag, classes }, text, alone) => {
    const isBlock = alone && text.startsWith('\n\n') && text.endsWith('\n\n');
    // The comment makes it raw HTML of the block kind, which no paragraph is put around.
    const mark = isBlock ? '<!---->' : '';
    const open = page.stash.store(`${mark}<${tag} class="${classes}${isBlock ? ' block' : ''}">`);
    const close = page.stash.store(`${mark}</${tag}>`);
    return isBlock ? `\n\n${open}${text}${close}\n\n` : open + text + close;
  };
}

function substitute(inner: string, write: Write): string {
  const arrow = inner.indexOf('~>');
  return (
    write({ tag: 'del', classes: 'critic' }, inner.slice(0, arrow), false) +
    write({ tag: 'ins', classes: 'critic' }, inner.slice(arrow + 2), false)
  );
}

/** Whether nothing else stands on the lines where a marked text begins and ends. */
function isAlone(text: string, start: number, end: number): boolean {
  return (
    /(?:^|\n) {0,3}$/.test(text.slice(Math.max(0, start - 5), start)) && /^ *(?:\n|$)/.test(text.slice(end, end + 20))
  );
}

function rewrite(text: string, write: Write): string {
  const missing = new Set<string>();
  let out = '';
  let from = 0;
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', Math.max(at + 1, from))) {
    const open = text.slice(at, at + 3);
    const form = forms.find((row) => row.open === open);
    const close = form?.close ?? (open === '{~~' ? '~~}' : '');
    if (!close || missing.has(close)) continue;
    const end = text.indexOf(close, at + 3);
    if (end < 0) missing.add(close);
    const inner = text.slice(at + 3, end);
    if (end < 0 || (!form && !inner.includes('~>'))) continue;
    out += text.slice(from, at) + (form ? write(form, inner, isAlone(text, at, end + 3)) : substitute(inner, write));
    from = end + 3;
  }
  return out + text.slice(from);
}

/** Marks of editors: `{++added++}`, `{--removed--}`, `{~~old~>new~~}`, `{==marked==}`, `{>>comment<<}`. */
export const critic = defineExtension({
  name: 'pymdownx.critic',
  aliases: [],
  install({ preprocessors }, options) {
    const asked = toText(options.mode, 'view');
    const mode: Mode = asked === 'accept' || asked === 'reject' ? asked : 'view';
    preprocessors.add('critic', 19, (text, page) =>
      text.includes('{') ? rewrite(text, createWriter(mode, page)) : text,
    );
  },
});
