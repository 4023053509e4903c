import protobuf from 'protobufjs';
import { createIds } from './ids.ts';
import type { Entry, Fact, Field, Group, Part, Reading, TypeWord } from './model.ts';
import { findText, type Keyed, toEntries, toKeyed, toList } from './value.ts';

/** A service, message or enum by its full name, and the namespaces around it. */
type Thing = { name: string; scope: readonly string[]; value: Keyed; kind: 'service' | 'message' | 'enum' };

const byKind = {
  service: { prefix: 'service', title: 'Services' },
  message: { prefix: 'message', title: 'Messages' },
  enum: { prefix: 'enum', title: 'Enums' },
} as const;

/** Reads a protobuf file: its services with their methods, its messages and its enums. */
export function readProto(text: string): Reading {
  const parsed = parse(text);
  if (typeof parsed === 'string') return { faults: [toFault(parsed)] };
  const things = listThings(parsed.value, []);
  const toId = createIds();
  const ids = new Map(things.map((thing) => [thing.name, toId(byKind[thing.kind].prefix, thing.name)]));
  const top = parsed.package ?? '';
  const toShort = (name: string) => (top !== '' && name.startsWith(`${top}.`) ? name.slice(top.length + 1) : name);
  const toWord: ToWord = (type, scope) => {
    const name = findName(type, scope, ids);
    const to = name === undefined ? undefined : ids.get(name);
    return name !== undefined && to !== undefined ? { text: toShort(name), to } : type.replace(/^\./, '');
  };
  const services = things.filter(({ kind }) => kind === 'service');
  const groups: Group[] = services.map((thing) => ({
    id: ids.get(thing.name) ?? '',
    title: toShort(thing.name),
    ...(findText(thing.value.comment) && { description: String(thing.value.comment) }),
    noun: ['method', 'methods'],
    isMain: true,
    entries: listMethods(thing, toId, toWord),
  }));
  for (const kind of ['message', 'enum'] as const) {
    const own = things.filter((thing) => thing.kind === kind);
    const entries = own.map((thing) => toEntry(thing, ids.get(thing.name) ?? '', toShort(thing.name), toWord));
    const noun = kind === 'message' ? (['message', 'messages'] as const) : (['enum', 'enums'] as const);
    if (entries.length > 0)
      groups.push({ id: toId('group', kind), title: byKind[kind].title, noun, isMain: services.length === 0, entries });
  }
  const facts: Fact[] = [
    ...(top === '' ? [] : [{ label: 'Package', words: [top] }]),
    ...(parsed.imports.length > 0 ? [{ label: 'Imports', words: [parsed.imports.join(', ')] }] : []),
  ];
  return { definition: { format: `Protocol Buffers ${parsed.syntax}`.trim(), facts, servers: [], groups }, faults: [] };
}

type Parsed = { value: Keyed; package: string | undefined; imports: string[]; syntax: string };

/** What the parser makes of a text, or what it says about it. */
function parse(text: string): Parsed | string {
  try {
    const {
      root,
      package: name,
      imports = [],
    } = protobuf.parse(text, {
      keepCase: true,
      alternateCommentMode: true,
    });
    const [, syntax = ''] = /^\s*(?:syntax|edition)\s*=\s*["']([\w.]+)["']/m.exec(text) ?? [];
    const value: unknown = root.toJSON({ keepComments: true });
    return { value: toKeyed(value), package: name, imports, syntax };
  } catch (error) {
    if (error instanceof RangeError) return 'it is nested too deeply';
    return error instanceof Error ? error.message : String(error);
  }
}

function toFault(said: string) {
  const [, message = said, line = '1'] = /^(.*?) \((?:.*, )?line (\d+)\)$/s.exec(said) ?? [];
  return { code: 'definition-invalid', message: `it is not valid protobuf: ${message}`, line: Number(line) } as const;
}

/** Every service, message and enum, in the order in which they are written, what is inside of one right after it. */
function listThings(namespace: Keyed, scope: readonly string[]): Thing[] {
  return Object.entries(toKeyed(namespace.nested)).flatMap(([name, given]): Thing[] => {
    const value = toKeyed(given);
    const kind =
      'methods' in value ? 'service' : 'fields' in value ? 'message' : 'values' in value ? 'enum' : undefined;
    const inner = listThings(value, [...scope, name]);
    return kind ? [{ name: [...scope, name].join('.'), scope, value, kind }, ...inner] : inner;
  });
}

type ToWord = (type: string, scope: readonly string[]) => TypeWord;

/** The full name that a type means where it is written: the innermost scope that has it wins. */
function findName(type: string, scope: readonly string[], known: ReadonlyMap<string, string>): string | undefined {
  if (type.startsWith('.')) return known.has(type.slice(1)) ? type.slice(1) : undefined;
  for (let depth = scope.length; depth >= 0; depth -= 1) {
    const name = [...scope.slice(0, depth), type].join('.');
    if (known.has(name)) return name;
  }
  return undefined;
}

function listMethods(
  { name: service, scope, value }: Thing,
  toId: (prefix: string, name: string) => string,
  toWord: ToWord,
): Entry[] {
  return Object.entries(toKeyed(value.methods)).map(([name, given]): Entry => {
    const { requestType, requestStream, responseType, responseStream, comment, options } = toKeyed(given);
    const inner = [...scope, service.split('.').at(-1) ?? ''];
    const toSide = (type: unknown, stream: unknown): TypeWord[] => [
      ...(stream === true ? ['stream of '] : []),
      toWord(String(type), inner),
    ];
    const isStream = requestStream === true || responseStream === true;
    const [, route] = toEntries(options).find(([key]) => key.startsWith('(google.api.http)')) ?? [];
    return {
      id: toId('method', `${service.split('.').at(-1)}.${name}`),
      badge: isStream ? 'stream' : 'rpc',
      name,
      ...(findText(comment) && { description: String(comment) }),
      ...(toKeyed(options).deprecated === true && { isDeprecated: true }),
      parts: () => [
        {
          kind: 'facts',
          facts: [
            { label: 'Takes', words: toSide(requestType, requestStream) },
            { label: 'Gives', words: toSide(responseType, responseStream) },
            ...(typeof route === 'string' ? [{ label: 'HTTP', words: [route] }] : []),
          ],
        },
      ],
    };
  });
}

function toEntry({ name, scope, value, kind }: Thing, id: string, shown: string, toWord: ToWord): Entry {
  const { comment, options } = value;
  return {
    id,
    name: shown,
    ...(findText(comment) && { description: String(comment) }),
    ...(toKeyed(options).deprecated === true && { isDeprecated: true }),
    parts: () =>
      kind === 'enum' ? toValues(value) : toFields(value, [...scope, name.split('.').at(-1) ?? ''], toWord),
  };
}

function toValues({ values, comments }: Keyed): Part[] {
  const named = Object.entries(toKeyed(values)).map(([name, number]) => {
    const comment = findText(toKeyed(comments)[name]);
    return { name: `${name} = ${number}`, ...(comment && { description: comment }) };
  });
  return [{ kind: 'shape', title: '', shape: { type: ['enum'], values: named } }];
}

function toFields({ fields, oneofs }: Keyed, scope: readonly string[], toWord: ToWord): Part[] {
  const choices = Object.entries(toKeyed(oneofs)).filter(([name]) => !name.startsWith('_'));
  const choiceOf = (field: string) => choices.find(([, choice]) => toList(toKeyed(choice).oneof).includes(field))?.[0];
  const isOptional = (field: string) => toList(toKeyed(toKeyed(oneofs)[`_${field}`]).oneof).includes(field);
  const listed = Object.entries(toKeyed(fields)).map(([name, given]): Field => {
    const { type, keyType, rule, id, comment, options } = toKeyed(given);
    const choice = choiceOf(name);
    const notes = [...(choice ? [`one of ${choice}`] : []), ...(isOptional(name) ? ['optional'] : [])];
    const own = toWord(String(type), scope);
    const words =
      keyType !== undefined ? [`map from ${keyType} to `, own] : rule === 'repeated' ? ['repeated ', own] : [own];
    return {
      name,
      number: Number(id),
      ...(rule === 'required' && { isRequired: true }),
      ...(toKeyed(options).deprecated === true && { isDeprecated: true }),
      shape: {
        type: words,
        ...(findText(comment) && { description: String(comment) }),
        ...(notes.length > 0 && { notes }),
      },
    };
  });
  return [{ kind: 'shape', title: '', shape: { type: ['message'], ...(listed.length > 0 && { fields: listed }) } }];
}
