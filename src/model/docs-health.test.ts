import { describe, expect, test } from 'vitest';
import type { DocsTree } from './docs.ts';
import { docsCodesBesides, docsFaults, findDocsFault, findNewestChange, toDocsAge } from './docs-health.ts';
import { problemTable } from './problems.ts';

describe('the classes of problems of docs', () => {
  const besides: readonly string[] = [...docsCodesBesides.absent, ...docsCodesBesides.age];

  test.each(Object.keys(problemTable).filter((code) => /^(docs|diagram)-/.test(code)))('know %s', (code) => {
    expect([findDocsFault(code) !== undefined, besides.includes(code)].filter(Boolean)).toHaveLength(1);
  });

  test('hold each code once', () => {
    const codes = docsFaults.flatMap((fault) => fault.codes);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

const toTree = (dates: readonly (string | undefined)[]): DocsTree => ({
  repository: 'shop',
  title: 'Shop',
  pages: dates.map((changedAt, at) => ({
    ...{ address: `${at}/`, path: `docs/${at}.md`, title: `${at}`, summary: '', body: '', headings: [] },
    ...(changedAt && { changedAt }),
  })),
  navigation: [],
  redirects: [],
  entities: ['component:default/shop'],
  problems: 0,
});

describe('age', () => {
  test.each([
    ['the newest page of all', ['2026-01-10T00:00:00Z'], []],
    ['just inside of the limit', ['2025-12-11T00:00:00Z'], []],
    ['just beyond it', ['2025-12-10T23:59:59Z'], ['docs/0.md']],
    ['an offset from UTC', ['2025-12-11T01:00:00+02:00'], ['docs/0.md']],
    ['no known change', [undefined], []],
    ['the oldest first', ['2025-03-01T00:00:00Z', '2024-03-01T00:00:00Z'], ['docs/1.md', 'docs/0.md']],
  ])('of %s', (_, dates, stale) => {
    expect(toDocsAge(toTree(dates), '2026-01-10T00:00:00Z', 30).stale.map(({ path }) => path)).toEqual(stale);
  });

  test('is measured against the newest change of all docs', () => {
    const trees = [toTree(['2026-01-10T00:00:00+02:00', undefined]), toTree(['2026-01-09T23:30:00Z'])];
    expect(findNewestChange(trees)).toBe('2026-01-09T23:30:00Z');
    expect(findNewestChange([toTree([undefined])])).toBeUndefined();
  });

  test('is known of no page where no change is known', () => {
    expect(toDocsAge(toTree([undefined]), undefined, 30)).toEqual({ known: [], stale: [] });
  });
});
