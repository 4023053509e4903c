import type { GraphQLFieldResolver, GraphQLTypeResolver } from 'graphql';

/** One object of an answer: its type, and for each field its value or a function of the field's arguments. */
export type Fields = { __typename: string; [field: string]: unknown };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && '__typename' in value;

/** Answers a field from its object. A field that this server does not know is an error, never silently null. */
export const resolveField: GraphQLFieldResolver<unknown, unknown> = (
  source,
  values,
  _context,
  { fieldName, parentType },
) => {
  if (!isFields(source) || !(fieldName in source))
    throw new Error(`The test server does not answer ${parentType.name}.${fieldName}; add it in tests/github/graphql.`);
  const value = source[fieldName];
  return typeof value === 'function' ? value(values) : value;
};

/** Says which of several types an object is. */
export const resolveType: GraphQLTypeResolver<unknown, unknown> = (value) =>
  isFields(value) ? value.__typename : undefined;
