import { toRepositoryLine, toRepositoryRow } from '#components/about/repository-row.ts';
import { toDocsRow, toDocsTreeLine } from '#components/docs/docs-row.ts';
import { toHealthLine, toHealthRow } from '#components/docs/health-row.ts';
import { toOwnerHealthLine, toOwnerHealthRow } from '#components/ownership/owner-health-row.ts';
import { toOwnershipLine, toOwnershipRow } from '#components/ownership/ownership-row.ts';
import { type CatalogColumn, catalogColumns } from '#model/pages/catalog-index.ts';
import { type DocsColumn, docsColumns } from '#model/pages/docs-lists.ts';
import type { Rows } from '#model/rows.ts';
import { toCatalogLine, toCatalogRow } from './catalog-row.ts';
import type { Markup } from './markup.ts';
import { toProblemEntry, toProblemList } from './problem-entry.ts';

/** Draws some rows of a packed list. */
export type Drawing = (rows: Rows, which: readonly number[]) => Markup;

const isColumn = (name: string): name is CatalogColumn => Object.hasOwn(catalogColumns, name);

const isDocsColumn = (name: string): name is DocsColumn => Object.hasOwn(docsColumns, name);

/** How each list is drawn in the browser; `words` are the attributes of the element that holds it. */
export const drawings: Readonly<Record<string, (base: string, words: Readonly<DOMStringMap>) => Drawing>> = {
  catalog: (base, { columns = '', first = '', live }) => {
    const frame = { base, columns: columns.split(' ').filter(isColumn), first, isLive: live !== undefined };
    return (rows, which) => which.map((row) => toCatalogLine(toCatalogRow(rows, row), frame));
  },
  docs: (base, { columns = '' }) => {
    const shown = columns.split(' ').filter(isDocsColumn);
    return (rows, which) => which.map((row) => toDocsRow(toDocsTreeLine(rows, row), base, shown));
  },
  health: (base, { columns = '' }) => {
    const shown = columns.split(' ').filter(Boolean);
    return (rows, which) => which.map((row) => toHealthRow(toHealthLine(rows, row), base, shown));
  },
  ownership: (base) => (rows, which) => which.map((row) => toOwnershipRow(toOwnershipLine(rows, row), base)),
  owners: (base, { columns = '' }) => {
    const shown = columns.split(' ').filter(Boolean);
    return (rows, which) => which.map((row) => toOwnerHealthRow(toOwnerHealthLine(rows, row), base, shown));
  },
  repositories: (_, { columns = '' }) => {
    const shown = columns.split(' ');
    return (rows, which) => which.map((row) => toRepositoryRow(toRepositoryLine(rows, row), shown));
  },
  problems: (base) => (rows, which) =>
    toProblemList(
      which.map((row) => toProblemEntry(rows, row)),
      base,
    ),
};
