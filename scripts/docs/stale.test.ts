import { expect, test } from 'vitest';
import type { Docs, DocsTree } from '#model/docs.ts';
import { listStale } from './stale.ts';

const toTree = (name: string, dates: readonly string[]): DocsTree => ({
  ...{ repository: name, title: name, navigation: [], redirects: [], problems: 0 },
  pages: dates.map((changedAt, at) => ({
    ...{ address: `${at}/`, path: `docs/${at}.md`, title: `${at}`, summary: '', body: '', headings: [], changedAt },
  })),
  entities: [`component:default/${name}`],
});
const docs = (...trees: DocsTree[]): Docs => ({ trees, ways: new Map() });

test('a tree with old pages has one problem, at the oldest of them', () => {
  const dates = ['2024-05-01', '2023-05-01', '2024-06-01', '2024-07-01', '2026-06-01'];
  const found = listStale(docs(toTree('fresh', ['2026-06-02']), toTree('shop', dates)), 365);
  expect(found).toEqual([
    {
      code: 'docs-stale',
      level: 'hint',
      what: '4 of 5 pages have not changed for more than 365 days: `docs/1.md` since 2023-05-01, `docs/0.md` since 2024-05-01, `docs/2.md` since 2024-06-01 and 1 more.',
      mend: 'Read them again: correct what is no longer true, and remove what nobody needs.',
      place: { repository: 'shop', path: 'docs/1.md', line: 1, column: 1 },
      entity: 'component:default/shop',
    },
  ]);
});

test('how many days make a page stale is a setting', () => {
  const trees = docs(toTree('fresh', ['2026-06-02']), toTree('shop', ['2026-01-01']));
  expect([30, 365].map((days) => listStale(trees, days).length)).toEqual([1, 0]);
});
