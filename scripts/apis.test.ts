import { expect, test } from 'vitest';
import type { CatalogEntity } from '#model/catalog.ts';
import { createFiles } from './apis/fixture.ts';
import { renderApis } from './apis.ts';
import type { ApiTools } from './ports.ts';

const place = { repository: 'shop', path: 'catalog-info.yaml', line: 1, column: 1 };

function toEntry(type: string, definition: unknown, file?: string, name = 'a'): CatalogEntity {
  const entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'API', metadata: { name }, spec: { type, definition } };
  const sources = new Map([['spec.definition', { repository: 'shop', path: file ?? '' }]]);
  return { ref: `api:default/${name}`, entity, place, relations: [], ...(file && { sources }) };
}

const toCatalog = (...entries: CatalogEntity[]) => ({
  entities: new Map(entries.map((entry) => [entry.ref, entry])),
  repositories: [],
  problems: [],
});

/** A store over plain maps that counts what is kept. */
function createTools() {
  const bodies = new Map<string, string>();
  const results = new Map<string, string>();
  const counts = { kept: 0 };
  const tools: ApiTools = {
    highlight: (code) => (code.includes('<') ? undefined : `<span class="token">${code}</span>`),
    program: '1',
    store: {
      findResult: (key) => results.get(key),
      keepResult: (key, value) => {
        counts.kept += 1;
        results.set(key, value);
      },
      keepBody: (html) => {
        bodies.set(`k${html.length}`, html);
        return `k${html.length}`;
      },
      hasBody: (key) => bodies.has(key),
      use: () => undefined,
      sweep: () => undefined,
    },
  };
  return { tools, bodies, counts };
}

async function renderOne(entry: CatalogEntity, files: Record<string, string> = {}) {
  const { tools, bodies } = createTools();
  const { definitions, problems } = await renderApis(toCatalog(entry), createFiles(files), tools);
  const definition = definitions.get(entry.ref);
  return {
    definition,
    body: definition && bodies.get(definition.body),
    said: problems.map(({ code, place: at, entity }) => `${code} ${at?.path}:${at?.line} ${entity}`),
  };
}

const openapi = 'openapi: 3.0.0\ninfo: {title: a, version: "1"}\npaths: {/a: {get: {responses: {}}}}\n';

test.each([
  ['openapi', openapi, 'OpenAPI 3.0.0', 'yaml', '1 operation'],
  ['OpenAPI', '{"openapi":"3.0.0","info":{"title":"a","version":"1"},"paths":{}}', 'OpenAPI 3.0.0', 'json', ''],
  ['graphql', 'type Query { a: Int }', 'GraphQL', 'graphql', '1 query'],
  ['grpc', 'syntax = "proto3"; message A {}', 'Protocol Buffers proto3', 'proto', '1 message'],
  ['trpc', 'export const router = {}', '', 'txt', ''],
  ['mcp-server', '{"tools": []}', '', 'json', ''],
  ['constructor', 'a: 1', '', 'yaml', ''],
])('a definition of type %s that begins %j', async (type, text, format, ending, counts) => {
  const { definition, said } = await renderOne(toEntry(type, text));
  expect(definition).toMatchObject({ format, ending, counts });
  expect(said).toEqual([]);
});

test.each([
  ['nothing', undefined],
  ['an empty text', ' '],
  ['what stands for an address on the web', 'See https://example.com/a.json'],
  ['a list', ['a']],
])('an API that is defined by %s has no page', async (_, definition) =>
  expect((await renderOne(toEntry('openapi', definition))).definition).toBeUndefined(),
);

test.each([
  ['openapi', 'openapi: 3.0.0\ninfo:\n  title: "a\n', 4],
  ['openapi', '{"openapi": "3.0.0",\n"info" {}}', 2],
  ['asyncapi', 'asyncapi: 3.0.0\na: b: c\n', 2],
  ['graphql', 'type A {\n  a: Int\n  b\n}', 4],
  ['grpc', 'syntax = "proto3";\nmessage A {\n  string = 1;\n}', 3],
])(
  'a broken %s definition in a file of its own is a problem there, and its source is shown',
  async (type, text, line) => {
    const { said, body } = await renderOne(toEntry(type, text, 'api/open.yaml'));
    expect(said).toEqual([`definition-invalid api/open.yaml:${line} api:default/a`]);
    expect(body).toContain(`data-marked-lines="${line}"`);
    expect(body).toContain(text.slice(0, 8));
  },
);

test('a problem of a definition in the catalog file is at its line there', async () => {
  const definition = 'openapi: 3.0.0\ninfo: {title: a, version: "1"}\npaths:\n  a: {get: {responses: {}}}\n';
  const block = definition.replaceAll(/^/gm, '    ');
  const file = `apiVersion: x\nkind: API\nspec:\n  type: openapi\n  definition: |\n${block}`;
  const { said } = await renderOne(toEntry('openapi', definition), { 'catalog-info.yaml': file });
  expect(said).toEqual(['definition-invalid catalog-info.yaml:9 api:default/a']);
  const folded = file.replace('|', '>-');
  const other = await renderOne(toEntry('openapi', definition), { 'catalog-info.yaml': folded });
  expect(other.said).toEqual(['definition-invalid catalog-info.yaml:5 api:default/a']);
});

test('a source is shown as text, whatever it holds', async () => {
  const { body } = await renderOne(toEntry('trpc', 'const a = "</code><script>alert(1)</script>"'));
  expect(body).toContain('&lt;/code&gt;&lt;script&gt;');
});

test('what is too large is not read', async () => {
  const { definition, said } = await renderOne(toEntry('openapi', openapi + '#'.repeat(2_000_000)));
  expect(definition).toMatchObject({ format: '', isShortened: true });
  expect(said).toEqual(['definition-too-large catalog-info.yaml:1 api:default/a']);
});

test('a definition is rendered once, until it or a file that it names is another one', async () => {
  const { tools, counts } = createTools();
  const text = openapi.replace('responses: {}', "responses: {'200': {$ref: './ok.yaml'}}");
  const catalog = toCatalog(toEntry('openapi', text), toEntry('openapi', text, undefined, 'b'));
  const build = async (file: string) => {
    await renderApis(catalog, createFiles({ 'ok.yaml': file }), tools);
    return counts.kept;
  };
  expect(await build('description: fine')).toBe(1);
  expect(await build('description: fine')).toBe(1);
  expect(await build('description: other')).toBe(2);
});
