import type { DefinitionFiles } from './files.ts';
import { createIds } from './ids.ts';
import type { Entry, Fact, Fault, Group, Part, Reading, TypeWord } from './model.ts';
import { createResolver, type Placed, type Resolver } from './resolver.ts';
import { toCode } from './schema-notes.ts';
import { createSchemas, listNamed, type Schemas } from './schemas.ts';
import { settle } from './settle.ts';
import { toSketch } from './sketch.ts';
import { findKeyLine, findText, isKeyed, type Keyed, toEntries, toKeyed, toList } from './value.ts';

type ToId = (prefix: string, name: string) => string;
type Context = { resolver: Resolver; schemas: Schemas; messages: Messages; toId: ToId; top: Keyed };

/** Messages by where they are defined, each with an entry of its own that operations refer to. */
type Messages = { toWord: (given: unknown, file: string, name: string) => TypeWord | undefined; list: () => Entry[] };

/** What an application does with a channel, in words that version 2 and 3 of the specification share. */
const directions: Readonly<Record<string, string>> = {
  send: 'sends',
  receive: 'receives',
  // In version 2 these are said from the other side: others subscribe to what the application sends.
  subscribe: 'sends',
  publish: 'receives',
};

/** Reads AsyncAPI 2 and 3 as far as it can be understood. */
export function readAsyncapi(text: string, value: Keyed, files: DefinitionFiles): Reading {
  const version = String(value.asyncapi ?? '');
  if (!/^[23]\./.test(version)) {
    const message =
      value.asyncapi === undefined ? 'it does not say `asyncapi: 3.0.0`' : 'its version is none of AsyncAPI 2 and 3';
    return { faults: [{ code: 'definition-invalid', message, line: 1 }] };
  }
  const resolver = createResolver(text, files);
  const toId = createIds();
  const schemas = createSchemas(resolver, toId);
  for (const name of listNamed(toKeyed(value.components).schemas))
    schemas.add(name, { file: files.root, steps: ['components', 'schemas', name] });
  const messages = createMessages(resolver, schemas, toId);
  const context: Context = { resolver, schemas, messages, toId, top: value };
  const operations = version.startsWith('2') ? listOldOperations(context) : listOperations(context);
  const channels = listChannels(context);
  const groups: Group[] = [
    {
      id: toId('group', 'operations'),
      title: 'Operations',
      noun: ['operation', 'operations'],
      isMain: true,
      entries: operations,
    },
    {
      id: toId('group', 'channels'),
      title: 'Channels',
      noun: ['channel', 'channels'],
      isMain: operations.length === 0,
      entries: channels,
    },
    { id: toId('group', 'messages'), title: 'Messages', noun: ['message', 'messages'], isMain: false, entries: [] },
    { id: toId('group', 'schemas'), title: 'Schemas', noun: ['schema', 'schemas'], isMain: false, entries: [] },
  ];
  const [, , named, described] = groups;
  for (const group of groups.slice(0, 2)) group.entries = settle(() => group.entries);
  for (const name of listNamed(toKeyed(value.components).messages))
    messages.toWord({ $ref: `#/components/messages/${toPointer(name)}` }, files.root, name);
  if (named) named.entries = settle(messages.list);
  if (described) described.entries = settle(schemas.listEntries);
  const { version: own, description } = toKeyed(value.info);
  const definition = {
    format: `AsyncAPI ${version}`,
    ...(own !== undefined && own !== null && { version: String(own) }),
    ...(findText(description) && { description: String(description) }),
    facts: findText(value.defaultContentType)
      ? [{ label: 'Content type', words: [String(value.defaultContentType)] }]
      : [],
    servers: listServers(value, resolver),
    groups: groups.filter(({ entries }) => entries.length > 0),
  };
  return { definition, faults: [...judge(text, value), ...files.faults, ...resolver.faults()] };
}

const toPointer = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25');

function judge(text: string, { info, channels, operations, components }: Keyed): Fault[] {
  const toFault = (message: string, line: number): Fault => ({ code: 'definition-invalid', message, line });
  const at = findKeyLine(text, 'info');
  const { title, version } = toKeyed(info);
  return [
    ...(findText(title) ? [] : [toFault('`info` has no `title`', at)]),
    ...(version === undefined || version === null ? [toFault('`info` has no `version`', at)] : []),
    ...(isKeyed(channels) || isKeyed(operations) || isKeyed(components) ? [] : [toFault('it has no `channels`', 1)]),
  ];
}

function listServers(value: Keyed, resolver: Resolver): { url: string; note?: string }[] {
  return toEntries(value.servers).flatMap(([name, given]) => {
    const { url, host, pathname, protocol, description } = resolver.follow(given, resolver.root.file)?.value ?? {};
    const address = findText(url) ?? `${findText(host) ?? name}${findText(pathname) ?? ''}`;
    const note = [name, findText(protocol), findText(description)].filter(Boolean).join(' · ');
    return [{ url: address, note }];
  });
}

/** What `name` is under in the channels, and where that stands. */
function listPlacedChannels({ resolver, top }: Context): [name: string, Placed][] {
  return toEntries(top.channels).flatMap(([name, given]): [string, Placed][] => {
    const placed = resolver.follow(given, resolver.root.file);
    return placed ? [[name, placed]] : [];
  });
}

function listChannels(context: Context): Entry[] {
  return listPlacedChannels(context).map(([name, { value, file }]): Entry => {
    const { address, title, description, summary, parameters, messages, bindings } = value;
    const shown = findText(address) ?? name;
    const said = findText(description) ?? findText(summary);
    return {
      id: context.toId('channel', name),
      name: shown,
      ...(findText(title) && title !== shown && { title: String(title) }),
      ...(said && { description: said }),
      parts: () => {
        const words = toEntries(messages).flatMap(([key, each]) => context.messages.toWord(each, file, key) ?? []);
        const fields = toEntries(parameters).flatMap(([key, each]) => {
          const placed = context.resolver.follow(each, file);
          if (!placed) return [];
          const { schema, description: about, enum: values, default: usual, examples } = placed.value;
          const own = { type: 'string', enum: values, default: usual, examples };
          const shape = context.schemas.toShape(schema ?? JSON.parse(JSON.stringify(own)), placed.file);
          return [{ name: key, shape: findText(about) ? { ...shape, description: String(about) } : shape }];
        });
        return [
          ...toFacts([...toWordsFact('Messages', words), ...listBindings(bindings)]),
          ...(fields.length > 0 ? [{ kind: 'fields' as const, title: 'In the address', fields }] : []),
        ];
      },
    };
  });
}

/** Version 3: operations stand beside the channels and refer to them. */
function listOperations(context: Context): Entry[] {
  const { resolver, top, messages, toId } = context;
  return toEntries(top.operations).flatMap(([name, given]): Entry[] => {
    const placed = resolver.follow(given, resolver.root.file);
    if (!placed) return [];
    const { value, file } = placed;
    const { action, title, summary, description, channel, bindings, reply } = value;
    const shown = resolver.follow(channel, file);
    const all = toList(value.messages);
    const words = () =>
      all.length > 0
        ? all.flatMap((each, at) => messages.toWord(each, file, `${name}-${at + 1}`) ?? [])
        : toEntries(shown?.value.messages).flatMap(
            ([key, each]) => messages.toWord(each, shown?.file ?? file, key) ?? [],
          );
    const said = findText(description) ?? findText(summary);
    return [
      {
        id: toId('operation', name),
        badge: directions[String(action)] ?? 'operates',
        name: findText(shown?.value.address) ?? toRefName(channel) ?? name,
        title: findText(title) ?? findText(summary) ?? name,
        ...(said && said !== summary && { description: said }),
        parts: () =>
          toFacts([
            ...toWordsFact('Messages', words()),
            ...toWordsFact('Answers on', toRefName(toKeyed(reply).channel) ?? []),
            ...listBindings(bindings),
          ]),
      },
    ];
  });
}

/** Version 2: a channel holds what is published and what is subscribed to. */
function listOldOperations(context: Context): Entry[] {
  return listPlacedChannels(context).flatMap(([channel, { value, file }]) =>
    (['subscribe', 'publish'] as const).flatMap((action): Entry[] => {
      const operation = context.resolver.follow(value[action], file);
      if (!operation) return [];
      const { operationId, summary, description, message, bindings } = operation.value;
      const choices = toKeyed(message).oneOf;
      const all = Array.isArray(choices) ? choices : message === undefined ? [] : [message];
      return [
        {
          id: context.toId('operation', findText(operationId) ?? `${action}-${channel}`),
          badge: directions[action] ?? action,
          name: channel,
          ...((findText(summary) ?? findText(operationId)) && { title: findText(summary) ?? findText(operationId) }),
          ...(findText(description) && { description: String(description) }),
          parts: () =>
            toFacts([
              ...toWordsFact(
                'Messages',
                all.flatMap((each, at) => {
                  const name = findText(operationId) ?? channel;
                  return (
                    context.messages.toWord(each, operation.file, all.length > 1 ? `${name}-${at + 1}` : name) ?? []
                  );
                }),
              ),
              ...listBindings(bindings),
            ]),
        },
      ];
    }),
  );
}

const toRefName = (value: unknown): string | undefined => {
  const { $ref: ref } = toKeyed(value);
  return typeof ref === 'string' ? ref.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') : undefined;
};

const toFacts = (facts: Fact[]): Part[] => (facts.length > 0 ? [{ kind: 'facts', facts }] : []);

function toWordsFact(label: string, words: TypeWord | TypeWord[]): Fact[] {
  const all = [words].flat();
  return all.length === 0 ? [] : [{ label, words: all.flatMap((word, at) => (at === 0 ? [word] : [', ', word])) }];
}

/** What a protocol is told beyond the specification: in short, for the file has all of it. */
function listBindings(bindings: unknown): Fact[] {
  return toEntries(bindings).map(([protocol, settings]) => ({
    label: `Binding ${protocol}`,
    words: [toCode(JSON.stringify(settings))],
  }));
}

function createMessages(resolver: Resolver, schemas: Schemas, toId: ToId): Messages {
  const known = new Map<Keyed, Entry>();
  return {
    toWord: (given, file, name) => {
      const placed = resolver.follow(given, file);
      if (!placed) return undefined;
      const entry = known.get(placed.value) ?? toMessage(placed, toRefName(given) ?? name, { resolver, schemas, toId });
      known.set(placed.value, entry);
      return { text: entry.name, to: entry.id };
    },
    list: () => [...known.values()],
  };
}

function toMessage(
  { value, file }: Placed,
  key: string,
  { resolver, schemas, toId }: { resolver: Resolver; schemas: Schemas; toId: ToId },
): Entry {
  const { name, title, summary, description, contentType, headers, payload, examples, bindings } = value;
  const said = findText(description) ?? findText(summary);
  const format = findText(value.schemaFormat) ?? findText(toKeyed(payload).schemaFormat);
  const isForeign = format !== undefined && !/json|yaml|asyncapi/i.test(format);
  return {
    id: toId('message', findText(name) ?? key),
    name: findText(name) ?? key,
    ...((findText(title) ?? findText(summary)) && { title: findText(title) ?? findText(summary) }),
    ...(said && said !== summary && { description: said }),
    parts: () => {
      const { payload: example = toSketch(payload, file, resolver) } = toKeyed(toList(examples)[0]);
      // Version 3 can say the format of a schema beside it.
      const { schema = payload } = toKeyed(payload);
      return [
        ...toFacts([
          ...toWordsFact('Content type', findText(contentType) ?? []),
          ...toWordsFact('Schema', isForeign ? format : []),
          ...listBindings(bindings),
        ]),
        ...(payload === undefined || isForeign
          ? []
          : [{ kind: 'shape' as const, title: 'Payload', shape: schemas.toShape(schema, file) }]),
        ...(headers === undefined
          ? []
          : [{ kind: 'shape' as const, title: 'Headers', shape: schemas.toShape(headers, file) }]),
        ...(payload === undefined
          ? []
          : [
              {
                kind: 'code' as const,
                title: 'Example',
                language: 'json',
                code: JSON.stringify(example, undefined, 2),
              },
            ]),
      ];
    },
  };
}
