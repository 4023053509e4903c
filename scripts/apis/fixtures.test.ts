import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDefinition } from './fixture.ts';
import { renderDefinition } from './render.ts';

const folder = new URL('fixtures/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
/** What is written, and what comes out of it: a file, and beside it the same with `.html`. */
const pairs = [
  ['openapi', 'openapi-3.1.yaml'],
  ['openapi', 'swagger-2.0.json'],
  ['asyncapi', 'asyncapi-2.yaml'],
  ['asyncapi', 'asyncapi-3.yaml'],
  ['graphql', 'schema.graphql'],
  ['grpc', 'stock.proto'],
] as const;

test.each(pairs)('%s: %s', async (type, name) => {
  const { definition, faults } = await readDefinition(type, read(name));
  if (!definition) throw new Error(JSON.stringify(faults));
  const { body, contents, counts } = renderDefinition(definition, () => undefined);
  const said = [
    definition.format,
    definition.version,
    counts,
    JSON.stringify(definition.servers),
    ...faults.map((fault) => JSON.stringify(fault)),
  ];
  expect(`<!-- ${said.join('\n')} -->\n${contents}\n\n${body}\n`.replaceAll('><', '>\n<')).toBe(read(`${name}.html`));
});
