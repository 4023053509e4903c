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
const graphvizBlock = new RegExp(`^\\{%[ ]+(?:${engines})[ ]+\\S+[ ]*\\n([\\s\\S]*?)%\\}[ ]*$`, 'gm');

/** ```` ```graphviz dot name.svg ```` and `{% dot name.svg … %}`: the engine and the file do not matter, the source does. */
export const inlineGraphviz = defineExtension({
  name: 'markdown_inline_graphviz',
  aliases: ['markdown_graphviz_inline', 'mkdocs_graphviz'],
  install(registry, _, host) {
    registry.preprocessors.add('graphviz', 27, (text, page) =>
      text
        .replace(graphvizFence, '$1$2graphviz')
        .replace(graphvizBlock, (_all, code: string) => keepSource({ language: 'dot', code }, page, registry, host)),
    );
  },
});

const umlBlock = /^::uml::[^\n]*\n([\s\S]*?)^::end-uml::[ ]*$/gm;

/** ```` ```plantuml format="png" ```` and `::uml:: … ::end-uml::`: sources with options that only a drawing would have. */
export const plantuml = defineExtension({
  name: 'plantuml_markdown',
  aliases: ['plantuml-markdown'],
  install(registry, _, host) {
    const keep = (code: string, page: Conversion) => keepSource({ language: 'plantuml', code }, page, registry, host);
    registry.preprocessors.add('plantuml', 26, (text, page) =>
      replaceFences(text, ({ language, code, braces, options }) =>
        language === 'plantuml' && !braces && options.size > 0 ? keep(code, page) : null,
      ).replace(umlBlock, (_all, code: string) => keep(code, page)),
    );
  },
});
