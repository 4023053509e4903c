import { createCodeProcessor } from '../core/blocks/code.ts';
import { defineNote } from '../core/conversion.ts';
import { type Fence, replaceFences } from '../core/fences.ts';
import { isRecord, type Options, toText } from '../core/options.ts';
import { escapeAll } from '../core/serialize.ts';
import { defineExtension } from './define.ts';
import { toPainter } from './highlight.ts';

const sources = defineNote(() => new Map<string, string>());

/** What becomes of fences of some language instead of highlighting: Mermaid, mathematics. */
type CustomFence = { name: string; className: string; element: 'pre' | 'div' };

function readCustomFences(options: Options): CustomFence[] {
  const list = Array.isArray(options.custom_fences) ? options.custom_fences : [];
  return list.filter(isRecord).map((row) => ({
    name: toText(row.name, ''),
    className: toText(row.class, toText(row.name, '')),
    element: /div|arithmatex/.test(toText(row.format, '')) ? 'div' : 'pre',
  }));
}

function renderCustom({ className, element }: CustomFence, { classes, id, code }: Fence): string {
  const open = `class="${escapeAll([className, ...classes].join(' '))}"${id ? ` id="${escapeAll(id)}"` : ''}`;
  if (className === 'arithmatex')
    return `<${element === 'pre' ? 'span' : 'div'} ${open}>\\[\n${escapeAll(code)}\n\\]</${element === 'pre' ? 'span' : 'div'}>`;
  return element === 'pre'
    ? `<pre ${open}><code>${escapeAll(code)}</code></pre>`
    : `<div ${open}>${escapeAll(code)}</div>`;
}

const optionForms: Readonly<Record<string, RegExp>> = {
  hl_lines: /^\d+(?:-\d+)?(?:[ ]+\d+(?:-\d+)?)*$/,
  linenums: /^\d+/,
  title: /^/,
};

/** Outside of braces only the options of highlighting may stand; anything else makes the line no fence. */
const hasKnownOptions = ({ options }: Fence, isCustom: boolean): boolean =>
  options.size === 0 || (!isCustom && [...options].every(([key, value]) => optionForms[key]?.test(value)));

const codeProcessor = createCodeProcessor();

/** Fenced code, nested anywhere, with titles, line numbers and custom fences. */
export const superfences = defineExtension({
  name: 'pymdownx.superfences',
  aliases: [],
  brings: ['pymdownx.highlight'],
  install(registry, options, host) {
    const custom = readCustomFences(options);
    registry.preprocessors.add('fenced_code_block', 25, (text, page) =>
      replaceFences(text, (fence) => {
        const row = custom.find(({ name }) => name === fence.language || name === '*');
        if (!fence.braces && !hasKnownOptions(fence, row !== undefined)) return null;
        const html = row ? renderCustom(row, fence) : toPainter(registry, host).block(fence);
        const placeholder = page.stash.store(html);
        page.note(sources).set(placeholder, fence.source);
        return placeholder;
      }),
    );
    registry.blocks.add('code', 80, {
      ...codeProcessor,
      run(parent, blocks, parser) {
        const known = parser.page.note(sources);
        if (known.size > 0) blocks.put(restoreSources(blocks.take(), known));
        return codeProcessor.run(parent, blocks, parser);
      },
    });
  },
});

/** Fences in a block that begins as indented code are text again. */
function restoreSources(code: string, known: Map<string, string>): string {
  return code.replace(/^( *)(\ufdd0r\d+\ufdd1)/gm, (all, indent: string, placeholder: string) => {
    const source = known.get(placeholder);
    if (source === undefined) return all;
    const lines = source.split('\n');
    const width = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
    return lines.map((line) => indent + line.slice(Math.min(width, line.length - line.trimStart().length))).join('\n');
  });
}
