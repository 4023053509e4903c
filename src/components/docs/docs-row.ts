import { listCellLinks, listCellTexts, toEntityName } from '#components/lists/entity-name.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import { type DocsColumn, docsColumns } from '#model/pages/docs-lists.ts';
import type { DocsTreeLine } from '#model/pages/docs-page.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import type { Rows } from '#model/rows.ts';
import { toHref } from '#model/urls.ts';

const nowhere: EntityLink = { ref: '', kind: '', icon: 'shapes', label: '' };

/** What every list of docs trees shows of one: its title with the way to it, its entity, owner and system. */
export function toTreeCells(
  rows: Rows,
  row: number,
): Pick<DocsTreeLine, 'title' | 'path' | 'entity' | 'owner' | 'system' | 'pages'> {
  const [entity = nowhere] = listCellLinks(rows, 'entity', row);
  const [owner] = listCellLinks(rows, 'owner', row);
  const [system] = listCellLinks(rows, 'system', row);
  return {
    title: rows.texts.label?.[row] ?? '',
    path: rows.texts.path?.[row] ?? '',
    entity,
    ...(owner && { owner }),
    ...(system && { system }),
    pages: rows.numbers?.pages?.[row] ?? 0,
  };
}

/** A row of the packed list of all docs, unpacked. */
export function toDocsTreeLine(rows: Rows, row: number): DocsTreeLine {
  const [changedAt] = listCellTexts(rows, 'changed', row);
  return {
    ...toTreeCells(rows, row),
    problems: rows.numbers?.problems?.[row] ?? 0,
    versions: rows.numbers?.versions?.[row] ?? 1,
    ...(changedAt && { changedAt }),
  };
}

/** A number with the word that a narrow window shows beside it; nothing for none. */
export function toNumber(count: number, one: string, many: string): Markup {
  if (count === 0) return '';
  return [count.toLocaleString('en'), element('span', { class: 'unit' }, ` ${count === 1 ? one : many}`)];
}

/** The link that a row begins with, and what is said beside it. */
export const toTitleCell = (
  base: string,
  { path, title }: { path: string; title: string },
  mark: Markup = '',
): Markup => element('th', { scope: 'row', class: 'name' }, [element('a', { href: toHref(base, path) }, title), mark]);

/** How many versions the docs have, where there is more than one. */
const toVersionsMark = ({ versions = 1 }: DocsTreeLine): Markup =>
  versions > 1 ? element('span', { class: 'versions' }, `${versions} versions`) : '';

/** The owner of a row, or that nobody is it. */
export const toOwnerMark = (base: string, owner: EntityLink | undefined): Markup =>
  owner ? toEntityName(base, owner) : element('span', { class: 'quiet' }, 'nobody');

/** A day, with the exact time on hover. */
const toDay = (time: string): Markup => element('time', { datetime: time, title: time }, time.slice(0, 10));

const cellTable: Record<Exclude<DocsColumn, 'name'>, (line: DocsTreeLine, base: string) => Markup> = {
  entity: ({ entity }, base) => toEntityName(base, entity, true),
  owner: ({ owner }, base) => toOwnerMark(base, owner),
  system: ({ system }, base) => (system ? toEntityName(base, system) : ''),
  pages: ({ pages }) => toNumber(pages, 'page', 'pages'),
  problems: ({ problems }) => toNumber(problems, 'problem', 'problems'),
  changed: ({ changedAt }) => (changedAt ? toDay(changedAt) : ''),
};

/** One line of the list of all docs. */
export function toDocsRow(line: DocsTreeLine, base: string, columns: readonly DocsColumn[]): Markup {
  const cells = columns.map((column) =>
    column === 'name'
      ? toTitleCell(base, line, toVersionsMark(line))
      : element(
          'td',
          { class: 'number' in docsColumns[column] ? `${column} number` : column },
          cellTable[column](line, base),
        ),
  );
  return element('tr', {}, cells);
}
