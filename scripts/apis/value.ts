import { toPlain } from '../read/plain.ts';
import { parseYaml } from '../read/yaml.ts';
import type { Fault } from './model.ts';

export type Keyed = Readonly<Record<string, unknown>>;

/** Whether a value is a map of keys. */
export const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a map of keys; anything else as an empty one. */
export const toKeyed = (value: unknown): Keyed => (isKeyed(value) ? value : {});

/** A value as a list; anything else as an empty one. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something, or nothing. */
export const findText = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** What stands under a key of a map itself, not of what it inherits. */
export const findOwn = (value: unknown, key: string): unknown =>
  (isKeyed(value) || Array.isArray(value)) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/** A map as its entries, without the extensions that nobody but their tool understands. */
export const toEntries = (value: unknown): [string, unknown][] =>
  Object.entries(toKeyed(value)).filter(([key]) => !key.startsWith('x-'));

/** Reads JSON or YAML; JSON first where the text looks like it, for that is a hundred times as fast. Never throws. */
export function parseValue(text: string): { value?: Keyed; faults: Fault[] } {
  const json = /^\s*\{/.test(text) ? parseJson(text) : undefined;
  if (json !== undefined) return toPlainKeyed(json);
  const { documents } = parseYaml(text);
  const [first] = documents.filter(({ value, faults }) => value !== undefined || faults.length > 0);
  const flaw = first?.faults.find(({ code }) => code !== 'forbidden-key');
  const toFault = (message: string, line: number): Fault[] => [{ code: 'definition-invalid', message, line }];
  if (flaw) return { faults: toFault(toSentence(flaw), flaw.line) };
  if (!isKeyed(first?.value)) return { faults: toFault('it is empty', 1) };
  return { value: first.value, faults: [] };
}

/** What a text means as JSON; YAML knows more ways to write braces, and the line where they are wrong. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toPlainKeyed(json: unknown): ReturnType<typeof parseValue> {
  try {
    const { value } = toPlain(json);
    return isKeyed(value) ? { value, faults: [] } : { faults: [] };
  } catch {
    return { faults: [{ code: 'definition-invalid', message: 'it is nested too deeply', line: 1 }] };
  }
}

function toSentence({ code, message }: { code: string; message: string }): string {
  if (code === 'document-not-a-map') return `it is ${message}, not a map of keys`;
  if (code === 'yaml-limit') return message;
  return `it is not valid YAML: ${message.replace(/[\s.]+$/, '')}`;
}

/** The line on which a text stands for the first time, counted from 1; the first line where it does not. */
export function findLine(text: string, part: string): number {
  return part === '' ? 1 : toLine(text, text.indexOf(part));
}

function toLine(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line += 1;
  return line;
}

/** The line on which a key is written for the first time, be it YAML or JSON; the first line where it is not. */
export function findKeyLine(text: string, key: string): number {
  for (let at = text.indexOf(key); at >= 0 && key !== ''; at = text.indexOf(key, at + key.length)) {
    const isBegin = at === 0 || /[\s{,"']/.test(text[at - 1] ?? '');
    if (isBegin && /^["']?[ \t]*:/.test(text.slice(at + key.length, at + key.length + 20))) return toLine(text, at);
  }
  return 1;
}
