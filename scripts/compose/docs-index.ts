import type { Docs } from '#model/docs.ts';
import { type DocsColumn, type DocsListPage, docsColumns, docsFacets } from '#model/pages/docs-lists.ts';
import type { DocsTreeLine } from '#model/pages/docs-page.ts';
import type { ComposedPage } from '#model/pages/site.ts';
import { toRef } from '#model/ref.ts';
import type { Rows } from '#model/rows.ts';
import { toColumn, toKindIcons, toOwnerTraits, toRefTraits } from './columns.ts';
import type { SiteFile } from './compose.ts';
import { toDocsIndex } from './docs-pages.ts';
import { listPagesOf } from './page-of-list.ts';
import type { Surroundings } from './surroundings.ts';

const firstPath = '/docs/';

/** The texts that a tree has in each column that filters or sorts. */
const cellTable: Record<string, (line: DocsTreeLine) => (string | undefined)[]> = {
  entity: ({ entity }) => [entity.ref],
  owner: ({ owner }) => [owner?.ref],
  system: ({ system }) => [system?.ref],
  kind: ({ entity }) => [entity.kind],
  namespace: ({ entity }) => [toRef(entity.ref).namespace],
  year: ({ changedAt }) => [changedAt?.slice(0, 4)],
  changed: ({ changedAt }) => [changedAt],
};

const listTexts = (key: string, line: DocsTreeLine): string[] =>
  (cellTable[key]?.(line) ?? []).filter((text) => text !== undefined);

/** All docs, column by column, for the browser to filter. */
function toDocsRows(lines: readonly DocsTreeLine[], { lookup }: Surroundings): Rows {
  const traits: Record<string, Parameters<typeof toColumn>[1]> = {
    entity: toRefTraits(lookup),
    owner: toOwnerTraits(lookup),
    system: toRefTraits(lookup),
  };
  const keys = Object.keys(cellTable);
  return {
    count: lines.length,
    texts: {
      name: lines.map(({ entity }) => toRef(entity.ref).name),
      label: lines.map(({ title }) => title),
      path: lines.map(({ path }) => path),
    },
    numbers: {
      pages: lines.map(({ pages }) => pages),
      problems: lines.map(({ problems }) => problems),
      versions: lines.map(({ versions = 1 }) => versions),
    },
    columns: Object.fromEntries(
      keys.map((key) => [
        key,
        toColumn(
          lines.map((line) => listTexts(key, line)),
          traits[key],
        ),
      ]),
    ),
    icons: toKindIcons(
      lines.flatMap(({ entity, owner, system }) => [entity, owner ?? [], system ?? []].flat().map(({ ref }) => ref)),
    ),
  };
}

/** Whether any line has something in a column; one that none fills is left out. */
const fillTable: Partial<Record<DocsColumn, (line: DocsTreeLine) => boolean>> = {
  system: ({ system }) => system !== undefined,
  problems: ({ problems }) => problems > 0,
  changed: ({ changedAt }) => changedAt !== undefined,
};

const isColumn = (key: string): key is DocsColumn => Object.hasOwn(docsColumns, key);

/** Every page of the list of all docs, by title. */
export function* listDocsIndexPages(docs: Docs, around: Surroundings): Generator<ComposedPage<DocsListPage>> {
  const lines = toDocsIndex(docs, around).trees;
  const shared = {
    total: lines.length,
    columns: Object.keys(docsColumns)
      .filter(isColumn)
      .filter((key) => lines.some(fillTable[key] ?? (() => true))),
    facets: docsFacets.filter(({ key }) => new Set(lines.map((line) => listTexts(key, line).join())).size > 1),
    rowsPath: `${firstPath}rows.json`,
  };
  for (const { path, rows, page } of listPagesOf(lines, firstPath, firstPath))
    yield { path, view: { ...shared, rows, page } };
}

/** What the browser needs to filter the list of all docs. */
export function* listDocsIndexFiles(docs: Docs, around: Surroundings): Generator<SiteFile> {
  yield { path: `${firstPath}rows.json`, text: JSON.stringify(toDocsRows(toDocsIndex(docs, around).trees, around)) };
}
