import { expect, test } from 'vitest';
import type { Version } from '#model/catalog.ts';
import { createInMemoryForge } from '../../tests/in-memory-forge.ts';
import { renderDocs } from '../docs.ts';
import type { VersionRule } from './choose-versions.ts';
import { createMemoryTools, toDocsCatalog } from './fixture.ts';

type Files = Record<string, string>;
type State = Version & { files?: Files };

const tag = (name: string, files?: Files): State => ({
  name,
  type: 'tag',
  commit: `commit of ${name}`,
  ...(files && { files }),
});
const branch = (name: string, files: Files): State => ({ ...tag(name, files), type: 'branch' });
const rule: VersionRule = { pattern: ['v*'], count: 3, type: 'tags' };
const shop = { 'docs/index.md': '# Shop', 'docs/guide.md': '# Guide' };
const old = { 'docs/index.md': '# Old shop', 'docs/gone.md': '# Gone\n\n[x](missing.md)' };

type Asked = {
  history?: Record<string, State[]>;
  rules?: VersionRule[];
  ref?: string;
  at?: string;
  tools?: ReturnType<typeof createMemoryTools>;
};

async function render({
  history = {},
  rules = [rule],
  ref = 'dir:.',
  at = 'shop/catalog-info.yaml',
  tools = createMemoryTools(),
}: Asked) {
  const forge = createInMemoryForge({ shop, org: {} }, undefined, history);
  const { repositories } = await forge.listRepositories();
  const catalog = toDocsCatalog({ web: { at, annotations: { 'backstage.io/techdocs-ref': ref } } }, repositories);
  const { docs, problems } = await renderDocs(catalog, forge, tools, rules);
  const [tree] = docs.trees;
  const versions = (tree?.versions ?? []).map(({ slug, tree: { pages } }) => [
    slug,
    pages.map(({ address }) => address),
  ]);
  return { tree, versions, problems };
}

test('the versions that a rule chooses stand beside the current docs, and what is wrong in them is not reported', async () => {
  const history = { shop: [tag('v1', old), tag('v2', shop), tag('other', shop), branch('v3', shop)] };
  const { tree, versions, problems } = await render({ history });
  expect([versions, problems]).toEqual([
    [
      ['v2', ['guide/', '']],
      ['v1', ['gone/', '']],
    ],
    [],
  ]);
  expect(tree?.version).toBeUndefined();
  const bodies = [tree, tree?.versions?.[0]?.tree].map((each) => each?.pages.map(({ body }) => body));
  expect(bodies[0]).toEqual(bodies[1]);
});

test.each<[string, Partial<Asked>]>([
  ['without a rule', { rules: [] }],
  ['without a rule for the repository', { rules: [{ ...rule, repositories: ['other/*'] }] }],
  ['from before the docs were written', { history: { shop: [tag('v1', { README: 'no docs' })] } }],
])('there is no version %s', async (_name, asked) => {
  expect(await render({ history: { shop: [tag('v1', old)] }, ...asked })).toMatchObject({ versions: [], problems: [] });
});

test('a version that the clone does not hold in whole is one hint', async () => {
  const history = { shop: [tag('v1'), tag('v2', { ...old, 'docs/index.md': '# Old' })] };
  const { versions, problems } = await render({ history });
  expect(versions.map(([slug]) => slug)).toEqual(['v2']);
  expect(problems).toMatchObject([
    {
      code: 'docs-version-incomplete',
      level: 'hint',
      entity: 'component:default/web',
      place: { repository: 'shop', path: 'catalog-info.yaml' },
    },
  ]);
  expect(problems[0]?.what).toContain('`v1`');
});

test.each([
  ['tree/next', ['gone/', '']],
  ['tree/next/', ['gone/', '']],
  ['tree/refs/heads/next', ['gone/', '']],
  ['tree/feature/new/deep', ['']],
  ['blob/feature/new/deep/mkdocs.yml', ['']],
  ['tree/v1', ['guide/', '']],
  [`tree/${'a'.repeat(40)}/`, ['']],
  ['tree/main', ['guide/', '']],
])('an entity that names %s shows that state of the repository', async (path, expected) => {
  const deep = { 'deep/mkdocs.yml': 'site_name: Deep', 'deep/docs/index.md': '# Deep' };
  const states = [branch('next', old), branch('feature/new', deep), branch('feature', old), tag('v1', shop)];
  const history = { shop: [...states, { ...tag('x', { 'docs/index.md': '' }), commit: 'a'.repeat(40) }] };
  const ref = `url:https://github.com/acme/shop/${path}`;
  const { tree, versions } = await render({ history, ref, at: 'org/all.yaml', rules: [] });
  expect([tree?.pages.map(({ address }) => address), versions]).toEqual([expected, []]);
});

test('what is wrong on a branch that an entity names is reported: it can be mended', async () => {
  const history = { shop: [branch('next', old)] };
  const { problems } = await render({ history, ref: 'url:https://github.com/acme/shop/tree/next' });
  expect(problems).toMatchObject([{ code: 'docs-broken-link', place: { repository: 'shop', path: 'docs/gone.md' } }]);
});

test('a version that an entity names must be there in whole', async () => {
  const history = { shop: [tag('v1')] };
  const { tree, problems } = await render({ history, ref: 'url:https://github.com/acme/shop/tree/v1' });
  expect(tree).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'docs-ref-unusable', entity: 'component:default/web', place: { line: 3 } }]);
  expect(problems[0]?.what).toContain('the clone does not hold all of it');
});

test('links between repositories lead to the current docs, whatever versions there are', async () => {
  const linking = {
    'docs/index.md': '[x](https://github.com/acme/shop/blob/main/docs/guide.md) [y](gone.md)',
    'docs/gone.md': '',
  };
  const tools = createMemoryTools();
  const { tree } = await render({ history: { shop: [tag('v1', linking)] }, tools });
  const body = tools.kept.get(tree?.versions?.[0]?.tree.pages.find(({ address }) => address === '')?.body ?? '');
  expect(body).toContain('href="/portal/docs/default/component/web/guide/"');
  expect(body).toContain('href="gone/"');
});

test.each([
  ['nothing changes', [tag('v1', old), tag('v2', shop)], 0],
  ['a version is added', [tag('v1', old), tag('v2', shop), tag('v3', old)], 2],
  ['a tag moves to another text', [tag('v1', { ...old, 'docs/index.md': '# Moved' }), tag('v2', shop)], 1],
  ['a tag moves to the same text', [{ ...tag('v1', old), commit: 'other' }, tag('v2', shop)], 0],
])('when %s, only what must be is rendered again', async (_name, states, times) => {
  const tools = createMemoryTools();
  let made = 0;
  const { prepare } = tools.pages;
  tools.pages.prepare = (tree, slice) => {
    made += slice.pages.length;
    return prepare(tree, slice);
  };
  await render({ history: { shop: [tag('v1', old), tag('v2', shop)] }, tools });
  const before = made;
  await render({ history: { shop: states }, tools });
  expect([before, made - before]).toEqual([6, times]);
});
