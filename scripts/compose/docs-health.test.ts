import { expect, test } from 'vitest';
import type { Docs, DocsTree } from '#model/docs.ts';
import { toProblem } from '#model/problems.ts';
import { createRowFilter, emptyQuery, type Rows } from '#model/rows.ts';
import { listDocsHealthFiles, listDocsHealthPages } from './docs-health.ts';
import { listDocsIndexFiles, listDocsIndexPages } from './docs-index.ts';
import { toCatalog, toYaml } from './fixture.ts';
import { listInboxPages } from './problems-pages.ts';
import { toSurroundings } from './surroundings.ts';

const toTree = (name: string, dates: readonly string[]): DocsTree => ({
  ...{ repository: 'shop', title: `${name} docs`, navigation: [], redirects: [], problems: 0 },
  pages: dates.map((changedAt, at) => ({
    ...{
      address: at === 0 ? '' : `${at}/`,
      path: `${name}/${at}.md`,
      title: `${at}`,
      summary: '',
      body: '',
      headings: [],
    },
    ...(changedAt !== '' && { changedAt }),
  })),
  entities: [`component:default/${name}`],
});
const component = (name: string, owner: string) =>
  toYaml('Component', name, ['type: service', 'lifecycle: x', `owner: ${owner}`, 'system: pay']);
const yaml = [
  ...[component('web', 'team-a'), component('api', 'team-a'), component('none', 'team-b'), component('lost', 'ghost')],
  ...['team-a', 'team-b'].map((name) => toYaml('Group', name, ['type: team', 'children: []'])),
  toYaml('System', 'pay', ['owner: team-a']),
].join('---\n');

const trees = [toTree('api', ['', '']), toTree('web', ['2026-06-01', '2024-01-01', '2024-02-01', '2026-01-01'])];
const toDocs = (list: DocsTree[]): Docs => ({
  trees: list,
  ways: new Map(list.flatMap((tree) => tree.entities.map((ref) => [ref, { tree, host: ref, address: '' }]))),
});
const broken = (name: string, times: number) =>
  Array.from({ length: times }, (_, at) =>
    toProblem(
      'docs-broken-link',
      { href: `${at}.md` },
      {
        place: { repository: 'shop', path: `${name}/0.md`, line: at + 1, column: 1 },
        entity: `component:default/${name}`,
      },
    ),
  );
const around = (problems = broken('web', 2)) => {
  const catalog = toCatalog(yaml);
  return toSurroundings({ ...catalog, problems: [...catalog.problems, ...problems] });
};
const healthOf = (list = trees, problems = broken('web', 2)) => {
  const [page] = listDocsHealthPages({ docs: toDocs(list), staleAfter: 365 }, around(problems));
  if (!page) throw new Error('no page');
  return page.view;
};

test('the health of docs counts what is wrong, tree by tree, the worst first', () => {
  const { rows, sums, columns, newest } = healthOf();
  expect(rows.map(({ title, faults, known, stale, oldest }) => [title, faults.links, known, stale, oldest])).toEqual([
    ['web docs', 2, 4, 2, '2024-01-01'],
    ['api docs', 0, 0, 0, undefined],
  ]);
  expect(sums).toEqual([
    { key: 'links', says: 'broken links', trees: 1 },
    { key: 'stale', says: 'stale pages', trees: 1 },
  ]);
  expect(columns).toEqual(['links', 'stale']);
  expect(newest).toBe('2026-06-01');
});

test('a tree that nobody owns comes before everything else, and so does one of an owner that is not there', () => {
  const { rows, sums } = healthOf([...trees, toTree('orphan', ['']), toTree('lost', [''])]);
  expect(rows.map(({ title }) => title)).toEqual(['lost docs', 'orphan docs', 'web docs', 'api docs']);
  expect(sums[0]).toEqual({ key: 'unowned', says: 'no owner', trees: 2 });
});

test('entities without docs are counted by kind and by owner, with the list of them', () => {
  expect(healthOf().coverage).toMatchObject({
    kinds: [
      { plural: 'components', all: 4, missing: 2, path: '/catalog/components/?docs=' },
      { plural: 'systems', all: 1, missing: 1, path: '/catalog/systems/?docs=' },
    ],
    owners: [
      { owner: { ref: 'group:default/ghost' }, missing: 1 },
      {
        owner: { ref: 'group:default/team-a' },
        missing: 1,
        kinds: [
          { all: 2, missing: 0 },
          { all: 1, missing: 1 },
        ],
      },
      {
        owner: { ref: 'group:default/team-b' },
        kinds: [{ path: '/catalog/components/?docs=&owner=group:default/team-b' }],
      },
    ],
    more: 0,
  });
});

const rowsOf = (text: string | undefined): Rows => JSON.parse(text ?? '');

test('a browser filters the health of docs by what is wrong, and sorts it by a number', () => {
  const [file] = listDocsHealthFiles({ docs: toDocs(trees), staleAfter: 365 }, around());
  const rows = rowsOf(file?.text);
  const find = createRowFilter(rows, [{ key: 'fault', label: '' }]);
  const titles = (query: object) => find({ ...emptyQuery, ...query }).matches.map((row) => rows.texts.label?.[row]);
  expect(titles({ chosen: { fault: ['links'] } })).toEqual(['web docs']);
  expect(titles({ chosen: { fault: [''] } })).toEqual(['api docs']);
  expect(titles({ sort: 'links' })).toEqual(['api docs', 'web docs']);
  expect(titles({ sort: '-links' })).toEqual(['web docs', 'api docs']);
});

test('the list of all docs is cut into pages, whatever there is', () => {
  const many = Array.from({ length: 250 }, (_, at) => toTree(`tree-${String(at).padStart(3, '0')}`, ['2026-06-01']));
  const pages = [...listDocsIndexPages(toDocs(many), around())];
  expect(pages.map(({ path, view }) => [path, view.rows.length])).toEqual([
    ['/docs/', 100],
    ['/docs/2/', 100],
    ['/docs/3/', 50],
  ]);
  const [file] = listDocsIndexFiles(toDocs(many), around());
  expect(rowsOf(file?.text).count).toBe(250);
  expect([...listDocsIndexPages(toDocs([]), around())].map(({ view }) => view.total)).toEqual([0]);
});

test('columns and filters of the list of all docs are those that tell trees apart', () => {
  const [page] = listDocsIndexPages(toDocs(trees), around());
  expect(page?.view.columns).toEqual(['name', 'entity', 'owner', 'system', 'pages', 'changed']);
  expect(page?.view.facets.map(({ key }) => key)).toEqual(['year']);
});

test('an inbox lists the first problems of docs, says how many more there are, and counts them all', () => {
  const [page] = listInboxPages(around(broken('web', 200)));
  expect(page?.view).toMatchObject({ owner: { ref: 'group:default/team-a' }, total: 200, folded: [{ count: 175 }] });
  expect(page?.view.entries).toHaveLength(25);
  expect(page?.view.folded[0]?.path).toMatch(/^\/problems\/\?entity=component:default\/web&code=docs-broken-link&/);
});

test('pages in no navigation are counted one by one, though one problem tells of them all', () => {
  const orphan = toProblem('docs-orphan', { paths: ['a.md', 'b.md', 'c.md'] }, { entity: 'component:default/web' });
  expect(healthOf(trees, [orphan]).rows[0]?.faults.orphans).toBe(3);
});
