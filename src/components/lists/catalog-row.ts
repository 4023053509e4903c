import { toLiveStatus } from '#components/widgets/live-status.ts';
import { findWidget, type WidgetId } from '#model/live/widgets.ts';
import type { CatalogColumn, CatalogRow } from '#model/pages/catalog-index.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import { defaultNamespace } from '#model/ref.ts';
import { type Rows, toPlaces, toRowRef, toValueLabel } from '#model/rows.ts';
import { toHref } from '#model/urls.ts';
import { listCellLinks, listCellTexts, toEntityName, toRowLink } from './entity-name.ts';
import { toIcon } from './icon.ts';
import { element, type Markup } from './markup.ts';

/** How a list is drawn: where the site lies, which columns, where its filtered addresses begin, and whether it is live. */
export type CatalogFrame = { base: string; columns: readonly CatalogColumn[]; first: string; isLive?: boolean };

function listRowWidgets(rows: Rows, row: number): WidgetId[] | undefined {
  const found = listCellTexts(rows, 'widgets', row).flatMap((id) => findWidget(id)?.id ?? []);
  return found.length > 0 ? found : undefined;
}

/** A row of a packed index, unpacked. */
export function toCatalogRow(rows: Rows, row: number): CatalogRow {
  const name = rows.texts.name?.[row] ?? '';
  const ref = toRowRef(rows, row);
  const kind = rows.columns.kind;
  const [type] = listCellTexts(rows, 'type', row);
  const [lifecycle] = listCellTexts(rows, 'lifecycle', row);
  const [namespace = ''] = listCellTexts(rows, 'namespace', row);
  const [owner, ...alsoOwners] = listCellLinks(rows, 'owner', row);
  return {
    ...toRowLink(rows, ref, rows.texts.label?.[row] || name),
    name,
    kindLabel: kind ? toValueLabel(kind, toPlaces(kind.cells[row])[0] ?? -1) : '',
    namespace,
    type,
    lifecycle,
    owner,
    ...(alsoOwners.length > 0 && { alsoOwners }),
    description: rows.texts.description?.[row],
    systems: listCellLinks(rows, 'system', row),
    teams: listCellLinks(rows, 'team', row),
    tags: listCellTexts(rows, 'tag', row),
    widgets: listRowWidgets(rows, row),
    targets: (rows.texts.targets?.[row] ?? '').split('\n').filter(Boolean),
  };
}

const joined = (parts: readonly Markup[]): Markup =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));

/** Owners in the order of their column, whoever draws the row. */
const sortByLabel = (links: readonly EntityLink[]) =>
  links.toSorted((a, b) => (a.label.toLowerCase() < b.label.toLowerCase() ? -1 : 1));

const toTagHref = ({ base, first }: CatalogFrame, tag: string) =>
  `${toHref(base, first)}?tag=${encodeURIComponent(tag)}`;

/** How many characters of tags fit on the one line of a row; the others are counted, and named in the cell's title. */
const tagsWidth = 13;

function toTagLinks(tags: readonly string[], frame: CatalogFrame): Markup {
  const shown = tags.filter((_tag, at) => at === 0 || tags.slice(0, at + 1).join(', ').length <= tagsWidth);
  const links = joined(shown.map((tag) => element('a', { href: toTagHref(frame, tag) }, tag)));
  return shown.length === tags.length ? links : [links, ` +${tags.length - shown.length}`].flat();
}

/** What each column shows of a row. */
const cellTable: Record<CatalogColumn, (row: CatalogRow, frame: CatalogFrame) => Markup> = {
  name: (row, { base, isLive }) =>
    [toEntityName(base, row, true), isLive && row.widgets ? [' ', toLiveStatus(row.ref)] : ''].flat(),
  owner: ({ owner, alsoOwners = [] }, { base }) =>
    joined(sortByLabel(owner ? [owner, ...alsoOwners] : []).map((link) => toEntityName(base, link))),
  system: ({ systems }, { base }) => joined(systems.map((link) => toEntityName(base, link))),
  kind: ({ kindLabel, type }) => (type ? `${kindLabel}, ${type}` : kindLabel),
  namespace: ({ namespace }) => namespace,
  type: ({ type = '' }) => type,
  lifecycle: ({ lifecycle = '' }) => lifecycle,
  team: ({ teams }, { base }) => joined(teams.map((link) => toEntityName(base, link))),
  description: ({ description = '' }) => description,
  targets: ({ targets }) => targets.join(', '),
  tags: ({ tags }, frame) => toTagLinks(tags, frame),
};

/** Columns that are cut where they end; the whole text is in their title. */
const cutTable: Partial<Record<CatalogColumn, (row: CatalogRow) => string>> = {
  description: ({ description = '' }) => description,
  targets: ({ targets }) => targets.join('\n'),
  tags: ({ tags }) => tags.join(', '),
};

/** One line of an index. */
export function toCatalogLine(row: CatalogRow, frame: CatalogFrame): Markup {
  const cells = frame.columns.map((column) => {
    const content = cellTable[column](row, frame);
    if (column === 'name') return element('th', { scope: 'row', class: 'name' }, content);
    const usual = column === 'namespace' && row.namespace === defaultNamespace ? ' usual' : '';
    return element('td', { class: column + usual, title: cutTable[column]?.(row) || undefined }, content);
  });
  const star = element(
    'button',
    {
      type: 'button',
      'data-row-star': row.ref,
      'aria-pressed': 'false',
      'aria-label': `Star ${row.label}`,
      title: 'Star',
    },
    toIcon(frame.base, 'star'),
  );
  return element('tr', {}, [...cells, element('td', { class: 'star' }, star)]);
}
