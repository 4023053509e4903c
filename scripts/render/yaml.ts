import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';

/** What is wrong with a text of YAML, and where; lines and columns are counted from 1. */
export type YamlFault = { message: string; line: number; column: number };

/** People write far less; what is longer or deeper was made to keep the machine busy. */
const longest = 1_000_000;
const deepest = 50;

/** Reads YAML of mkdocs.yml or front matter. Python tags become plain words, `!ENV` its default; nothing is looked up. */
export function parseYaml(text: string): { value: unknown; errors: YamlFault[] } {
  if (text.length > longest) return toFailed('it is longer than a million characters');
  try {
    return parseSafely(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return toFailed(error instanceof RangeError ? 'it is nested too deeply' : message);
  }
}

const toFailed = (message: string) => ({ value: undefined, errors: [{ message, line: 1, column: 1 }] });

function parseSafely(text: string): { value: unknown; errors: YamlFault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    logLevel: 'silent',
    uniqueKeys: false,
    merge: true,
    schema: 'yaml-1.1',
    version: '1.1',
  });
  const strays: YamlFault[] = [];
  visit(document, {
    Alias(_, node) {
      if (node.resolve(document) || strays.length > 0) return undefined;
      const { line, col } = lines.linePos(node.range?.[0] ?? 0);
      const message = `\`*${node.source.slice(0, 80)}\` names an anchor that is not there; a text that begins with \`*\` needs quotes`;
      strays.push({ message, line, column: col });
      return visit.BREAK;
    },
    Node: (_, node) => toPlainNode(node, document),
  });
  if (strays.length > 0) return { value: undefined, errors: strays };
  const errors = document.errors.map(({ message, linePos }) => {
    const [first = ''] = message.split('\n');
    const { line, col } = linePos?.[0] ?? { line: 1, col: 1 };
    return { message: first.replace(/ at line \d+, column \d+:?$/, ''), line, column: col };
  });
  const value: unknown = document.toJS({ maxAliasCount: 1000 });
  return isDeeper(value, deepest) ? toFailed('it is nested too deeply') : { value, errors };
}

/** What stands for a node with a tag of Python or of MkDocs, or that PyYAML reads otherwise; it may change in place. */
function toPlainNode(node: Node, document: Document): Node | undefined {
  // MkDocs reads with PyYAML, which takes these for texts, whatever YAML 1.1 says.
  if (isScalar(node) && node.type === 'PLAIN' && /^(?:\.|[yYnN])$/.test(node.source ?? '')) node.value = node.source;
  const tag = 'tag' in node ? node.tag : undefined;
  if (!tag) return undefined;
  if (tag.includes('python/name:') && isScalar(node)) node.value = tag.split('python/name:')[1] ?? '';
  else if (tag.includes('python/object')) return document.createNode(`${tag.split(':').pop()} ${words(node)}`.trim());
  else if (tag === '!ENV')
    return document.createNode(isSeq(node) && node.items.length > 1 ? lastOf(node.toJSON()) : null);
  return undefined;
}

/** Whether lists and maps stand deeper in each other than that; what contains itself always does. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function words(node: unknown): string {
  return isMap(node) ? JSON.stringify(node.toJSON()) : '';
}

function lastOf(list: unknown): unknown {
  return Array.isArray(list) ? (list[list.length - 1] ?? null) : null;
}

/** Splits a page into front matter and Markdown, as MkDocs does: YAML between `---` lines, or `Key: value` lines. */
export function splitFrontMatter(source: string): { meta: Record<string, unknown>; body: string; lines: number } {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const match = /^-{3}[ \t]*\n([\s\S]*?)(?:^|\n)(?:-{3}|\.{3})[ \t]*(?:\n|$)/.exec(text);
  if (match) {
    const { value, errors } = parseYaml(match[1] ?? '');
    const isMeta = typeof value === 'object' && value !== null && !Array.isArray(value);
    const body = text.slice(match[0].length).replace(/^\n+/, '');
    if (isMeta && errors.length === 0) return { meta: { ...value }, body, lines: lineCount(text, body) };
    return { meta: {}, body: text, lines: 0 };
  }
  return splitPlainMeta(text);
}

function lineCount(text: string, body: string): number {
  return text.slice(0, text.length - body.length).split('\n').length - 1;
}

function splitPlainMeta(text: string): { meta: Record<string, unknown>; body: string; lines: number } {
  const lines = text.split('\n');
  const meta: Record<string, string> = {};
  let key = '';
  let count = 0;
  for (; count < lines.length; count++) {
    const line = lines[count] ?? '';
    if (line.trim() === '') {
      count++;
      break;
    }
    const match = /^ {0,3}([A-Za-z0-9_-]+):\s*(.*)/.exec(line);
    const more = /^ {4,}(.+)/.exec(line);
    if (match) {
      key = (match[1] ?? '').toLowerCase().trim();
      meta[key] = `${meta[key] === undefined ? '' : `${meta[key]} `}${(match[2] ?? '').trim()}`;
    } else if (more && key) meta[key] = `${meta[key]} ${more[1]?.trim()}`;
    else break;
  }
  const body = count === 0 ? text : lines.slice(count).join('\n');
  return { meta, body: body.replace(/^\n+/, ''), lines: lineCount(text, body.replace(/^\n+/, '')) };
}
