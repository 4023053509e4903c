import { listCellTexts, toEntityName } from '#components/lists/entity-name.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import { docsCodesBesides, docsFaults, toProblemsPath } from '#model/docs-health.ts';
import type { DocsHealthLine } from '#model/pages/docs-lists.ts';
import type { Rows } from '#model/rows.ts';
import { toHref } from '#model/urls.ts';
import { toNumber, toOwnerMark, toTitleCell, toTreeCells } from './docs-row.ts';

/** A row of the packed list of the health of docs, unpacked. */
export function toHealthLine(rows: Rows, row: number): DocsHealthLine {
  const count = (key: string) => rows.numbers?.[key]?.[row] ?? 0;
  const [oldest] = listCellTexts(rows, 'oldest', row);
  return {
    ...toTreeCells(rows, row),
    faults: Object.fromEntries(docsFaults.map(({ key }) => [key, count(key)])),
    known: count('known'),
    stale: count('stalePages'),
    ...(oldest && { oldest }),
  };
}

const faultOf = new Map(docsFaults.map((fault) => [fault.key, fault]));

/** A number that leads to the list behind it. */
function toCount(base: string, line: DocsHealthLine, key: string): Markup {
  const fault = faultOf.get(key);
  const count = line.faults[key] ?? 0;
  if (!fault || count === 0) return '';
  const href = toHref(base, toProblemsPath(fault.codes, line.entity.ref));
  return element('a', { href }, toNumber(count, fault.label.toLowerCase(), fault.label.toLowerCase()));
}

/** Which part of the pages is stale; unknown where no change is known. */
function toStale(base: string, { known, stale, entity }: DocsHealthLine): Markup {
  if (known === 0) return element('span', { class: 'quiet' }, ['unknown', element('span', { class: 'unit' }, ' age')]);
  if (stale === 0) return '';
  const href = toHref(base, toProblemsPath(docsCodesBesides.age, entity.ref));
  const share = `${Math.round((100 * stale) / known)} %`;
  return element('a', { href, title: `${stale} of ${known} pages` }, [
    share,
    element('span', { class: 'unit' }, ' stale'),
  ]);
}

function toCell(base: string, line: DocsHealthLine, key: string): Markup {
  if (key === 'oldest')
    return element(
      'td',
      { class: key },
      line.oldest ? [element('span', { class: 'unit' }, 'oldest '), line.oldest] : '',
    );
  return element('td', { class: `number ${key}` }, key === 'stale' ? toStale(base, line) : toCount(base, line, key));
}

/** One line of the health of docs: the tree, whose it is, and a number for each thing that can be wrong. */
export function toHealthRow(line: DocsHealthLine, base: string, columns: readonly string[]): Markup {
  return element('tr', {}, [
    toTitleCell(base, line),
    element('td', { class: 'entity' }, toEntityName(base, line.entity, true)),
    element('td', { class: 'owner' }, toOwnerMark(base, line.owner)),
    element('td', { class: 'number pages' }, toNumber(line.pages, 'page', 'pages')),
    ...columns.map((key) => toCell(base, line, key)),
  ]);
}
