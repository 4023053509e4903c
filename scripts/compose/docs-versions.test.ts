import { expect, test } from 'vitest';
import type { Version } from '#model/catalog.ts';
import type { Docs, DocsTree } from '#model/docs.ts';
import { findEntityDocs, listDocsPages, listDocsRedirects, toDocsIndex } from './docs-pages.ts';
import { listDocsRecords } from './docs-records.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { toSurroundings } from './surroundings.ts';

const app = 'component:default/app';
const web = 'component:default/web';
const toPage = (address: string) => ({
  address,
  path: `docs/${address}index.md`,
  title: `Page ${address}`,
  summary: '',
  body: address,
  headings: [],
  edit: { url: 'https://git.acme.io/edit/main/docs/page.md', isSure: false },
});
const toTree = (addresses: string[], more: Partial<DocsTree> = {}): DocsTree => ({
  ...{ repository: 'shop', title: 'Shop', redirects: [], entities: [app, web], problems: 0 },
  pages: addresses.map(toPage),
  navigation: addresses.map((address) => ({ title: address, address })),
  ...more,
});
const version = (name: string, type: Version['type'] = 'tag'): { version: Version } => ({
  version: { name, type, commit: 'c'.repeat(40) },
});
const current = toTree(['', 'new/', 'kept/'], {
  redirects: [
    { from: 'moved/', address: 'new/' },
    { from: 'lost/', address: 'nowhere/' },
  ],
  versions: [
    { slug: 'v2', tree: toTree(['', 'kept/', 'moved/', 'lost/'], version('v2')) },
    {
      slug: 'release-1',
      tree: toTree(['start/'], { ...version('release/1', 'branch'), redirects: [{ from: 'a/', address: 'start/' }] }),
    },
  ],
});
const yaml = ['app', 'web']
  .map((name) => toYaml('Component', name, ['type: service', 'lifecycle: x', 'owner: me']))
  .join('---\n');
const around = toSurroundings(toCatalog(yaml, { commit: 'd'.repeat(40) }));
const toDocs = (tree: DocsTree): Docs => ({ trees: [tree], ways: new Map([[web, { tree, host: web, address: '' }]]) });
const docs = toDocs(current);
const root = '/docs/default/component';
const viewOf = (path: string, from = docs) => {
  const page = [...listDocsPages(from, around)].find((each) => each.path === root + path);
  if (!page) throw new Error(`no page ${path}`);
  return page.view;
};

test('every page of every version has an address of its own, under each entity', () => {
  const paths = [...listDocsPages(docs, around)].map(({ path }) => path.slice(root.length));
  expect(paths.filter((path) => path.startsWith('/web'))).toEqual([
    ...['/web/', '/web/new/', '/web/kept/'],
    ...['/web@v2/', '/web@v2/kept/', '/web@v2/moved/', '/web@v2/lost/'],
    '/web@release-1/start/',
  ]);
  expect(paths).toHaveLength(new Set(paths).size);
});

test.each([
  ['/web/kept/', ['/web/kept/', '/web@v2/kept/', '/web@release-1/start/'], [0], [2], undefined],
  ['/web/new/', ['/web/new/', '/web@v2/', '/web@release-1/start/'], [0], [1, 2], undefined],
  ['/web@v2/kept/', ['/web/kept/', '/web@v2/kept/', '/web@release-1/start/'], [1], [2], '/web/kept/'],
  ['/web@v2/moved/', ['/web/new/', '/web@v2/moved/', '/web@release-1/start/'], [1], [2], '/web/new/'],
  ['/web@v2/lost/', ['/web/', '/web@v2/lost/', '/web@release-1/start/'], [1], [0, 2], '/web/'],
  ['/web@release-1/start/', ['/web/', '/web@v2/', '/web@release-1/start/'], [2], [0, 1], '/web/'],
])('%s leads to the same page of each version, or to its first', (path, paths, here, first, now) => {
  const found = viewOf(path).version;
  const positions = (key: 'isHere' | 'isFirst') =>
    found?.versions.flatMap((link, position) => (link[key] ? [position] : []));
  expect(found?.versions.map((link) => link.path)).toEqual(paths.map((each) => root + each));
  expect([positions('isHere'), positions('isFirst')]).toEqual([here, first]);
  expect(found?.current?.path).toBe(now && root + now);
  expect(found?.versions.map(({ name }) => name)).toEqual(['main', 'v2', 'release/1']);
});

test.each([
  ['/app/kept/', '/app/kept/'],
  ['/web/kept/', '/app/kept/'],
  ['/web@v2/kept/', '/app/kept/'],
  ['/web@v2/moved/', '/app/new/'],
  ['/web@v2/lost/', undefined],
])('%s is best known as %s', (path, canonical) => {
  expect(viewOf(path).canonical).toBe(canonical && root + canonical);
});

test('links of a version stay in it: navigation, neighbours, the way back', () => {
  const view = viewOf('/web@v2/kept/');
  const paths = [...view.navigation, ...view.trail, view.previous, view.next].flatMap((each) => each?.path ?? []);
  expect(paths).toHaveLength(7);
  expect(paths.filter((path) => !path.startsWith(`${root}/web@v2/`))).toEqual([]);
});

test.each([
  [
    '/web/kept/',
    'https://github.com/acme/shop/blob/main/docs/kept/index.md',
    'https://github.com/acme/shop/edit/main/docs/kept/index.md',
    undefined,
  ],
  ['/web@v2/kept/', 'https://github.com/acme/shop/blob/v2/docs/kept/index.md', undefined, 'c'],
  [
    '/web@release-1/start/',
    'https://github.com/acme/shop/blob/release/1/docs/start/index.md',
    'https://github.com/acme/shop/edit/release/1/docs/start/index.md',
    undefined,
  ],
])(
  '%s says where its text is; what is only history has a commit, and cannot be edited',
  (path, url, editUrl, commit) => {
    const { source } = viewOf(path);
    expect([source.url, source.editUrl, source.commit]).toEqual([url, editUrl, commit?.repeat(10)]);
  },
);

test('docs without other versions say nothing of them; those of a named branch say which one', () => {
  expect(viewOf('/web/', toDocs(toTree([''])))).not.toHaveProperty('version');
  expect(viewOf('/web/', toDocs(toTree([''], version('next', 'branch')))).version).toEqual({
    name: 'next',
    versions: [],
  });
});

test('lists and search know the current docs alone', () => {
  const records = [...listDocsRecords(docs, around.lookup, (key) => key)];
  expect(records.map(({ url }) => url)).toEqual([`${root}/app/`, `${root}/app/new/`, `${root}/app/kept/`]);
  expect(toDocsIndex(docs, around).trees.map(({ path, versions }) => [path, versions])).toEqual([
    [`${root}/app/`, 3],
    [`${root}/web/`, 3],
  ]);
  expect(findEntityDocs(docs, web)).toMatchObject({
    path: `${root}/web/`,
    versions: [
      { title: 'v2', path: `${root}/web@v2/` },
      { title: 'release/1', path: `${root}/web@release-1/start/` },
    ],
  });
});

test('addresses that pages of a version had before lead on in that version', () => {
  const found = [...listDocsRedirects(docs, '/')].find(({ path }) => path === `${root}/web@release-1/a/index.html`);
  expect(found?.text).toContain(`href="${root}/web@release-1/start/"`);
});
