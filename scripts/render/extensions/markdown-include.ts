import { type Options, toFlag, toNumber, toText } from '../core/options.ts';
import { joinPath } from '../tree.ts';
import { defineExtension, type Host } from './define.ts';

const include = /\{!\s*([^!\n]+?)\s*!(?:lines[ ]*=[ ]*([\d \t-]*?)[ ]*)?\}/g;
const heading = /^(#{1,6})(?=[ \t]*[^#\s])/gm;
const maxDepth = 20;
const maxLength = 2_000_000;

type Reader = { host: Host; base: string; offset: number; inherits: boolean };

/** The lines of `1-3 7`, in that order; all where nothing is asked for. */
function selectLines(text: string, ranges: string | undefined): string {
  if (!ranges?.trim()) return text;
  const lines = text.split('\n');
  const chosen = ranges
    .trim()
    .split(/\s+/)
    .flatMap((range) => {
      const [from = 1, to = from] = range.split('-').map(Number);
      return lines.slice(from - 1, to);
    });
  return chosen.join('\n');
}

const lower = (text: string, by: number): string =>
  by <= 0 ? text : text.replace(heading, (marks) => '#'.repeat(Math.min(marks.length + by, 6)));

function expand(text: string, reader: Reader, depth: number, above: number): string {
  if (depth > maxDepth || !text.includes('{!')) return text;
  let level = above;
  let length = 0;
  return text
    .split('\n')
    .map((line) => {
      level = reader.inherits ? (/^#{1,6}(?=\s)/.exec(line)?.[0].length ?? level) : 0;
      return line.replace(include, (whole, path: string, ranges: string | undefined) => {
        const joined = joinPath(reader.base, path);
        const found = joined === undefined || length > maxLength ? undefined : reader.host.readText(joined);
        if (found === undefined) return whole;
        const chosen = selectLines(found.replace(/\r\n?/g, '\n').replace(/\n$/, ''), ranges);
        const inner = expand(lower(chosen, reader.offset + level), reader, depth + 1, level);
        length += inner.length;
        return inner;
      });
    })
    .join('\n');
}

const toReader = (options: Options, host: Host): Reader => ({
  host,
  base: toText(options.base_path, '.'),
  offset: toNumber(options.headingOffset, 0),
  inherits: toFlag(options.inheritHeadingDepth, false),
});

/** `{!file.md!}`: puts another file of the tree in this place. */
export const markdownInclude = defineExtension({
  name: 'markdown_include',
  aliases: ['markdown_include.include', 'mdx_include'],
  install({ preprocessors }, options, host) {
    const reader = toReader(options, host);
    preprocessors.add('include', 101, (text) => expand(text, reader, 0, 0));
  },
});
