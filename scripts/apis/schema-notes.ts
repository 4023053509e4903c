import { type Keyed, toList } from './value.ts';

/** How much of a value is shown; the whole of it is in the file. */
const shown = 600;

const written = new WeakMap<object, string>();

/** A value as JSON writes it, text without its quotes; of a long one its beginning. Written once, however often it is asked for. */
export function toCode(value: unknown): string {
  if (typeof value === 'string') return cut(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const known = written.get(value) ?? cut(JSON.stringify(value, undefined, 2));
  written.set(value, known);
  return known;
}

const cut = (text: string) => (text.length > shown ? `${text.slice(0, shown)}…` : text);

const isNumber = (value: unknown): value is number => typeof value === 'number';

/** What a schema demands beyond its type, in words; a row a keyword. */
const noteTable: Readonly<Record<string, (value: unknown, schema: Keyed) => string | false>> = {
  nullable: (value) => value === true && 'may be null',
  type: (value) => toList(value).includes('null') && 'may be null',
  oneOf: (value) => hasNull(value) && 'may be null',
  anyOf: (value) => hasNull(value) && 'may be null',
  const: (value) => `always ${toCode(value)}`,
  default: (value) => `default ${toCode(value) === '' ? 'empty' : toCode(value)}`,
  minimum: (value, { exclusiveMinimum }) =>
    isNumber(value) && (exclusiveMinimum === true ? `more than ${value}` : `at least ${value}`),
  maximum: (value, { exclusiveMaximum }) =>
    isNumber(value) && (exclusiveMaximum === true ? `less than ${value}` : `at most ${value}`),
  exclusiveMinimum: (value) => isNumber(value) && `more than ${value}`,
  exclusiveMaximum: (value) => isNumber(value) && `less than ${value}`,
  multipleOf: (value) => isNumber(value) && `a multiple of ${value}`,
  minLength: (value) => isNumber(value) && value > 0 && `at least ${value} ${value === 1 ? 'character' : 'characters'}`,
  maxLength: (value) => isNumber(value) && `at most ${value} characters`,
  pattern: (value) => typeof value === 'string' && `pattern ${cut(value)}`,
  minItems: (value) => isNumber(value) && value > 0 && `at least ${value} ${value === 1 ? 'entry' : 'entries'}`,
  maxItems: (value) => isNumber(value) && `at most ${value} entries`,
  uniqueItems: (value) => value === true && 'each entry once',
  minProperties: (value) => isNumber(value) && value > 0 && `at least ${value} keys`,
  maxProperties: (value) => isNumber(value) && `at most ${value} keys`,
  additionalProperties: (value) => value === false && 'no other keys',
  readOnly: (value) => value === true && 'only in answers',
  writeOnly: (value) => value === true && 'only in requests',
};

const hasNull = (value: unknown) =>
  toList(value).some((each) => typeof each === 'object' && each !== null && 'type' in each && each.type === 'null');

/** What a schema demands beyond its type, in words, each once. */
export function listNotes(schema: Keyed): string[] {
  const notes = Object.entries(noteTable).flatMap(([key, toNote]) =>
    Object.hasOwn(schema, key) ? toNote(schema[key], schema) || [] : [],
  );
  return [...new Set(notes)];
}
