import { toFileName } from '#model/paths.ts';
import type { Entry, Field, Named, Shape, TypeWord } from './model.ts';
import type { Placed, Resolver, Target } from './resolver.ts';
import { listNotes, toCode } from './schema-notes.ts';
import { findText, isKeyed, type Keyed, toEntries, toKeyed, toList } from './value.ts';

/** Schemas of a definition: those with a name are described once, and everything else refers to them. */
export type Schemas = {
  toShape: (schema: unknown, file: string) => Shape;
  /** Makes a named schema known, so that it has its place on the page whether or not anything refers to it. */
  add: (name: string, target: Target) => void;
  /** The word that leads to what a reference means. */
  toWord: (ref: string, file: string) => TypeWord;
  /** What was named so far and what that names in turn. */
  listEntries: () => Entry[];
};

/** Levels that are shown inside of each other, shapes of a whole definition, and named schemas: beyond, a name has to do. */
const limits = { depth: 12, shapes: 60_000, named: 3000 };

type Known = { id: string; name: string; target: Target };

/** Makes them for a definition. */
export function createSchemas(resolver: Resolver, toId: (prefix: string, name: string) => string): Schemas {
  const named = new Map<string, Known>();
  let shapes = 0;

  const add = (name: string, target: Target): Known | undefined => {
    const key = `${target.file}#${target.steps.join('/')}`;
    const known = named.get(key);
    if (known || named.size >= limits.named) return known;
    const made = { id: toId('schema', name), name, target };
    named.set(key, made);
    return made;
  };

  const toWord: Schemas['toWord'] = (ref, file) => {
    const target = resolver.findTarget(ref, file);
    const name = toName(ref);
    if (!target) return name;
    if (resolver.find(target) === undefined) {
      resolver.miss(ref, file);
      return name;
    }
    const known = add(name, target);
    return known ? { text: known.name, to: known.id } : name;
  };

  const toShape = (schema: unknown, file: string, depth = 0): Shape => {
    if (schema === true) return { type: ['anything'] };
    if (schema === false) return { type: ['nothing'] };
    if (!isKeyed(schema)) return { type: ['anything'] };
    shapes += 1;
    if (depth > limits.depth || shapes > limits.shapes) return { type: ['…'] };
    const reader = { schema, file, toShape: (inner: unknown) => toShape(inner, file, depth + 1), toWord };
    return typeof schema.$ref === 'string' ? toReferring(reader, schema.$ref) : toOwnShape(reader);
  };

  const toEntry = ({ id, name, target }: Known): Entry => {
    const placed: Placed | undefined = resolver.find(target);
    const schema = placed?.value ?? {};
    const { title, description, deprecated } = schema;
    return {
      id,
      name,
      ...(findText(title) && title !== name && { title: findText(title) }),
      ...(findText(description) && { description: findText(description) }),
      ...(deprecated === true && { isDeprecated: true }),
      parts: () => {
        const { description: _said, ...shape } = toShape(schema, target.file);
        return [{ kind: 'shape', title: '', shape }];
      },
    };
  };

  return {
    add,
    toWord,
    toShape: (schema, file) => toShape(schema, file),
    listEntries: () => {
      // What is named while others are described comes after them.
      const entries: Entry[] = [];
      for (const each of named.values()) entries.push(toEntry(each));
      return entries;
    },
  };
}

/** The last word of a reference: `#/components/schemas/Cart` and `./cart.yaml` are both about a `Cart` or `cart`. */
function toName(ref: string): string {
  const [file = '', pointer = ''] = ref.split('#');
  const last = pointer.split('/').at(-1) ?? '';
  const word = last === '' ? toFileName(file).replace(/\.[a-z]+$/i, '') : last;
  return word.replaceAll('~1', '/').replaceAll('~0', '~') || ref;
}

type Reader = {
  schema: Keyed;
  file: string;
  toShape: (inner: unknown) => Shape;
  toWord: (ref: string, file: string) => TypeWord;
};

function toReferring({ schema, file, toWord }: Reader, ref: string): Shape {
  const notes = listNotes(schema);
  return {
    type: [toWord(ref, file)],
    ...(findText(schema.description) && { description: findText(schema.description) }),
    ...(notes.length > 0 && { notes }),
  };
}

function toOwnShape(reader: Reader): Shape {
  const { schema, toShape } = reader;
  const inner = findInner(schema);
  const item = inner && toShape(inner.schema);
  const joined = toJoined(reader);
  const alternatives = toAlternatives(reader);
  const isBare = alternatives.words !== undefined && !findType(schema);
  const fields = [...joined.fields, ...listFields(reader), ...(item?.fields ?? [])];
  const values = [...listValues(schema), ...(item?.values ?? [])];
  const variants = [...joined.variants, ...alternatives.variants, ...(item?.variants ?? [])];
  const notes = [...listNotes(schema), ...(item?.notes ?? []).map((note) => `each: ${note}`), ...joined.notes];
  const examples = listExamples(schema);
  return {
    type: inner && item ? [inner.words, ...item.type] : isBare ? (alternatives.words ?? []) : joined.type,
    ...(findText(schema.description) ? { description: findText(schema.description) } : joined.description),
    ...(notes.length > 0 && { notes }),
    ...(values.length > 0 && { values }),
    ...(fields.length > 0 && { fields }),
    ...(variants.length > 0 && { variants }),
    ...(examples.length > 0 && { examples }),
  };
}

/** What a list or a map is made of. */
function findInner(schema: Keyed): { words: string; schema: unknown } | undefined {
  const type = findType(schema);
  if (type === 'array' || (type === undefined && isKeyed(schema.items)))
    return { words: 'array of ', schema: Array.isArray(schema.items) ? true : (schema.items ?? true) };
  const { additionalProperties: rest } = schema;
  if (isKeyed(rest) && Object.keys(rest).length > 0 && !isKeyed(schema.properties))
    return { words: 'map of ', schema: rest };
  return undefined;
}

/** The one type that a schema demands, `null` aside; nothing where it leaves a choice or says nothing. */
function findType({ type }: Keyed): string | undefined {
  const types = [type].flat().filter((each): each is string => typeof each === 'string' && each !== 'null');
  return types.length === 0 ? undefined : types.join(' or ');
}

function toTypeText(schema: Keyed): string {
  const { format, properties } = schema;
  const [first] = toList(schema.enum);
  const guess = isKeyed(properties) ? 'object' : (typeof (schema.const ?? first)).replace('undefined', 'anything');
  const type = findType(schema) ?? guess;
  return findText(format) ? `${type} (${format})` : type;
}

function listFields({ schema, toShape }: Reader): Field[] {
  const required = new Set(toList(schema.required));
  return Object.entries(toKeyed(schema.properties)).map(([name, property]) => ({
    name,
    shape: toShape(property),
    ...(required.has(name) && { isRequired: true }),
    ...(toKeyed(property).deprecated === true && { isDeprecated: true }),
  }));
}

/** What `allOf` brings together: the fields of what stands there in place, and references to the rest. */
function toJoined({ schema, toShape }: Reader) {
  const parts = toList(schema.allOf).map((part) => ({ part, shape: toShape(part) }));
  const referred = parts.filter(({ part }) => isKeyed(part) && typeof part.$ref === 'string');
  const inline = parts.filter((each) => !referred.includes(each)).map(({ shape }) => shape);
  const [only] = referred;
  const hasOwn = isKeyed(schema.properties) || inline.some(({ fields }) => fields);
  const isAlias = referred.length === 1 && !hasOwn;
  const own = toTypeText(schema);
  const type: TypeWord[] =
    isAlias && only ? only.shape.type : [own === 'anything' && parts.length > 0 ? 'object' : own];
  const description = inline.find((shape) => shape.description)?.description;
  return {
    type,
    description: description ? { description } : {},
    fields: inline.flatMap(({ fields = [] }) => fields),
    notes: inline.flatMap(({ notes = [] }) => notes),
    variants: [
      ...(referred.length > 0 && !isAlias
        ? [{ how: 'With everything of', shapes: referred.map(({ shape }) => shape) }]
        : []),
      ...inline.flatMap(({ variants = [] }) => variants),
    ],
  };
}

const choices = [
  { key: 'oneOf', how: 'One of' },
  { key: 'anyOf', how: 'Any of' },
] as const;

/** What a schema leaves the choice between: words alone where they say it all. */
function toAlternatives({ schema, toShape }: Reader): {
  words?: TypeWord[];
  variants: NonNullable<Shape['variants']>;
} {
  const variants = choices.flatMap(({ key, how }) => {
    const shapes = toList(schema[key])
      .filter((each) => toKeyed(each).type !== 'null')
      .map(toShape);
    return shapes.length > 0 ? [{ how, shapes }] : [];
  });
  const [first] = variants;
  if (!first || variants.length > 1 || !first.shapes.every(isPlain)) return { variants };
  const words = first.shapes.flatMap(({ type }, at): TypeWord[] => (at === 0 ? type : [' or ', ...type]));
  return { words, variants: isKeyed(schema.properties) ? variants : [] };
}

const isPlain = ({ type: _type, ...more }: Shape) => Object.keys(more).length === 0;

function listValues(schema: Keyed): Named[] {
  return toList(schema.enum).map((value) => ({ name: toCode(value) }));
}

function listExamples(schema: Keyed): string[] {
  const { example, examples } = schema;
  const written = example === undefined ? toList(examples) : [example];
  return written.slice(0, 3).map(toCode);
}

/** The schemas that have a name in a definition, in their order. */
export const listNamed = (value: unknown): string[] => toEntries(value).map(([name]) => name);
