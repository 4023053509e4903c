import { expect, test } from 'vitest';
import type { Repository } from '#model/catalog.ts';
import type { Docs, DocsTree } from '#model/docs.ts';
import { toDocsPath } from '#model/urls.ts';
import { findEntityDocs, listDocsPages, listDocsRedirects, toDocsIndex, toSlice } from './docs-pages.ts';
import { toEntityPage } from './entity-page.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { toSurroundings } from './surroundings.ts';

const web = 'component:default/web';
const pageOf = (address: string, title: string) => ({
  address,
  path: `docs/${address}index.md`,
  title,
  summary: '',
  body: `body of ${title}`,
  headings: [{ id: 'a', title: 'Part', level: 2 }],
  changedAt: `2026-01-0${title.length}T00:00:00Z`,
});
const tree: DocsTree = {
  repository: 'shop',
  title: 'Shop docs',
  pages: [pageOf('', 'Home'), pageOf('a/', 'A'), pageOf('b/c/', 'C'), pageOf('b/d/', 'D'), pageOf('lost/', 'Lost')],
  navigation: [
    { title: 'Home', address: '' },
    { title: 'One', entries: [{ title: 'A', address: 'a/' }] },
    {
      title: 'Two',
      entries: [
        { title: 'C', address: 'b/c/' },
        { title: 'Deep', entries: [{ title: 'D', address: 'b/d/' }] },
      ],
    },
    { title: 'Acme', url: 'https://acme.io/' },
  ],
  redirects: [
    { from: 'old/', address: 'b/c/', anchor: 'x' },
    { from: 'away/', url: 'https://acme.io/?a&b' },
  ],
  entities: [web],
  problems: 2,
};
const docs: Docs = { trees: [tree], ways: new Map([[web, { tree, host: web, address: '' }]]) };
const service = (name: string) =>
  toYaml('Component', name, ['type: service', 'lifecycle: x', 'owner: team-a', 'system: pay']);
const yaml = [
  service('web'),
  toYaml('Group', 'team-a', ['type: team', 'children: []']),
  toYaml('System', 'pay', ['owner: team-a']),
];
const around = (repository: Partial<Repository> = {}) => toSurroundings(toCatalog(yaml.join('---\n'), repository));
const viewOf = (path: string, from = docs, repository: Partial<Repository> = {}) => {
  const page = [...listDocsPages(from, around(repository))].find(
    (each) => each.path === `/docs/default/component/web/${path}`,
  );
  if (!page) throw new Error(`no page ${path}`);
  return page.view;
};

const folded = (title: string, path: string, count: number) => ({
  title,
  path: `/docs/default/component/web/${path}`,
  folded: count,
});
const entry = (title: string, path: string, isHere = false) => ({
  title,
  path: `/docs/default/component/web/${path}`,
  ...(isHere && { isHere }),
});
const acme = { title: 'Acme', url: 'https://acme.io/' };

test.each([
  ['', [entry('Home', '', true), folded('One', 'a/', 1), folded('Two', 'b/c/', 2), acme]],
  ['a/', [entry('Home', ''), { title: 'One', entries: [entry('A', 'a/', true)] }, folded('Two', 'b/c/', 2), acme]],
  [
    'b/c/',
    [
      entry('Home', ''),
      folded('One', 'a/', 1),
      { title: 'Two', entries: [entry('C', 'b/c/', true), folded('Deep', 'b/d/', 1)] },
      acme,
    ],
  ],
  ['lost/', [entry('Home', ''), folded('One', 'a/', 1), folded('Two', 'b/c/', 2), acme]],
])('the page %s unfolds its own branch of the navigation alone', (address, expected) => {
  expect(toSlice(tree.navigation, address, (to) => toDocsPath(web, to))).toEqual(expected);
});

test.each([
  ['', [], undefined, 'A'],
  ['b/c/', ['Shop docs', 'Two'], 'A', 'D'],
  ['b/d/', ['Shop docs', 'Two', 'Deep'], 'C', undefined],
  ['lost/', ['Shop docs'], undefined, undefined],
])('the page %s stands below %j, between its neighbours', (address, trail, previous, next) => {
  const view = viewOf(address);
  expect([view.trail.map(({ title }) => title), view.previous?.title, view.next?.title]).toEqual([
    trail,
    previous,
    next,
  ]);
});

test('a page says where its text is, and where to mend it', () => {
  expect(viewOf('a/').source).toMatchObject({
    place: 'shop/docs/a/index.md',
    editUrl: 'https://github.com/acme/shop/edit/main/docs/a/index.md',
    changedAt: '2026-01-01T00:00:00Z',
  });
});

const there = 'https://git.acme.io/shop/edit/main/docs/a/index.md';
const onGithub = 'https://github.com/acme/shop/edit/main/docs/a/index.md';

test.each([
  ['the repository alone', undefined, {}, onGithub],
  ['mkdocs.yml where the repository has no address', { url: there, isSure: false }, { url: '' }, there],
  ['the repository where both do', { url: there, isSure: false }, {}, onGithub],
  ['mkdocs.yml where it leaves no doubt', { url: there, isSure: true }, {}, there],
  ['mkdocs.yml where it says that there is no such place', { url: '', isSure: true }, {}, undefined],
  ['nobody, where the address is no safe one', { url: 'javascript:x', isSure: true }, {}, undefined],
])('where a page is edited says %s', (_name, edit, repository, expected) => {
  const pages = tree.pages.map((page) => ({ ...page, ...(edit && { edit }) }));
  const view = viewOf('a/', { ...docs, trees: [{ ...tree, pages }] }, repository);
  expect(view.source.editUrl).toBe(expected);
});

const withIndex: DocsTree = {
  ...tree,
  navigation: [
    { title: 'Home', address: '' },
    { title: 'Two', address: 'a/', entries: [{ title: 'C', address: 'b/c/' }] },
  ],
};

test.each([
  ['', { ...entry('Two', 'a/'), folded: 1 }, []],
  ['a/', { ...entry('Two', 'a/', true), entries: [entry('C', 'b/c/')] }, ['Shop docs']],
  ['b/c/', { ...entry('Two', 'a/'), entries: [entry('C', 'b/c/', true)] }, ['Shop docs', 'Two']],
])('a section that is a page leads to it, seen from %j', (address, section, trail) => {
  const view = viewOf(address, { ...docs, trees: [withIndex] });
  expect([view.navigation[1], view.trail.map(({ title }) => title)]).toEqual([section, trail]);
});

test.each([
  ['https://github.com/acme/shop', '/issues/new', 'title', 'body'],
  ['https://gitlab.acme.io/acme/shop', '/-/issues/new', 'issue[title]', 'issue[description]'],
])('at %s an issue about a page begins with its title and its file', (url, path, title, text) => {
  const { issueUrl = '', commit } = viewOf('a/', docs, { url, commit: 'a'.repeat(40) }).source;
  const found = new URL(issueUrl);
  expect(`${found.origin}${found.pathname}`).toBe(`${url}${path}`);
  expect([...found.searchParams]).toEqual([
    [title, 'Documentation: A'],
    [text, 'About the text in `docs/a/index.md`:\n\n'],
  ]);
  expect(commit).toBeUndefined();
});

test('an entity leads to its docs first, and names their sections', () => {
  const surroundings = around();
  const found = surroundings.catalog.entities.get(web);
  if (!found) throw new Error('web is not in the fixture');
  const page = toEntityPage(found, surroundings, docs);
  expect(page.links[0]).toEqual({ url: '/docs/default/component/web/', title: 'Docs', icon: 'docs' });
  expect(findEntityDocs(docs, web)?.sections.map(({ title }) => title)).toEqual(['Home', 'One', 'Two']);
});

test('the list of all docs says whose they are and how fresh', () => {
  expect(toDocsIndex(docs, around()).trees).toMatchObject([
    {
      title: 'Shop docs',
      owner: { label: 'team-a' },
      system: { label: 'pay' },
      pages: 5,
      problems: 2,
      changedAt: '2026-01-04T00:00:00Z',
    },
  ]);
});

test('old addresses lead to new ones, below the base, without a script', () => {
  const [inside, outside] = [...listDocsRedirects(docs, '/portal/')];
  expect(inside?.path).toBe('/docs/default/component/web/old/index.html');
  expect(inside?.text).toContain('<link rel="canonical" href="/portal/docs/default/component/web/b/c/#x">');
  expect(outside?.text).toContain('content="0; url=https://acme.io/?a&amp;b"');
});
