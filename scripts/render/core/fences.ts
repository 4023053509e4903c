import { readAttributes } from './attributes.ts';

/** A fenced block as it is written. */
export type Fence = {
  language: string;
  classes: string[];
  id: string;
  options: Map<string, string>;
  /** Whether they stand in braces. */
  braces: boolean;
  code: string;
  /** The lines of the fence as they stand in the source. */
  source: string;
  /** Number of its first line in the text, from 0. */
  line: number;
};

type Opening = Omit<Fence, 'code' | 'source' | 'line'> & { indent: string; marks: string };

const opening =
  /^([> ]*)(~{3,}|`{3,})[ ]*(?:\{([^\n]*)\}|(?:\.?([\w#.+-]+)(?![\w#.+=-]))?[ ]*((?:\b[a-zA-Z]\w*=(?:"[^"]*"|'[^']*')[ ]*)*))[ ]*$/;
const option = /([a-zA-Z]\w*)(?:=(?:"([^"]*)"|'([^']*)'))?/g;

function readOpening(line: string): Opening | undefined {
  const marks = line.indexOf('```') >= 0 || line.indexOf('~~~') >= 0;
  // A value may hold the quote that it stands in: a doubled one at the end closes it once.
  const match =
    marks && line.length < 2000
      ? (opening.exec(line) ?? opening.exec(line.replace(/([^=])(""|'')[ ]*$/, '$1"')))
      : null;
  if (!match) return undefined;
  const [, indent = '', fence = '', braces, language = '', words = ''] = match;
  if (braces !== undefined) return fromBraces(braces, indent, fence);
  const options = new Map(
    [...words.matchAll(option)].map(([, key = '', double, single]) => [key, double ?? single ?? '']),
  );
  return { indent, marks: fence, language, classes: [], id: '', options, braces: false };
}

function fromBraces(text: string, indent: string, marks: string): Opening {
  const options = new Map<string, string>();
  const classes: string[] = [];
  let id = '';
  for (const [name, value] of readAttributes(text.trim()).attributes) {
    if (name === '.') classes.push(value);
    else if (name === 'id') id = value;
    else options.set(name, value);
  }
  return { indent, marks, language: classes.shift() ?? '', classes, id, options, braces: true };
}

/**
 * Replaces every fenced block by what `render` makes of it; what it declines stays as it is. `null` says that the first
 * line opens no fence, so that the next may.
 */
export function replaceFences(
  text: string,
  render: (fence: Fence, indent: string) => string | null | undefined,
): string {
  if (!text.includes('```') && !text.includes('~~~')) return text;
  const lines = text.split('\n');
  const out: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const start = readOpening(line);
    const body = start && readBody(lines, index, start);
    const code = body?.end === undefined ? undefined : body.code;
    const toSource = () => lines.slice(index, (body?.end ?? index) + 1).join('\n');
    const html =
      start && code
        ? render({ ...start, code: code.join('\n'), source: toSource(), line: index }, start.indent)
        : undefined;
    if (typeof html === 'string' && body?.end !== undefined) {
      out.push(start?.indent + html);
      index = body.end;
    } else if (body && html !== null) {
      for (let skipped = index; skipped <= body.stop; skipped++) out.push(lines[skipped] ?? '');
      index = body.stop;
    } else out.push(line);
  }
  return out.join('\n');
}

type Body = { code: string[]; end?: number; stop: number };

/**
 * Reads lines to the closing fence. A line that is less indented than the fence breaks it off; a fence that is never
 * closed takes the rest of the page with it, as text.
 */
function readBody(lines: string[], first: number, { indent, marks }: Opening): Body {
  const code: string[] = [];
  for (let index = first + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const width = prefixWidth(line, indent);
    const content = line.slice(width);
    if (width < indent.length && content !== '') return { code, stop: index };
    if (content.startsWith(marks) && content.trimEnd() === marks) return { code, end: index, stop: index };
    code.push(content);
  }
  return { code, stop: lines.length - 1 };
}

/** How much of the indentation of the fence a line has. */
function prefixWidth(line: string, indent: string): number {
  let width = 0;
  while (width < indent.length && (line[width] === ' ' || line[width] === indent[width])) width++;
  return width;
}
