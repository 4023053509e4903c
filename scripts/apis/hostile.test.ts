import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parseFragment } from 'parse5';
import { expect, test } from 'vitest';
import { readDefinition } from './fixture.ts';
import { renderDefinition } from './render.ts';

const forbidden = new Set([
  'script',
  'iframe',
  'object',
  'embed',
  'form',
  'svg',
  'style',
  'img',
  'link',
  'meta',
  'base',
]);

/** Elements and attributes that could do something, as a browser would see them. */
function listActive(html: string): string[] {
  const found: string[] = [];
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('tagName' in node) {
      if (forbidden.has(node.tagName)) found.push(node.tagName);
      for (const { name, value } of node.attrs)
        if (/^(on|style|src)/.test(name) || (name === 'href' && !/^(#|https?:|mailto:)/.test(value)))
          found.push(`${name}=${value}`);
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(html));
  return found;
}

/** Everything that is made of a text: the page, and what is said about it. */
async function renderAll(type: string, text: string, files: Record<string, string> = {}) {
  const { definition, faults } = await readDefinition(type, text, files);
  const rendered = definition && renderDefinition(definition, () => undefined);
  return { body: `${rendered?.body ?? ''}${rendered?.contents ?? ''}`, faults, rendered };
}

/** Anchors that lead nowhere, and ids that there are twice. */
function listFlaws(html: string): string[] {
  const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id);
  const known = new Set(ids);
  const lost = [...html.matchAll(/href="#([^"]*)"/g)].map(([, to = '']) => decodeURIComponent(to));
  return [...ids.filter((id, at) => ids.indexOf(id) !== at), ...lost.filter((to) => !known.has(to))];
}

const payloads = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('1')",
  '[x](javascript:alert(1))',
  '\u0000\u202e',
  "'; rm -rf / #",
];

const word = fc.oneof(fc.constantFrom(...payloads), fc.string({ maxLength: 8 }));
const refs = fc.constantFrom(
  '#/components/schemas/A',
  '#/components/schemas/B',
  '#',
  '#/paths',
  './other.yaml#/A',
  '../../../etc/passwd',
  'https://example.com/a.yaml',
);
const keys = fc.constantFrom(
  'type',
  'properties',
  'items',
  'allOf',
  'oneOf',
  'anyOf',
  'enum',
  'required',
  'description',
  'example',
  'default',
  '$ref',
  'additionalProperties',
  'nullable',
  'minimum',
  'pattern',
  '__proto__',
  'constructor',
  'get',
  'post',
  'parameters',
  'responses',
  'requestBody',
  'content',
  'schema',
  'application/json',
  'in',
  'name',
  'tags',
  'security',
  'servers',
  'channels',
  'messages',
  'payload',
  'headers',
  'publish',
  'message',
  'channel',
  'action',
  'x-own',
);
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    word,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.record({ $ref: refs }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(keys, word), tie('value'), { maxKeys: 4 }),
  ),
}));
const keyed = fc.dictionary(fc.oneof(keys, word), anything, { maxKeys: 4 });

test('whatever stands in an OpenAPI definition, its page does nothing and its links lead somewhere', async () => {
  const openapi = fc.record({
    openapi: fc.constantFrom('3.0.0', '3.1.0'),
    info: anything,
    tags: anything,
    servers: anything,
    paths: fc.dictionary(
      fc.oneof(fc.constant('/a/{id}'), word),
      fc.dictionary(fc.constantFrom('get', 'post', 'parameters', '$ref'), anything),
    ),
    components: fc.record({
      schemas: fc.dictionary(fc.constantFrom('A', 'B', 'A/B', '__proto__'), anything),
      securitySchemes: anything,
    }),
    security: anything,
  });
  await fc.assert(
    fc.asyncProperty(openapi, async (value) => {
      const { body } = await renderAll('openapi', JSON.stringify(value), { 'api/other.yaml': 'A: {type: string}' });
      expect(listActive(body)).toEqual([]);
      expect(listFlaws(body)).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['swagger', '2.0'],
  ['asyncapi', '2.6.0'],
  ['asyncapi', '3.0.0'],
])('the same of %s %s', async (name, version) => {
  const definition = fc.record({
    [name]: fc.constant(version),
    info: anything,
    host: word,
    channels: fc.dictionary(word, keyed),
    operations: fc.dictionary(word, keyed),
    paths: fc.dictionary(word, keyed),
    definitions: keyed,
    components: fc.record({ messages: keyed, schemas: keyed }),
    servers: keyed,
  });
  await fc.assert(
    fc.asyncProperty(definition, async (value) => {
      const { body } = await renderAll(name === 'swagger' ? 'openapi' : name, JSON.stringify(value));
      expect(listActive(body)).toEqual([]);
      expect(listFlaws(body)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      'type ',
      'Query',
      '{',
      '}',
      '(',
      ')',
      ':',
      '[',
      ']',
      '!',
      ' = ',
      '"""',
      '"',
      '\n',
      '@deprecated',
      'union',
      '|',
      'enum ',
      'message ',
      'service ',
      'rpc ',
      'returns',
      'syntax = "proto3";',
      'string ',
      'A',
      '1',
      ';',
      'map<',
      '>',
      'oneof ',
      '//',
      '/*',
      'import "a";',
      'option ',
    ),
    word,
  ),
  { maxLength: 40 },
);

test.each(['graphql', 'grpc', 'openapi', 'asyncapi', 'trpc'])('no text makes the reader of %s throw', async (type) => {
  await fc.assert(
    fc.asyncProperty(pieces, async (parts) => {
      const { body } = await renderAll(type, parts.join(''));
      expect(listActive(body)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const chain = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `S${at}`,
      { properties: { next: { $ref: `#/components/schemas/S${(at + 1) % count}` } } },
    ]),
  );
const deep = (count: number) => `${'{"properties":{"a":'.repeat(count)}{}${'}}'.repeat(count)}`;
const bomb = Array.from(
  { length: 12 },
  (_, at) => `a${at}: &a${at} [${Array.from({ length: 12 }, () => (at === 0 ? 'x' : `*a${at - 1}`)).join(', ')}]`,
).join('\n');
const operations = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `/p${at}`,
      { get: { summary: `Number ${at}`, responses: { 200: { $ref: '#/components/responses/Shared' } } } },
    ]),
  );
const wide = {
  properties: Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`field${at}`, { type: 'string', description: 'Some words about it' }]),
  ),
};
const head = '"openapi":"3.0.0","info":{"title":"a","version":"1"}';

test.each([
  [
    'schemas that refer to each other in a ring',
    'openapi',
    `{${head},"paths":{},"components":{"schemas":${JSON.stringify(chain(2000))}}}`,
  ],
  [
    'a reference to itself',
    'openapi',
    `{${head},"paths":{"/a":{"$ref":"#/paths/~1a"}},"components":{"schemas":{"A":{"$ref":"#/components/schemas/A"}}}}`,
  ],
  [
    'a schema inside of a schema, very deep',
    'openapi',
    `{${head},"paths":{},"components":{"schemas":{"A":${deep(90)}}}}`,
  ],
  [
    'a schema that is deeper than any program likes',
    'openapi',
    `{${head},"components":{"schemas":{"A":${deep(50_000)}}}}`,
  ],
  ['brackets without an end', 'openapi', `openapi: ${'['.repeat(20_000)}`],
  ['aliases of aliases', 'openapi', `openapi: 3.0.0\n${bomb}`],
  [
    '10,000 operations that share a wide answer',
    'openapi',
    `{${head},"paths":${JSON.stringify(operations(10_000))},"components":{"responses":{"Shared":{"description":"x","content":{"application/json":{"schema":${JSON.stringify(wide)}}}}}}}`,
  ],
  [
    'alternatives inside of alternatives',
    'openapi',
    `{${head},"paths":{},"components":{"schemas":{"A":${'{"oneOf":['.repeat(40)}{}${']}'.repeat(40)}}}}`,
  ],
  ['lists inside of lists in GraphQL', 'graphql', `type A { a: ${'['.repeat(100_000)}`],
  [
    'ten thousand types in GraphQL',
    'graphql',
    Array.from({ length: 10_000 }, (_, at) => `type T${at} { a: T${at + 1} }`).join('\n'),
  ],
  ['messages inside of messages', 'grpc', `message A { ${'message B { '.repeat(50_000)}`],
  ['options inside of options', 'grpc', `option (a) = ${'{a:'.repeat(50_000)}`],
  ['a comment without an end', 'grpc', `/*${'*'.repeat(300_000)}`],
  [
    'ten thousand channels',
    'asyncapi',
    JSON.stringify({
      asyncapi: '2.0.0',
      info: { title: 'a', version: '1' },
      channels: Object.fromEntries(
        Array.from({ length: 10_000 }, (_, at) => [
          `c${at}`,
          { publish: { message: { payload: { type: 'string' } } } },
        ]),
      ),
    }),
  ],
])('%s gives a page of bounded size, or a fault', async (_, type, text) => {
  const { body, faults, rendered } = await renderAll(type, text);
  expect(rendered !== undefined || faults.length > 0).toBe(true);
  expect(body.length).toBeLessThan(2_500_000);
  expect(faults.length).toBeLessThan(50);
});

test('keys of prototypes are names like any other, or nothing', async () => {
  const text = `{${head},"paths":{"__proto__":{"get":{"responses":{}}},"/a":{"get":{"operationId":"constructor","responses":{"200":{"description":"ok"}}}}},"components":{"schemas":{"__proto__":{"type":"string"},"toString":{"type":"string"}}}}`;
  const { body } = await renderAll('openapi', text);
  expect(body).toContain('id="operation-constructor"');
  expect(body).toContain('id="schema-toString"');
  expect(Object.hasOwn(Object.prototype, 'get')).toBe(false);
});
