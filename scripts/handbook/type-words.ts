import type { JsonSchema } from '../settings/json-schema.ts';

type Words = { one: string; many: string };

const formatCode = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** What may be written, in words: `text`, `list of numbers`, `tags` or `branches`. */
export const formatType = (schema: JsonSchema): string => toWords(schema).one;

/** The same of several: `texts`, `lists`. */
export const formatTypes = (schema: JsonSchema): string => toWords(schema).many;

/** A value as it is written in YAML on one line. */
export const formatValue = formatCode;

const same = (words: string): Words => ({ one: words, many: words });

const types: Readonly<Record<string, (schema: JsonSchema) => Words>> = {
  string: ({ format }) => (format === 'uri' ? { one: 'address', many: 'addresses' } : { one: 'text', many: 'texts' }),
  boolean: () => same('`true` or `false`'),
  number: (schema) => toNumber('number', schema),
  integer: (schema) => toNumber('whole number', schema),
  array: ({ items }) => ({ one: `list of ${toItemWords(items)}`, many: 'lists' }),
  object: ({ additionalProperties }) =>
    typeof additionalProperties === 'object'
      ? { one: `map of ${toWords(additionalProperties).many}`, many: 'maps' }
      : { one: 'map', many: 'maps' },
};

const toItemWords = (items: JsonSchema['items']): string =>
  typeof items === 'object' && !Array.isArray(items) ? toWords(items).many : 'anything';

const toNumber = (noun: string, { minimum, maximum }: JsonSchema): Words => {
  const range = minimum !== undefined && maximum !== undefined ? ` from ${minimum} to ${maximum}` : '';
  return { one: `${noun}${range}`, many: `${noun}s${range}` };
};

function toWords(schema: JsonSchema): Words {
  if (schema.enum) return same(formatChoice(schema.enum.map(formatCode)));
  if (schema.anyOf) {
    const all = schema.anyOf.map((each) => toWords(typeof each === 'boolean' ? {} : each));
    return { one: formatChoice(all.map(({ one }) => one)), many: formatChoice(all.map(({ many }) => many)) };
  }
  return types[String(schema.type)]?.(schema) ?? same('anything');
}

function formatChoice(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  const last = distinct.pop() ?? '';
  return distinct.length === 0 ? last : `${distinct.join(', ')} or ${last}`;
}
