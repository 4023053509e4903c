import { stringify } from 'yaml';
import { type Chance, createChance } from './chance.ts';
import { toWords } from './docs-words.ts';

/** A definition to be measured. */
export type ApiText = { name: string; type: string; text: string };

/** Definitions of the sizes that the portal has promises for, the same for the same seed. */
export function listApiTexts(seed = 6): ApiText[] {
  const chance = createChance(seed);
  const openapi = toOpenapi(chance, 500_000);
  return [
    { name: 'OpenAPI, 500 kB of YAML', type: 'openapi', text: stringify(openapi) },
    { name: 'OpenAPI, the same as JSON', type: 'openapi', text: JSON.stringify(openapi) },
    { name: 'GraphQL, 36 kB', type: 'graphql', text: toGraphql(chance, 36_000) },
  ];
}

/** Words for a sentence, from a number. */
const say = (chance: Chance, count: number) => toWords(count, chance);

/** An API of as many resources as it takes to be of a size as YAML: five operations and a schema each. */
function toOpenapi(chance: Chance, characters: number) {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  let written = 0;
  for (let at = 0; written < characters; at += 1) {
    const made = toResource(chance, at);
    Object.assign(paths, made.paths);
    Object.assign(schemas, made.schemas);
    written += stringify(made).length;
  }
  const info = { title: 'Generated', version: '1.0.0' };
  return { openapi: '3.0.3', info, servers: [{ url: 'https://api.example.com' }], paths, components: { schemas } };
}

function toResource(chance: Chance, at: number) {
  const schema = { $ref: `#/components/schemas/Thing${at}` };
  const content = { 'application/json': { schema } };
  const answer = { 200: { description: say(chance, 6), content }, 404: { description: 'There is no such thing' } };
  const toOperation = (verb: string, body: boolean) => ({
    ...{ tags: [`Group ${at % 20}`], operationId: `${verb}Thing${at}`, summary: say(chance, 5) },
    description: say(chance, 25),
    ...(body && { requestBody: { required: true, content } }),
    responses: answer,
  });
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
  const properties = Object.fromEntries(
    Array.from({ length: 12 }, (_, field) => [
      `field${field}`,
      field === 0
        ? { type: 'array', items: { $ref: `#/components/schemas/Thing${chance.below(at + 1)}` } }
        : { type: chance.pick(['string', 'integer', 'boolean']), description: say(chance, 8) },
    ]),
  );
  return {
    paths: {
      [`/things-${at}`]: { get: toOperation('list', false), post: toOperation('create', true) },
      [`/things-${at}/{id}`]: {
        parameters: [id],
        ...{ get: toOperation('show', false), put: toOperation('change', true), delete: toOperation('remove', false) },
      },
    },
    schemas: { [`Thing${at}`]: { type: 'object', required: ['field1'], description: say(chance, 12), properties } },
  };
}

/** A schema of as many types as it takes to be of a size, each with a query of its own. */
function toGraphql(chance: Chance, characters: number): string {
  const types: string[] = [];
  const queries: string[] = [];
  let written = 0;
  for (let at = 0; written < characters; at += 1) {
    const fields = Array.from({ length: 8 }, (_, field) => {
      const type = field === 0 ? `[Thing${chance.below(at + 1)}!]!` : chance.pick(['String', 'Int!', 'Boolean']);
      return `  """${say(chance, 6)}"""\n  field${field}(first: Int = 10): ${type}`;
    });
    const type = `"""${say(chance, 10)}"""\ntype Thing${at} {\n${fields.join('\n')}\n}\n`;
    const query = `  thing${at}(id: ID!): Thing${at}`;
    written += type.length + query.length;
    types.push(type);
    queries.push(query);
  }
  return `type Query {\n${queries.join('\n')}\n}\n\n${types.join('\n')}`;
}
