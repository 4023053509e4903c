import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { Refusal } from './refusal.ts';

/** What a query asks for, counted before it runs. */
export type Cost = {
  /** Points of the hour's budget. */
  points: number;
  /** Nodes that it may come to. */
  nodes: number;
  /** The largest page asked for. */
  largestPage: number;
  refusals: Refusal[];
};

const largestFirst = 100;
const mostNodes = 500_000;

type Walk = {
  schema: GraphQLSchema;
  document: DocumentNode;
  variables: Record<string, unknown>;
  requests: number;
  nodes: number;
  largestPage: number;
  refusals: Refusal[];
};

/** Counts a query as GitHub does: one request for each connection of each node above it, a hundred of them a point. */
export function countCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Cost {
  const walk: Walk = { schema, document, variables, requests: 0, nodes: 0, largestPage: 0, refusals: [] };
  walkSelections(walk, operation.selectionSet, schema.getQueryType() ?? undefined, 1);
  const { nodes, requests, largestPage, refusals } = walk;
  if (nodes > mostNodes) refusals.push(tooManyNodes(nodes));
  return { points: Math.max(1, Math.round(requests / 100)), nodes, largestPage, refusals };
}

function walkSelections(walk: Walk, set: SelectionSetNode, parent: GraphQLType | undefined, above: number): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) walkField(walk, selection, parent, above);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const name = selection.typeCondition?.name.value;
      walkSelections(walk, selection.selectionSet, name ? walk.schema.getType(name) : parent, above);
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = walk.document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
      );
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION)
        walkSelections(walk, fragment.selectionSet, walk.schema.getType(fragment.typeCondition.name.value), above);
    }
  }
}

function walkField(walk: Walk, field: FieldNode, parent: GraphQLType | undefined, above: number): void {
  if (!parent || isUnionType(parent) || !(isObjectType(parent) || isInterfaceType(parent))) return;
  const definition = parent.getFields()[field.name.value];
  if (!definition || !field.selectionSet) return;
  const type = getNamedType(definition.type);
  const size = type.name.endsWith('Connection') ? countConnection(walk, field, above) : 1;
  walkSelections(walk, field.selectionSet, type, above * size);
}

/** Adds a connection to the count; answers how many nodes each node above it may lead to. */
function countConnection(walk: Walk, field: FieldNode, above: number): number {
  const size = findPageSize(walk, field);
  walk.requests += above;
  walk.nodes += above * size;
  walk.largestPage = Math.max(walk.largestPage, size);
  return size;
}

function findPageSize(walk: Walk, field: FieldNode): number {
  const sizes = (field.arguments ?? [])
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ name, value }) => ({ word: name.value, size: toSize(walk, value) }));
  const [page] = sizes.filter(({ size }) => size !== undefined);
  const name = field.name.value;
  if (page?.size === undefined) {
    walk.refusals.push(noPage(name));
    return 0;
  }
  if (page.size > largestFirst || page.size < 0) walk.refusals.push(tooLongPage(name, page.word, page.size));
  return page.size;
}

function toSize(
  { variables }: Walk,
  value: { kind: Kind; value?: unknown; name?: { value: string } },
): number | undefined {
  const found = value.kind === Kind.VARIABLE ? variables[value.name?.value ?? ''] : value.value;
  return found === undefined || found === null ? undefined : Number(found);
}

const noPage = (name: string) =>
  new Refusal(
    'MISSING_PAGINATION_BOUNDARIES',
    `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
  );

const tooLongPage = (name: string, word: string, size: number) =>
  new Refusal(
    'EXCESSIVE_PAGINATION',
    `Requesting ${size} records on the \`${name}\` connection exceeds the \`${word}\` limit of ${largestFirst} records.`,
  );

const tooManyNodes = (nodes: number) =>
  new Refusal(
    'MAX_NODE_LIMIT_EXCEEDED',
    `This query requests up to ${nodes.toLocaleString('en')} possible nodes which exceeds the maximum limit of ${mostNodes.toLocaleString('en')}.`,
  );
