import { expect, test } from 'vitest';
import type { DocsTree } from '#model/docs.ts';
import { toRef } from '#model/ref.ts';
import { listDocsRecords } from './docs-records.ts';
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
const list = (trees: DocsTree[]) => [...listDocsRecords(trees, createLookup(catalog), (key) => key)];

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

test('pages of a version are found by it', () => {
  const [record] = list([{ ...tree, version: { name: '1.x', isCurrent: false } }]);
  expect(record?.filters.version).toEqual(['1.x']);
});
