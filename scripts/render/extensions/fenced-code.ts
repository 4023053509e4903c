import { replaceFences } from '../core/fences.ts';
import { defineExtension } from './define.ts';
import { toPainter } from './highlight.ts';

/** Fenced code at the left margin, as Markdown Extra has it. */
export const fencedCode = defineExtension({
  name: 'fenced_code',
  aliases: ['markdown.extensions.fenced_code'],
  install(registry, _, host) {
    registry.preprocessors.add('fenced_code_block', 25, (text, page) =>
      replaceFences(text, (fence, indent) =>
        indent ? undefined : `\n${page.stash.store(toPainter(registry, host).block(fence))}\n`,
      ),
    );
  },
});
