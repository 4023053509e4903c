import { expect, test } from 'vitest';
import type { DocsTree } from '#model/docs.ts';
import { toRef } from '#model/ref.ts';
import { listDocsRecords, listOlderDocsRecords } from './docs-records.ts';
import { createLookup } from './lookup.ts';

const web = 'component:default/web';
const catalog = {
  entities: new Map(
    [web, 'group:default/team-a', 'system:default/pay'].map((ref) => [
      ref,
      {
        ref,
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: toRef(ref).name },
          spec: {},
        },
        place: { repository: 'acme', path: 'catalog-info.yaml', line: 1, column: 1 },
        relations:
          ref === web
            ? [
                { source: ref, type: 'ownedBy' as const, target: 'group:default/team-a' },
                { source: ref, type: 'partOf' as const, target: 'system:default/pay' },
              ]
            : [],
      },
    ]),
  ),
  repositories: [],
  problems: [],
};

const toPage = (address: string, title: string): DocsTree['pages'][number] => ({
  ...{ address, title, path: `docs/${title}.md`, summary: '', body: `body of ${title}`, headings: [] },
});
const tree: DocsTree = {
  repository: 'acme',
  title: 'Shop docs',
  pages: [toPage('', 'Home'), toPage('a b/', 'A')],
  navigation: [],
  redirects: [],
  entities: [web, 'component:default/app'],
  problems: 0,
};
const list = (trees: DocsTree[]) => [
  ...listDocsRecords({ trees, ways: new Map() }, createLookup(catalog), (key) => key),
];

test('text search knows every page once, by its text and what it belongs to', () => {
  const records = list([tree]);
  expect(records).toHaveLength(2);
  expect(records[1]).toEqual({
    url: '/docs/default/component/web/a%20b/',
    content: 'body of A',
    meta: { title: 'A', tree: 'Shop docs', owner: 'team-a' },
    filters: { kind: ['Documentation'], tree: tree.entities, owner: ['team-a'], system: ['pay'] },
  });
});

test('pages of other versions are found by their version, at its address', () => {
  const version = { name: '1.x', type: 'tag' as const, commit: 'c'.repeat(40) };
  const trees = [{ ...tree, versions: [{ slug: '1.x', tree: { ...tree, version } }] }];
  const [record] = [...listOlderDocsRecords({ trees, ways: new Map() }, createLookup(catalog), (key) => key)];
  expect(record).toMatchObject({ url: '/docs/default/component/web@1.x/', filters: { version: ['1.x'] } });
  expect(list([{ ...tree, version }])[0]?.filters.version).toBeUndefined();
});
