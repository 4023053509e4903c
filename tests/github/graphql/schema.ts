import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));

/** Reads the schema that GitHub publishes; it takes about half a second. */
export function readSchema(): GraphQLSchema {
  return buildSchema(readFileSync(file, 'utf8'), { assumeValidSDL: true, noLocation: true });
}
