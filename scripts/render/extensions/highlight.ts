import { findCode } from '../core/blocks/code.ts';
import { descendants, Element } from '../core/element.ts';
import type { Fence } from '../core/fences.ts';
import { type Options, toFlag, toNumber } from '../core/options.ts';
import type { Registry } from '../core/registry.ts';
import { escapeAll, escapeAttribute } from '../core/serialize.ts';
import { defineExtension, type Host } from './define.ts';

export type Painter = {
  block(fence: Pick<Fence, 'language' | 'classes' | 'id' | 'options' | 'code'>): string;
  inline(code: string, language: string): Element;
};

const key = 'highlight options';

/** How code is painted in this tree: one way for fences, indented code and inline code. */
export function toPainter(registry: Registry, host: Host): Painter {
  const options = (registry.shared.get(key) ?? {}) as Options; // only this file writes under its key
  return {
    block: (fence) => paintBlock(fence, options, host),
    inline(code, language) {
      const element = new Element('code', [['class', `language-${language} highlight`]]);
      element.setAtomic(escapeAll(code));
      return element;
    },
  };
}

function paintBlock(
  fence: Pick<Fence, 'language' | 'classes' | 'id' | 'options' | 'code'>,
  options: Options,
  host: Host,
): string {
  const { language, code } = fence;
  const text = trimCode(code);
  const painted = (language && host.highlight(text, language)) || escapeAll(text);
  const classes = [`language-${language || 'text'}`, 'highlight', ...fence.classes];
  const title = fence.options.get('title');
  const head = title ? `<span class="filename">${escapeAll(title)}</span>` : '';
  const id = fence.id ? ` id="${escapeAttribute(fence.id)}"` : '';
  return `<div class="${escapeAttribute(classes.join(' '))}"${id}${lineAttributes(fence, options)}>${head}<pre><span></span><code>${painted}\n</code></pre></div>`;
}

function trimCode(code: string): string {
  return code.replace(/^\n+/, '').trimEnd();
}

function lineAttributes(fence: Pick<Fence, 'options'>, options: Options): string {
  const asked = fence.options.get('linenums');
  const start = asked === undefined ? (toFlag(options.linenums, false) ? 1 : 0) : toNumber(asked.split(' ')[0], 0);
  const marked = fence.options.get('hl_lines');
  return (
    (start > 0 ? ` data-line-start="${start}"` : '') + (marked ? ` data-marked-lines="${escapeAttribute(marked)}"` : '')
  );
}

/** Options of highlighting, and highlighting of indented code. */
export const highlight = defineExtension({
  name: 'pymdownx.highlight',
  aliases: [],
  install(registry, options, host) {
    registry.shared.set(key, { ...(registry.shared.get(key) ?? {}), ...options });
    // Where another extension brought it along, indented code is left alone.
    if (!toFlag(options.brought, false)) paintIndented(registry, host, (code) => ({ language: '', code }));
  },
});

type Indented = { language: string; code: string };
const firstLine = /^(?:(::+)|(#!))((?:\/\w+)*[/ ])?([\w#.+-]*)[ ]*(?:hl_lines=(?:"[^"\n]*"|'[^'\n]*')[ ]*)?(?:\n|$)/;

/** The first line of indented code may name its language: `:::python`, `#!python`. A path after `#!` stays. */
function readFirstLine(code: string): Indented {
  const match = firstLine.exec(code.trim());
  if (!match?.[4]) return { language: '', code };
  return { language: match[4].toLowerCase(), code: match[2] && match[3] ? code : code.trim().slice(match[0].length) };
}

/** Highlighting as Markdown itself brings it. */
export const codehilite = defineExtension({
  name: 'codehilite',
  aliases: ['markdown.extensions.codehilite'],
  install(registry, options, host) {
    if (toFlag(options.linenums, false))
      registry.shared.set(key, { ...(registry.shared.get(key) ?? {}), linenums: true });
    paintIndented(registry, host, readFirstLine);
  },
});

function paintIndented(registry: Registry, host: Host, read: (code: string) => Indented): void {
  registry.tree.add('indent-highlight', 30, (root, page) => {
    for (const element of [root, ...descendants(root)]) {
      for (const child of element.children) {
        const code = findCode(child);
        if (!code || code.children.length > 0 || child.children.length > 1) continue;
        child.tag = 'p';
        child.children = [];
        const text = unescapeAll(code.text);
        child.setAtomic(
          page.stash.store(toPainter(registry, host).block({ ...read(text), classes: [], id: '', options: new Map() })),
        );
      }
    }
  });
}

const unescapeAll = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
