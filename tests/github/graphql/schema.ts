import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema } from 'graphql';

const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));

/** The schema that GitHub publishes; reading it takes about half a second, so it is read once. */
export const schema: GraphQLSchema = buildSchema(readFileSync(file, 'utf8'), {
  assumeValidSDL: true,
  noLocation: true,
});
