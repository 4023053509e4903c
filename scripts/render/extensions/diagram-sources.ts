import type { Conversion } from '../core/conversion.ts';
import { type Fence, replaceFences } from '../core/fences.ts';
import type { Registry } from '../core/registry.ts';
import { defineExtension, type Host } from './define.ts';
import { toPainter } from './highlight.ts';

type Source = Pick<Fence, 'language' | 'code'>;

/** A source stays code here; who draws diagrams finds it by its language. */
function keepSource(source: Source, page: Conversion, registry: Registry, host: Host): string {
  const block = toPainter(registry, host).block({ ...source, classes: [], id: '', options: new Map() });
  return page.stash.store(block);
}

const engines = 'dot|neato|fdp|sfdp|twopi|circo';
const graphvizFence = new RegExp(`^([> ]*)(\`{3}|~{3})[ ]*graphviz[ ]+(?:${engines})[ ]+\\S+[ ]*$`, 'gm');
const graphvizOpen = new RegExp(`^\\{%[ ]+(?:${engines})[ ]+\\S+[ ]*\\n`, 'gm');
const graphvizClose = /%\}[ ]*$/gm;

/** Replaces what stands between an opening and the next closing; without a closing ahead nothing more is looked for. */
function replaceBetween(text: string, open: RegExp, close: RegExp, write: (inner: string) => string): string {
  let out = '';
  let from = 0;
  open.lastIndex = 0;
  for (let start = open.exec(text); start; start = open.exec(text)) {
    close.lastIndex = open.lastIndex;
    const end = close.exec(text);
    if (!end) break;
    out += text.slice(from, start.index) + write(text.slice(open.lastIndex, end.index));
    from = close.lastIndex;
    open.lastIndex = from;
  }
  return out + text.slice(from);
}

/** ```` ```graphviz dot name.svg ```` and `{% dot name.svg … %}`: the engine and the file do not matter, the source does. */
export const inlineGraphviz = defineExtension({
  name: 'markdown_inline_graphviz',
  aliases: ['markdown_graphviz_inline', 'mkdocs_graphviz'],
  install(registry, _, host) {
    registry.preprocessors.add('graphviz', 27, (text, page) =>
      replaceBetween(text.replace(graphvizFence, '$1$2graphviz'), graphvizOpen, graphvizClose, (code) =>
        keepSource({ language: 'dot', code }, page, registry, host),
      ),
    );
  },
});

const umlOpen = /^::uml::[^\n]*\n/gm;
const umlClose = /^::end-uml::[ ]*$/gm;

/** ```` ```plantuml format="png" ```` and `::uml:: … ::end-uml::`: sources with options that only a drawing would have. */
export const plantuml = defineExtension({
  name: 'plantuml_markdown',
  aliases: ['plantuml-markdown'],
  install(registry, _, host) {
    const keep = (code: string, page: Conversion) => keepSource({ language: 'plantuml', code }, page, registry, host);
    registry.preprocessors.add('plantuml', 26, (text, page) => {
      const fenced = replaceFences(text, ({ language, code, braces, options }) =>
        language === 'plantuml' && !braces && options.size > 0 ? keep(code, page) : null,
      );
      return replaceBetween(fenced, umlOpen, umlClose, (code) => keep(code, page));
    });
  },
});
