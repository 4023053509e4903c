import { type Options, toFlag, toTexts } from '../core/options.ts';
import { joinPath } from '../tree.ts';
import { defineExtension, type Host } from './define.ts';

const single = /^([ \t]*)(;*)(-{1,}8<-{1,})[ \t]+(?:"([^"\n]+)"|'([^'\n]+)')[ \t]*$/;
const fence = /^([ \t]*)(;*)(-{1,}8<-{1,})[ \t]*$/;
const section =
  /^(?:[ \t]*|.*?[^\w\s].*?)-{1,}8<-{1,}[ \t]+\[[ \t]*(start|end)[ \t]*:[ \t]*([a-z][-_0-9a-z]*)[ \t]*\]/i;
const maxDepth = 20;
const maxLength = 2_000_000;

/** `left` is how many characters may still be put into the page. */
type Reader = { host: Host; bases: string[]; dedent: boolean; left: number };

function read({ host, bases }: Pick<Reader, 'host' | 'bases'>, path: string): string | undefined {
  for (const base of bases) {
    const joined = joinPath(base, path);
    const text = joined === undefined ? undefined : host.readText(joined);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The lines of a file between two numbers, or of one of its sections; `a:b` names the range. */
function select(text: string, part: string): string[] | undefined {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  if (part === '') return lines;
  if (/^[\d:,-]+$/.test(part)) return part.split(',').flatMap((range) => selectRange(lines, range));
  return selectSection(lines, part);
}

function selectRange(lines: string[], range: string): string[] {
  const [from = '', to] = range.split(':');
  const start = from === '' ? 1 : Number(from);
  const end = to === undefined ? start : to === '' ? lines.length : Number(to);
  const first = start < 0 ? lines.length + start : Math.max(start, 1) - 1;
  return lines.slice(
    Math.max(first, 0),
    end < 0 ? lines.length + end + 1 : to === undefined && range === from ? first + 1 : end,
  );
}

function selectSection(lines: string[], name: string): string[] | undefined {
  const out: string[] = [];
  let inside = false;
  let found = false;
  for (const line of lines) {
    const mark = section.exec(line);
    if (mark?.[2] === name) {
      inside = mark[1]?.toLowerCase() === 'start';
      found ||= inside;
    } else if (inside && !mark) out.push(line);
  }
  return found ? out : undefined;
}

function dedentLines(lines: string[]): string[] {
  const width = lines.reduce(
    (least, line) => (line.trim() ? Math.min(least, line.length - line.trimStart().length) : least),
    Number.POSITIVE_INFINITY,
  );
  return lines.map((line) => line.slice(width));
}

function include(reader: Reader, name: string, seen: readonly string[]): string[] {
  const [, path = '', part = ''] = /^(.*?)(?::([\d,:-]+|[a-zA-Z][-_0-9a-zA-Z]*))?$/.exec(name.trim()) ?? [];
  if (path === '' || /^https?:/.test(name) || seen.includes(name) || seen.length > maxDepth) return [];
  const text = reader.left > 0 ? read(reader, path) : undefined;
  reader.left -= (text?.length ?? 0) + 1;
  const lines = text === undefined ? undefined : select(text, part);
  if (!lines) return [];
  const own = part === '' ? lines.filter((line) => !section.test(line)) : lines;
  return expand(reader, part && reader.dedent ? dedentLines(own) : own, [...seen, name]);
}

function expand(reader: Reader, lines: readonly string[], seen: readonly string[]): string[] {
  const out: string[] = [];
  let inBlock = false;
  const add = (indent: string, name: string) => {
    for (const line of include(reader, name, seen)) out.push(indent + line);
  };
  for (const line of lines) {
    const match = line.includes('8<') ? (single.exec(line) ?? fence.exec(line)) : null;
    if (match?.[2]) out.push(`${match[1]}${match[2].slice(1)}${line.slice((match[1]?.length ?? 0) + match[2].length)}`);
    else if (match && match[4] === undefined && match[5] === undefined) inBlock = !inBlock;
    else if (match && !inBlock) add(match[1] ?? '', match[4] ?? match[5] ?? '');
    else if (!inBlock) out.push(line);
    else if (line.trim() && !line.trim().startsWith(';')) add(/^\s*/.exec(line)?.[0] ?? '', line.trim());
  }
  return out;
}

function toReader(options: Options, host: Host): Omit<Reader, 'left'> {
  const bases = toTexts(options.base_path);
  return { host, bases: bases.length > 0 ? bases : ['.'], dedent: toFlag(options.dedent_subsections, false) };
}

/** `--8<-- "file"`: puts another file of the tree in this place. */
export const snippets = defineExtension({
  name: 'pymdownx.snippets',
  aliases: [],
  install({ preprocessors }, options, host) {
    const settings = toReader(options, host);
    const appended = toTexts(options.auto_append);
    preprocessors.add('snippet', 32, (text) => {
      if (!text.includes('8<') && appended.length === 0) return text;
      const reader = { ...settings, left: maxLength };
      const lines = text.includes('8<') ? expand(reader, text.split('\n'), []) : text.split('\n');
      const more = appended.flatMap((name) => ['', '', ...include(reader, name, [])]);
      return [...lines, ...more].join('\n');
    });
  },
});
