import type { Resolver } from './resolver.ts';
import { isKeyed, type Keyed, toKeyed, toList } from './value.ts';

/** How deep an example goes, and how many values it has: enough to begin with. */
const limits = { depth: 5, values: 60, lists: 1 };

/** An example that the author gave for a media type or a schema, under any of the ways to write one. */
export function findExample(holder: Keyed, { follow }: Resolver, file: string): unknown {
  if (holder.example !== undefined) return holder.example;
  if (Array.isArray(holder.examples)) return holder.examples[0];
  const [first] = Object.values(toKeyed(holder.examples));
  const named = follow(first, file)?.value;
  return named?.value;
}

/** Values of texts that are easier to understand than `string`. */
const formats: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  email: 'someone@example.com',
  uri: 'https://example.com',
  url: 'https://example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
};

/** A value that a schema could mean: what its author gave as an example, and plain values for the rest. */
export function toSketch(schema: unknown, file: string, resolver: Resolver): unknown {
  let values = 0;
  const sketch = (given: unknown, from: string, depth: number): unknown => {
    const placed = resolver.follow(given, from);
    if (!placed) return {};
    values += 1;
    const { value } = placed;
    const example = findExample(value, resolver, placed.file) ?? value.const ?? value.default ?? toList(value.enum)[0];
    if (example !== undefined) return example;
    if (depth > limits.depth || values > limits.values) return {};
    const go = (inner: unknown) => sketch(inner, placed.file, depth + 1);
    const [choice] = [...toList(value.oneOf), ...toList(value.anyOf)];
    const whole = [...toList(value.allOf), ...(choice === undefined ? [] : [choice])].map(go);
    const joined = Object.assign({}, ...whole.filter(isKeyed));
    if (isKeyed(value.properties)) return { ...joined, ...toProperties(value, go, () => values > limits.values) };
    return whole.length > 0 ? (isKeyed(whole[0]) ? joined : whole[0]) : toPlainValue(value, go);
  };
  return sketch(schema, file, 0);
}

function toProperties({ properties }: Keyed, go: (inner: unknown) => unknown, isFull: () => boolean): Keyed {
  const made: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(toKeyed(properties))) {
    if (isFull()) break;
    if (toKeyed(property).readOnly !== true) made[name] = go(property);
  }
  return made;
}

function toPlainValue(schema: Keyed, go: (inner: unknown) => unknown): unknown {
  const [type] = [schema.type].flat().filter((each) => each !== 'null');
  if (type === 'array' || schema.items) return schema.items ? [go(schema.items)] : [];
  if (type === 'integer' || type === 'number') return typeof schema.minimum === 'number' ? schema.minimum : 1;
  if (type === 'boolean') return true;
  if (type === 'string') return formats[String(schema.format)] ?? 'string';
  return {};
}
