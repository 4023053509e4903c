import { expect, test } from 'vitest';
import { createInMemoryForge, toEntityText } from '../tests/in-memory-forge.ts';
import { discover } from './discover.ts';
import { parseSettings } from './settings.ts';

const component = toEntityText('Component', 'a');
const settingsOf = (text = '') => parseSettings([{ path: 'app-config.yaml', text }], {}, () => undefined).value;

async function find(files: Record<string, string>, config?: string) {
  const discovery = await discover(createInMemoryForge({ orders: files }), settingsOf(config));
  return { ...discovery, paths: discovery.files.map(({ path }) => path) };
}

test.each([
  'catalog-info.yaml',
  'catalog-info.yml',
  '.catalog-info.yaml',
  '.backstage/catalog-info.yaml',
  '.vtex/catalog-info.yaml',
  '.github/catalog-info.yml',
  'services/deep/down/catalog-info.yaml',
])('finds %s', async (path) => expect((await find({ [path]: component })).paths).toEqual([path]));

test.each([
  'templates/go/skeleton/catalog-info.yaml',
  'templates/go/content/catalog-info.yaml',
  '{{cookiecutter.name}}/catalog-info.yaml',
  'packages/${{ values.name }}/catalog-info.yaml',
  'node_modules/x/catalog-info.yaml',
  'src/__fixtures__/catalog-info.yaml',
  'test/mocks/catalog-info.yaml',
  'other.yaml',
])('passes %s by', async (path) => expect((await find({ [path]: component })).paths).toEqual([]));

test('finds templates by their place and their content', async () => {
  const template = toEntityText('Template', 't');
  const files = {
    'template.yaml': template,
    'templates/go/template.yaml': template,
    'charts/templates/x/template.yaml': 'kind: Deployment\n',
    'elsewhere/template.yaml': template,
  };
  expect((await find(files)).paths).toEqual(['template.yaml', 'templates/go/template.yaml']);
});

test.each([
  [{ 'all.yaml': toEntityText('Location', 'all') }, ['all.yaml']],
  [{ 'all.yaml': toEntityText('Location', 'all'), 'catalog-info.yaml': component }, ['catalog-info.yaml']],
  [{ 'all.yaml': 'kind: Deployment\n' }, []],
])('takes all.yaml for an index where nothing else is: %j', async (files, paths) => {
  expect((await find(files)).paths).toEqual(paths);
});

test('finds what a provider looks for', async () => {
  const config = 'catalog: {providers: {github: {a: {organization: acme, catalogPath: "/{teams/**/*.yaml,x.yaml}"}}}}';
  expect((await find({ 'teams/a/b.yaml': component, 'x.yaml': component, 'y.yaml': component }, config)).paths).toEqual(
    ['teams/a/b.yaml', 'x.yaml'],
  );
});

test.each([
  ['catalog_info.yaml', true],
  ['catalog-info.yaml.txt', true],
  ['Catalog-Info.yaml', true],
  ['cataloginfo.yml', true],
  ['catalog-info.json', true],
  ['backstage.yaml', true],
  ['.backstage/component.yaml', true],
  ['src/backstage.yaml', false],
  ['README.md', false],
])('suspects %s: %s', async (path, isSuspect) => {
  expect((await find({ [path]: component })).suspects).toEqual(isSuspect ? [{ repository: 'orders', path }] : []);
});

test('suspects nothing that does not hold an entity', async () => {
  expect((await find({ 'backstage.yaml': 'app: {}\n' })).suspects).toEqual([]);
});

test('takes the files and addresses that the configuration names, from the folder that says so', async () => {
  const forge = createInMemoryForge({ local: { 'conf/teams.yaml': component } });
  const location = (type: string, target: string) => `{type: ${type}, target: "${target}"}`;
  const text = `catalog: {locations: [${location('file', './teams.yaml')}, ${location('file', './gone.yaml')}, ${location('url', 'https://x/y')}, ${location('odd', 'z')}]}`;
  const settings = parseSettings([{ path: 'conf/app-config.yaml', text }], {}, () => undefined).value;
  const { files, targets, problems } = await discover(forge, settings);
  expect(files).toEqual([{ repository: 'local', path: 'conf/teams.yaml', via: 'location' }]);
  expect(targets).toMatchObject([{ target: 'https://x/y' }]);
  expect(problems.map(({ code }) => code)).toEqual(['location-target-missing', 'location-type-unknown']);
});

test.each([
  ['rules: [{allow: [Component]}]', { kind: 'component' }, true],
  ['rules: [{allow: [Component]}]', { kind: 'System' }, false],
  ['rules: []', { kind: 'Component' }, false],
  ['rules: [{allow: [{kind: API, spec.type: grpc}]}]', { kind: 'API', type: 'grpc' }, true],
  ['rules: [{allow: [{kind: API, spec.type: grpc}]}]', { kind: 'API', type: 'openapi' }, false],
  [
    'rules: [{allow: [Group], locations: [{type: url, pattern: "https://github.com/acme/org*/**"}]}]',
    { kind: 'Group' },
    false,
  ],
  [
    'rules: [{allow: [Group], locations: [{type: url, pattern: "https://github.com/acme/ord*/**"}]}]',
    { kind: 'Group' },
    true,
  ],
  ['rules: [{allow: [Group], locations: [{type: file}]}]', { kind: 'Group' }, false],
])('with %s, %j is allowed: %s', async (rules, entity, isAllowed) => {
  const { files } = await find({ 'catalog-info.yaml': component }, `catalog: {${rules}}`);
  expect(files[0]?.allows?.(entity)).toBe(isAllowed);
});

test('without rules nothing is restricted', async () => {
  const { files, hasRules } = await find({ 'catalog-info.yaml': component });
  expect([files[0]?.allows, hasRules]).toEqual([undefined, false]);
});

test('a location’s own rules add to those of all', async () => {
  const forge = createInMemoryForge({ local: { 'a.yaml': component } });
  const text =
    'catalog: {rules: [{allow: [API]}], locations: [{type: file, target: a.yaml, rules: [{allow: [User]}]}]}';
  const { files } = await discover(forge, settingsOf(text));
  const allows = files.find(({ path, via }) => path === 'a.yaml' && via === 'location')?.allows;
  expect(['API', 'User', 'Group'].map((kind) => allows?.({ kind }))).toEqual([true, true, false]);
});
