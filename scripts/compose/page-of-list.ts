import type { PageOfList } from '#model/pages/catalog-index.ts';

/** How many rows a page of a list shows. */
export const rowsPerPage = 100;

/** Cuts a list into pages with their addresses; an empty list has one page. */
export function* listPagesOf<Row>(
  rows: readonly Row[],
  first: string,
  further: string,
): Generator<{ path: string; rows: Row[]; page: PageOfList }> {
  const count = Math.max(1, Math.ceil(rows.length / rowsPerPage));
  for (let number = 1; number <= count; number += 1)
    yield {
      path: number === 1 ? first : `${further}${number}/`,
      rows: rows.slice((number - 1) * rowsPerPage, number * rowsPerPage),
      page: { number, count, first, further },
    };
}
