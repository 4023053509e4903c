import { expect, test } from 'vitest';
import type { Column, Rows } from '#model/rows.ts';
import { toCatalogLine, toCatalogRow } from './catalog-row.ts';
import { toHtml } from './markup.ts';

const toColumn = (values: string[], cells: Column['cells']): Column => ({ values, cells });

const rows: Rows = {
  count: 2,
  texts: { name: ['checkout', 'library'] },
  columns: {
    kind: toColumn(['component'], [0, 0]),
    namespace: toColumn(['default'], [0, 0]),
    widgets: toColumn(['github', 'kubernetes', 'nonsense'], [[0, 1, 2], null]),
  },
  icons: { component: 'box' },
};

const draw = (row: number, isLive: boolean) =>
  toHtml(toCatalogLine(toCatalogRow(rows, row), { base: '/', columns: ['name'], first: '/catalog/', isLive }));

test('a row that has widgets keeps room for how it is, on a live site alone', () => {
  expect(toCatalogRow(rows, 0).widgets).toEqual(['github', 'kubernetes']);
  expect(draw(0, true)).toContain('<live-status data-ref="component:default/checkout" data-shows="glyph">');
  expect(draw(0, false)).not.toContain('live-status');
  expect(draw(1, true)).not.toContain('live-status');
});
