import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  GraphQLError,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  type TypeNode,
} from 'graphql';
import { createIds } from './ids.ts';
import type { Entry, Field, Group, Part, Reading, Shape, TypeWord } from './model.ts';

/** More than this is no schema that anybody reads. */
const mostTokens = 500_000;

/** Reads a schema in GraphQL's definition language: what can be asked for first, then what it is made of. */
export function readGraphql(text: string): Reading {
  const nodes = parseNodes(text);
  if (!Array.isArray(nodes)) return { faults: [{ code: 'definition-invalid', ...nodes }] };
  const toId = createIds();
  const context: Context = { ids: new Map(), toId };
  const roots = findRoots(nodes);
  const named = joinExtensions(nodes).filter(({ name }) => !roots.has(name));
  for (const { name } of named) context.ids.set(name, toId('type', name));
  const groups: Group[] = rootTable.flatMap(({ operation, title, noun }) => {
    const fields = nodes.flatMap((node) =>
      isFielded(node) && roots.get(node.name.value) === operation ? listFields(node) : [],
    );
    const entries = fields.flatMap((field) => (isField(field) ? [toRootEntry(field, operation, context)] : []));
    return entries.length > 0 ? [{ id: toId('group', title), title, noun, isMain: true, entries }] : [];
  });
  for (const { kinds, title, noun } of typeTable) {
    const own = named.filter(({ nodes: [first] }) => first && kinds.includes(first.kind));
    const entries = own.map((each) => toTypeEntry(each, context));
    if (entries.length > 0)
      groups.push({ id: toId('group', title), title, noun, isMain: groups.length === 0, entries });
  }
  const schema = nodes.find((node) => node.kind === Kind.SCHEMA_DEFINITION);
  const description = schema?.description?.value;
  return {
    definition: { format: 'GraphQL', ...(description && { description }), servers: [], groups },
    faults: groups.length === 0 ? [{ code: 'definition-invalid', message: 'it defines nothing', line: 1 }] : [],
  };
}

type Context = { ids: Map<string, string>; toId: (prefix: string, name: string) => string };
type Nodes = readonly DefinitionNode[];
type NamedNode = Extract<DefinitionNode, { name: { value: string } }>;

function parseNodes(text: string): DefinitionNode[] | { message: string; line: number } {
  try {
    return [...parse(text, { maxTokens: mostTokens, noLocation: true }).definitions];
  } catch (error) {
    if (error instanceof RangeError) return { message: 'it is nested too deeply', line: 1 };
    const line = error instanceof GraphQLError ? (error.locations?.[0]?.line ?? 1) : 1;
    const said = error instanceof Error ? error.message : String(error);
    return { message: `it is not valid GraphQL: ${said.replace(/^Syntax Error: /, '').replace(/\.$/, '')}`, line };
  }
}

const rootTable = [
  { operation: 'query', title: 'Queries', noun: ['query', 'queries'] },
  { operation: 'mutation', title: 'Mutations', noun: ['mutation', 'mutations'] },
  { operation: 'subscription', title: 'Subscriptions', noun: ['subscription', 'subscriptions'] },
] as const;

const typeTable: readonly { kinds: readonly Kind[]; title: string; noun: readonly [string, string] }[] = [
  { kinds: [Kind.OBJECT_TYPE_DEFINITION, Kind.OBJECT_TYPE_EXTENSION], title: 'Types', noun: ['type', 'types'] },
  {
    kinds: [Kind.INTERFACE_TYPE_DEFINITION, Kind.INTERFACE_TYPE_EXTENSION],
    title: 'Interfaces',
    noun: ['interface', 'interfaces'],
  },
  { kinds: [Kind.UNION_TYPE_DEFINITION, Kind.UNION_TYPE_EXTENSION], title: 'Unions', noun: ['union', 'unions'] },
  {
    kinds: [Kind.INPUT_OBJECT_TYPE_DEFINITION, Kind.INPUT_OBJECT_TYPE_EXTENSION],
    title: 'Inputs',
    noun: ['input', 'inputs'],
  },
  { kinds: [Kind.ENUM_TYPE_DEFINITION, Kind.ENUM_TYPE_EXTENSION], title: 'Enums', noun: ['enum', 'enums'] },
  { kinds: [Kind.SCALAR_TYPE_DEFINITION, Kind.SCALAR_TYPE_EXTENSION], title: 'Scalars', noun: ['scalar', 'scalars'] },
  { kinds: [Kind.DIRECTIVE_DEFINITION], title: 'Directives', noun: ['directive', 'directives'] },
];

/** The types whose fields are operations: as the schema says, or by their usual names. */
function findRoots(nodes: Nodes): Map<string, string> {
  const roots = new Map<string, string>();
  for (const node of nodes)
    if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION)
      for (const { operation, type } of node.operationTypes ?? []) roots.set(type.name.value, operation);
  if (roots.size > 0) return roots;
  return new Map([
    ['Query', 'query'],
    ['Mutation', 'mutation'],
    ['Subscription', 'subscription'],
  ]);
}

const isNamed = (node: DefinitionNode): node is NamedNode =>
  'name' in node && node.name !== undefined && /Type(Definition|Extension)$|^DirectiveDefinition$/.test(node.kind);

/** Each type by its name, with what extensions add to it. */
type Joined = { name: string; nodes: NamedNode[] };

function joinExtensions(nodes: Nodes): Joined[] {
  const byName = Map.groupBy(nodes.filter(isNamed), ({ kind, name }) =>
    kind === Kind.DIRECTIVE_DEFINITION ? `@${name.value}` : name.value,
  );
  return [...byName].map(([name, own]) => ({ name, nodes: own }));
}

const isFielded = (node: DefinitionNode) =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.OBJECT_TYPE_EXTENSION ||
  node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  node.kind === Kind.INTERFACE_TYPE_EXTENSION ||
  node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION;

type FieldNode = FieldDefinitionNode | InputValueDefinitionNode;

const listFields = ({ fields = [] }: { fields?: readonly FieldNode[] | undefined }): readonly FieldNode[] => fields;

const isField = (node: FieldNode): node is FieldDefinitionNode => node.kind === Kind.FIELD_DEFINITION;

/** A type as it is written, each name of it a way to where it is described. */
function toWords(type: TypeNode, context: Pick<Context, 'ids'>): TypeWord[] {
  if (type.kind === Kind.NON_NULL_TYPE) return [...toWords(type.type, context), '!'];
  if (type.kind === Kind.LIST_TYPE) return ['[', ...toWords(type.type, context), ']'];
  const name = type.name.value;
  const to = context.ids.get(name);
  return [to === undefined ? name : { text: name, to }];
}

type Said = { description?: { value: string } | undefined; directives?: readonly ConstDirectiveNode[] | undefined };

/** Whether something is deprecated, and why. */
function findDeprecation({ directives = [] }: Said): { isDeprecated?: true; deprecation?: string } {
  const found = directives.find(({ name }) => name.value === 'deprecated');
  const reason = found?.arguments?.find(({ name }) => name.value === 'reason')?.value;
  if (!found) return {};
  return { isDeprecated: true, ...(reason?.kind === Kind.STRING && { deprecation: reason.value }) };
}

/** What the directives of something say, the one that deprecates it aside. */
const listDirectives = ({ directives = [] }: Said): string[] =>
  directives.filter(({ name }) => name.value !== 'deprecated').map((directive) => print(directive));

function toField(node: FieldNode, context: Context): Field {
  const { isDeprecated, deprecation } = findDeprecation(node);
  const fields = isField(node) ? (node.arguments ?? []).map((each) => toField(each, context)) : [];
  const usual = !isField(node) && node.defaultValue ? [`default ${print(node.defaultValue)}`] : [];
  const notes = [...usual, ...(deprecation ? [`deprecated: ${deprecation}`] : []), ...listDirectives(node)];
  const shape: Shape = {
    type: toWords(node.type, context),
    ...(node.description && { description: node.description.value }),
    ...(notes.length > 0 && { notes }),
    ...(fields.length > 0 && { fields, fieldNoun: 'argument' }),
  };
  const isRequired = !isField(node) && node.type.kind === Kind.NON_NULL_TYPE && !node.defaultValue;
  return {
    name: node.name.value,
    shape,
    ...(isRequired && { isRequired: true }),
    ...(isDeprecated && { isDeprecated }),
  };
}

function toRootEntry(node: FieldDefinitionNode, operation: string, context: Context): Entry {
  const directives = listDirectives(node);
  return {
    id: context.toId(operation, node.name.value),
    badge: operation,
    name: node.name.value,
    ...(node.description && { description: node.description.value }),
    ...findDeprecation(node),
    parts: () => {
      const fields = (node.arguments ?? []).map((each) => toField(each, context));
      const words = toWords(node.type, context);
      const facts = [
        { label: 'Gives', words },
        ...(directives.length > 0 ? [{ label: 'Directives', words: [directives.join(' ')] }] : []),
      ];
      return [
        { kind: 'facts', facts },
        ...(fields.length > 0 ? [{ kind: 'fields' as const, title: 'Arguments', fields }] : []),
      ];
    },
  };
}

function toTypeEntry({ name, nodes }: Joined, context: Context): Entry {
  const description = nodes.map((node) => ('description' in node ? node.description?.value : undefined)).find(Boolean);
  return {
    id: context.ids.get(name) ?? '',
    name,
    ...(description && { description }),
    parts: () => nodes.flatMap((node) => toTypeParts(node, context)),
  };
}

const toLinks = (names: readonly { name: { value: string } }[], { ids }: Context): TypeWord[] =>
  names.flatMap(({ name: { value } }, at): TypeWord[] => {
    const to = ids.get(value);
    return [...(at > 0 ? [', '] : []), to === undefined ? value : { text: value, to }];
  });

function toTypeParts(node: NamedNode, context: Context): Part[] {
  const facts = [
    ...('interfaces' in node && node.interfaces?.length
      ? [{ label: 'Implements', words: toLinks(node.interfaces, context) }]
      : []),
    ...('types' in node && node.types?.length ? [{ label: 'One of', words: toLinks(node.types, context) }] : []),
    ...(node.kind === Kind.DIRECTIVE_DEFINITION
      ? [{ label: 'Stands on', words: [node.locations.map(({ value }) => value).join(', ')] }]
      : []),
  ];
  const args = node.kind === Kind.DIRECTIVE_DEFINITION ? (node.arguments ?? []) : [];
  const fields = [...(isFielded(node) ? listFields(node) : []), ...args].map((each) => toField(each, context));
  const values = 'values' in node ? (node.values ?? []) : [];
  return [
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
    ...(fields.length > 0 ? [{ kind: 'shape' as const, title: '', shape: { type: [], fields } }] : []),
    ...(values.length > 0
      ? [
          {
            kind: 'shape' as const,
            title: '',
            shape: {
              type: [],
              values: values.map((value) => {
                const { isDeprecated, deprecation } = findDeprecation(value);
                const said = value.description?.value ?? deprecation;
                return {
                  name: value.name.value,
                  ...(said && { description: said }),
                  ...(isDeprecated && { isDeprecated }),
                };
              }),
            },
          },
        ]
      : []),
  ];
}
