import { expect, test } from 'vitest';
import { createInMemoryForge, toEntityText } from '../tests/in-memory-forge.ts';
import { discover } from './discover.ts';
import type { Cache } from './ports.ts';
import { read } from './read.ts';
import { parseSettings } from './settings.ts';

type Files = Record<string, Record<string, string>>;

async function readAll(
  files: Files,
  config = 'catalog: {rules: [{allow: [Component, API, Location, Template, Group]}]}',
  cache?: Cache,
) {
  const forge = createInMemoryForge(files);
  const { value } = parseSettings([{ path: 'app-config.yaml', text: config }], {}, () => undefined);
  const reading = await read(forge, await discover(forge, value), cache);
  return {
    ...reading,
    names: reading.documents.map(({ place }) => `${place.repository}/${place.path}`),
    codes: [...reading.problems, ...reading.documents.flatMap(({ problems }) => problems)].map(({ code }) => code),
  };
}

const component = toEntityText('Component', 'a');
const locationTo = (...targets: string[]) => toEntityText('Location', 'l', JSON.stringify({ targets }));

test.each([
  ['./b.yaml', ['orders/b.yaml'], []],
  ['b.yaml', ['orders/b.yaml'], []],
  ['/b.yaml', ['orders/b.yaml'], []],
  ['./sub/../b.yaml', ['orders/b.yaml'], []],
  ['./sub/*.yaml', ['orders/sub/c.yaml', 'orders/sub/d.yaml'], []],
  ['./**/{c,d}.y?ml', ['orders/sub/c.yaml', 'orders/sub/d.yaml'], []],
  ['https://github.com/acme/orders/blob/main/b.yaml', ['orders/b.yaml'], []],
  ['https://github.com/acme/orders/tree/main/b.yaml', ['orders/b.yaml'], []],
  ['https://github.com/ACME/Orders/blob/-/b.yaml', ['orders/b.yaml'], []],
  ['https://raw.githubusercontent.com/acme/orders/refs/heads/main/b.yaml', ['orders/b.yaml'], []],
  ['https://github.com/acme/teams/blob/main/org.yaml', ['teams/org.yaml'], []],
  ['https://github.com/acme/teams/blob/v1/org.yaml', ['teams/org.yaml'], ['location-other-branch']],
  ['https://github.com/acme/unknown/blob/main/x.yaml', [], ['location-target-outside']],
  ['https://example.com/x.yaml', [], ['location-target-outside']],
  ['./gone.yaml', [], ['location-target-missing']],
  ['./none/*.yaml', [], ['location-target-missing']],
  ['../outside.yaml', [], ['location-target-leaves']],
  ['../../etc/passwd', [], ['location-target-leaves']],
  ['file:///etc/passwd', [], ['location-target-outside']],
])('a Location that names %s leads to %j', async (target, names, codes) => {
  const orders = {
    'catalog-info.yaml': locationTo(target),
    'b.yaml': component,
    'sub/c.yaml': component,
    'sub/d.yaml': component,
  };
  const reading = await readAll({ orders, teams: { 'catalog-info.yaml': component, 'org.yaml': component } });
  expect(reading.names.slice(2)).toEqual(names);
  expect(reading.codes).toEqual(codes);
});

test('says where a target is written', async () => {
  const { problems } = await readAll({
    orders: { 'catalog-info.yaml': 'kind: Location\nspec:\n  targets:\n    - ./gone.yaml\n' },
  });
  expect(problems[0]?.place).toEqual({ repository: 'orders', path: 'catalog-info.yaml', line: 4, column: 7 });
});

test('an optional target may be absent', async () => {
  const text = toEntityText('Location', 'l', '{target: ./gone.yaml, presence: optional}');
  expect((await readAll({ orders: { 'catalog-info.yaml': text } })).codes).toEqual([]);
});

test('Locations that name each other end, and no file is read twice', async () => {
  const orders = {
    'catalog-info.yaml': locationTo('./x.yaml', './x.yaml'),
    'x.yaml': locationTo('./catalog-info.yaml', './x.yaml'),
  };
  expect((await readAll({ orders })).names).toEqual(['orders/catalog-info.yaml', 'orders/x.yaml']);
});

test('discovered files come first, then those of Locations, each sorted', async () => {
  const a = { 'catalog-info.yaml': locationTo('./z.yaml', './b.yaml'), 'z.yaml': component, 'b.yaml': component };
  const { names } = await readAll({ zebra: { 'catalog-info.yaml': component }, ant: a });
  expect(names).toEqual(['ant/catalog-info.yaml', 'zebra/catalog-info.yaml', 'ant/b.yaml', 'ant/z.yaml']);
});

test('Locations are followed only where they are allowed', async () => {
  const orders = { 'catalog-info.yaml': locationTo('./b.yaml'), 'b.yaml': component };
  expect((await readAll({ orders }, 'catalog: {rules: [{allow: [Component]}]}')).names).toEqual([
    'orders/catalog-info.yaml',
  ]);
});

test('what a Location leads to may hold what the place of its beginning may', async () => {
  const orders = { 'index.yaml': locationTo('./users.yaml'), 'users.yaml': component };
  const config =
    'catalog: {rules: [{allow: [Location]}], locations: [{type: url, target: "https://github.com/acme/orders/blob/main/index.yaml", rules: [{allow: [User]}]}]}';
  const { documents } = await readAll({ orders }, config);
  expect(['User', 'Group'].map((kind) => documents[1]?.allows?.({ kind }))).toEqual([true, false]);
});

test('what a Template copies is not read, unless a Location asks for it', async () => {
  const template = toEntityText(
    'Template',
    't',
    '{steps: [{action: "fetch:template", input: {url: ./base}}, {action: "fetch:template", input: {url: "./"}}]}',
  );
  const files = {
    'templates/go/template.yaml': template,
    'templates/go/base/catalog-info.yaml': component,
    'templates/go/baseline/catalog-info.yaml': component,
  };
  expect((await readAll({ orders: files })).names).toEqual([
    'orders/templates/go/baseline/catalog-info.yaml',
    'orders/templates/go/template.yaml',
  ]);
  const found = { ...files, 'catalog-info.yaml': locationTo('./templates/**/catalog-info.yaml') };
  expect((await readAll({ orders: found })).names).not.toContain('orders/templates/go/base/catalog-info.yaml');
  const asked = { ...files, 'catalog-info.yaml': locationTo('./templates/go/base/catalog-info.yaml') };
  expect((await readAll({ orders: asked })).names).toContain('orders/templates/go/base/catalog-info.yaml');
});

const api = (definition: string) => `kind: API\nmetadata: {name: a}\nspec:\n  definition:\n    ${definition}\n`;

test.each([
  ['$text: ./api.json', '{"x": 1}', []],
  ['$json: ./api.json', { x: 1 }, []],
  ['$yaml: ./list.yaml', [1, 2], []],
  ['$text: https://github.com/acme/orders/blob/main/api.json', '{"x": 1}', []],
  ['$text: /api.json', '{"x": 1}', []],
  ['$openapi: ./api.json', { $openapi: './api.json' }, []],
  ['$text: [./api.json]', { $text: ['./api.json'] }, []],
  ['{$text: ./api.json, more: 1}', { $text: './api.json', more: 1 }, []],
  ['$text: https://example.com/api.json', 'See https://example.com/api.json', ['placeholder-remote']],
  ['$json: ./two.yaml', { $json: './two.yaml' }, ['placeholder-unreadable']],
  ['$yaml: ./two.yaml', { $yaml: './two.yaml' }, ['placeholder-unreadable']],
  ['$text: ./gone.json', { $text: './gone.json' }, ['placeholder-unreadable']],
  ['$text: ../../etc/passwd', { $text: '../../etc/passwd' }, ['placeholder-unreadable']],
  ['$text: /../etc/passwd', { $text: '/../etc/passwd' }, ['placeholder-unreadable']],
  [
    '$text: https://github.com/acme/teams/blob/main/secret.txt',
    { $text: 'https://github.com/acme/teams/blob/main/secret.txt' },
    ['placeholder-other-repository'],
  ],
  [
    '$text: https://gitlab.com/a/b/-/blob/main/x',
    { $text: 'https://gitlab.com/a/b/-/blob/main/x' },
    ['placeholder-other-repository'],
  ],
])('%s becomes %j', async (written, definition, codes) => {
  const orders = {
    'catalog-info.yaml': api(written),
    'api.json': '{"x": 1}',
    'list.yaml': '[1, 2]',
    'two.yaml': 'a: 1\n---\nb: 1\n',
  };
  const reading = await readAll({ orders, teams: { 'catalog-info.yaml': component, 'secret.txt': 'secret' } });
  expect(reading.documents[0]?.value).toMatchObject({ spec: { definition } });
  expect(reading.codes).toEqual(codes);
});

test('a text that was taken from a file says which one it was', async () => {
  const text = toEntityText('API', 'a', JSON.stringify({ definition: { $text: './api/open.yaml' }, other: 'x' }));
  const { documents } = await readAll({
    orders: { 'sub/catalog-info.yaml': text, 'sub/api/open.yaml': 'openapi: 3.0.0' },
  });
  expect([...(documents[0]?.sources ?? [])]).toEqual([
    ['spec.definition', { repository: 'orders', path: 'sub/api/open.yaml' }],
  ]);
});

test('placeholders stand anywhere, and a file that one names cannot reach prototypes', async () => {
  const text = 'kind: API\nmetadata:\n  links: {$json: ./links.json}\nspec: {list: [{$text: ./a.txt}]}\n';
  const orders = {
    'catalog-info.yaml': text,
    'links.json': '[{"__proto__": {"polluted": true}, "url": "u"}]',
    'a.txt': 'A',
  };
  const { documents } = await readAll({ orders });
  expect(documents[0]?.value).toEqual({ kind: 'API', metadata: { links: [{ url: 'u' }] }, spec: { list: ['A'] } });
});

test('a document knows its places', async () => {
  const { documents } = await readAll({ orders: { 'catalog-info.yaml': `---\n---\n${api('$text: ./gone')}` } });
  expect(documents[0]).toMatchObject({ docIndex: 1, place: { line: 3, column: 1 } });
  expect(documents[0]?.locate(['spec', 'definition', 'deeper'])).toMatchObject({ line: 6, column: 3 });
  expect(documents[0]?.problems[0]?.place).toMatchObject({ line: 7, column: 5 });
});

test('a broken document is reported, and the file’s others stay', async () => {
  const { documents, codes } = await readAll({ orders: { 'catalog-info.yaml': `${component}---\na: [\n` } });
  expect(documents.map(({ value }) => value !== undefined)).toEqual([true, false]);
  expect(codes).toEqual(['file-dropped-by-backstage', 'yaml-syntax']);
});

test.each([
  [{ 'catalog-info.yaml': '' }, ['file-empty']],
  [{ 'catalog-info.yaml': `${component}---\n`.repeat(1001) }, ['file-long']],
  [{ 'catalog_info.yaml': component }, ['wrong-file-name']],
  [{ 'README.md': '' }, ['no-catalog-file']],
  [{ 'catalog-info.yaml': locationTo('./catalog_info.yaml'), 'catalog_info.yaml': component }, []],
])('tells of near misses: %j', async (orders, codes) => expect((await readAll({ orders })).codes).toEqual(codes));

test('says once what Backstage would refuse where there are no rules', async () => {
  const { problems } = await readAll(
    { orders: { 'catalog-info.yaml': `${toEntityText('Group', 'g')}---\n${toEntityText('System', 's')}` } },
    '',
  );
  expect(problems.map(({ code, what }) => [code, what])).toEqual([
    [
      'kinds-refused-by-default',
      'Backstage itself would refuse Group, System, because the configuration has no `catalog.rules`.',
    ],
  ]);
});

test('a second build takes parsed files from the cache, and they are the same', async () => {
  const kept = new Map<string, string>();
  const cache: Cache = { find: (key) => kept.get(key), keep: (key, value) => kept.set(key, value) };
  const files = {
    orders: {
      'catalog-info.yaml': `${component}---\n---\na: [\n`,
      'x/catalog-info.yaml': api('$text: ../catalog-info.yaml'),
    },
  };
  const first = await readAll(files, undefined, cache);
  const size = kept.size;
  const second = await readAll(files, undefined, {
    ...cache,
    keep: () => expect.unreachable('nothing is parsed again'),
  });
  expect(size).toBe(3);
  expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  kept.forEach((_value, key) => void kept.set(key, '{broken'));
  expect(JSON.stringify(await readAll(files, undefined, cache))).toBe(JSON.stringify(first));
});
