import { expect, test } from 'vitest';
import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import type { Entity } from '#model/entity.ts';
import { catalogFacets } from '#model/pages/catalog-index.ts';
import { toProblem } from '#model/problems.ts';
import type { Relation } from '#model/relations.ts';
import type { Rows } from '#model/rows.ts';
import { createRowFilter, emptyQuery } from '#model/rows.ts';
import { listCatalogFiles, listCatalogPages } from './catalog-index.ts';
import { createLookup } from './lookup.ts';
import { listInboxPages, listProblemFiles, listProblemPages } from './problems-pages.ts';
import { toSurroundings } from './surroundings.ts';

const place = (line: number) => ({ repository: 'shop', path: 'catalog-info.yaml', line, column: 3 });

function toEntry(
  ref: string,
  kind: string,
  more: Partial<Entity['metadata']>,
  spec: Entity['spec'],
  relations: [Relation['type'], string][],
): CatalogEntity {
  const [, namespace = '', name = ''] = /^\w+:([^/]+)\/(.+)$/.exec(ref) ?? [];
  return {
    ref,
    entity: { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, namespace, ...more }, spec },
    place: place(1),
    relations: relations.map(([type, target]) => ({ source: ref, type, target })),
  };
}

const entries = [
  toEntry(
    'component:default/cart',
    'Component',
    { title: 'Cart', tags: ['go', 'pci'], description: `${'long '.repeat(60)}` },
    { type: 'service', lifecycle: 'production' },
    [
      ['ownedBy', 'group:default/payments'],
      ['partOf', 'system:default/shop'],
    ],
  ),
  toEntry('component:default/billing', 'Component', {}, { type: 'service' }, [['ownedBy', 'group:default/gone']]),
  toEntry('group:default/commerce', 'Group', {}, { type: 'department', children: [] }, [
    ['parentOf', 'group:default/payments'],
  ]),
  toEntry(
    'group:default/payments',
    'Group',
    {},
    { type: 'team', children: [], profile: { displayName: 'Payments team' } },
    [
      ['ownerOf', 'component:default/cart'],
      ['childOf', 'group:default/commerce'],
      ['hasMember', 'user:default/ada'],
    ],
  ),
  toEntry('system:default/shop', 'System', {}, {}, [['hasPart', 'component:default/cart']]),
  toEntry('user:default/ada', 'User', {}, { memberOf: ['payments'] }, [['memberOf', 'group:default/payments']]),
];

const catalog: Catalog = {
  entities: new Map(entries.map((entry) => [entry.ref, entry])),
  repositories: [{ id: 'shop', url: 'https://github.com/acme/shop', branch: 'main' }],
  problems: [
    toProblem(
      'misspelt-key',
      { field: 'spec.ownr', near: 'owner' },
      { place: place(12), entity: 'component:default/cart' },
    ),
    toProblem(
      'dangling-ref',
      { field: 'spec.owner', ref: 'group:default/gone' },
      { place: place(30), entity: 'component:default/billing' },
    ),
    toProblem('no-catalog-file', { repository: 'gift-cards' }, {}),
  ],
};

/** A catalog of that many components, for what happens at the edges of pages. */
const toCrowd = (count: number): Catalog => ({
  entities: new Map(
    Array.from({ length: count }, (_, index) =>
      toEntry(`component:default/c${1000 + index}`, 'Component', {}, {}, []),
    ).map((entry) => [entry.ref, entry]),
  ),
  repositories: [],
  problems: [],
});

const pages = new Map([...listCatalogPages(createLookup(catalog))].map(({ path, view }) => [path, view]));
const readRows = (path: string): Rows => {
  const file = [...listCatalogFiles(createLookup(catalog)), ...listProblemFiles(toSurroundings(catalog))].find(
    (each) => each.path === path,
  );
  return JSON.parse(file?.text ?? 'null') as Rows; // written by the code under test
};

test('every kind has an index, the generic one only where it is needed', () => {
  expect([...pages.keys()]).toEqual(
    [
      '',
      'components/',
      'apis/',
      'resources/',
      'systems/',
      'domains/',
      'groups/',
      'users/',
      'templates/',
      'locations/',
      'ai-resources/',
    ].map((plural) => `/catalog/${plural}`),
  );
});

test.each([
  ['/catalog/components/', ['name', 'owner', 'system', 'type', 'lifecycle', 'description', 'tags']],
  ['/catalog/systems/', ['name', 'owner', 'description', 'tags']],
  ['/catalog/groups/', ['name', 'type', 'description', 'tags']],
  ['/catalog/users/', ['name', 'team', 'description', 'tags']],
  ['/catalog/locations/', ['name', 'type', 'targets']],
])('%s has the columns %j', (path, columns) => {
  expect(pages.get(path)?.columns).toEqual(columns);
});

test('rows are sorted by what people call them, with a short description', () => {
  const rows = pages.get('/catalog/components/')?.rows ?? [];
  expect(rows.map(({ label }) => label)).toEqual(['billing', 'Cart']);
  expect(rows[1]?.description?.length).toBeLessThanOrEqual(120);
  expect(rows[0]?.owner?.absent).toBe('missing');
});

test('an empty index says what to write', () => {
  expect(pages.get('/catalog/domains/')?.sample).toContain('kind: Domain\nmetadata:\n  name: my-domain');
  expect(pages.get('/catalog/components/')?.sample).toBeUndefined();
});

test.each([
  [0, ['/catalog/']],
  [100, ['/catalog/']],
  [201, ['/catalog/', '/catalog/all/2/', '/catalog/all/3/']],
])('%d entities are on the pages %j, each on one', (count, paths) => {
  const all = [...listCatalogPages(createLookup(toCrowd(count)))].filter(({ view }) => view.plural === 'all');
  expect(all.map(({ path }) => path)).toEqual(paths);
  expect(new Set(all.flatMap(({ view }) => view.rows.map(({ ref }) => ref))).size).toBe(count);
});

test('the packed rows answer for what groups below a group own', () => {
  const rows = readRows('/catalog/rows.json');
  const { matches } = createRowFilter(rows, catalogFacets)({ ...emptyQuery, within: ['group:default/commerce'] });
  expect(matches.map((row) => rows.texts.name?.[row])).toEqual(['cart']);
});

test('the browser learns which groups a user is in', () => {
  expect(readRows('/catalog/people.json')).toEqual({
    refs: ['user:default/ada', 'group:default/commerce', 'group:default/payments'],
    labels: ['ada', 'commerce', 'Payments team'],
    groups: [[2], [], []],
  });
});

test('problems are counted and listed with their owner and address', () => {
  const [page] = [...listProblemPages(toSurroundings(catalog))];
  expect(page?.view.levels).toEqual({ error: 0, warning: 2, hint: 1 });
  expect(page?.view.entries[0]).toMatchObject({
    file: 'shop/catalog-info.yaml',
    line: 12,
    url: 'https://github.com/acme/shop/blob/main/catalog-info.yaml#L12',
    owner: { ref: 'group:default/payments' },
  });
  expect(page?.view.summary.find(({ facet }) => facet.key === 'owner')?.counts).toEqual([
    { value: 'group:default/payments', label: 'Payments team', count: 1, path: '/problems/default/group/payments/' },
  ]);
});

test('each owner of a problem has an inbox, and nobody else', () => {
  const inboxes = [...listInboxPages(toSurroundings(catalog))];
  expect(inboxes.map(({ path, view }) => [path, view.total])).toEqual([['/problems/default/group/payments/', 1]]);
});
