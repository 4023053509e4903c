import { hiddenNote } from '#model/hidden-note.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import { type RefText, toRef } from '#model/ref.ts';
import { type Rows, toPlaces, toValueLabel } from '#model/rows.ts';
import { toEntityPath, toHref } from '#model/urls.ts';
import { toIcon } from './icon.ts';
import { element, type Markup } from './markup.ts';

/** The name of an entity as a link, or marked as missing, with its kind's icon if asked for. */
export function toEntityName(base: string, link: EntityLink, withIcon = false): Markup {
  const icon = withIcon ? toIcon(base, link.icon) : '';
  if (link.path) return element('a', { href: toHref(base, link.path), title: link.ref }, [icon, link.label]);
  // What is hidden has no other name than that.
  if (link.absent === 'hidden')
    return element('span', { class: 'absent', title: hiddenNote }, [
      icon,
      element('span', { class: 'reason' }, link.label),
    ]);
  const reason = element('span', { class: 'reason' }, 'not in the catalog');
  return element('span', { class: 'absent', title: link.ref }, [icon, link.label, ' ', reason]);
}

/** How a row of a packed list mentions an entity. */
export function toRowLink(rows: Rows, ref: RefText, label: string, absent?: EntityLink['absent']): EntityLink {
  const { kind } = toRef(ref);
  const path = absent ? undefined : toEntityPath(ref);
  return { ref, kind, icon: rows.icons[kind] ?? 'shapes', label, path, absent };
}

/** The entities that a cell of a packed list names. */
export function listCellLinks(rows: Rows, key: string, row: number): EntityLink[] {
  const column = rows.columns[key];
  if (!column) return [];
  return toPlaces(column.cells[row]).map((place) =>
    toRowLink(rows, column.values[place] ?? '', toValueLabel(column, place), column.absent?.[place]),
  );
}

/** The texts that a cell of a packed list holds. */
export function listCellTexts(rows: Rows, key: string, row: number): string[] {
  const column = rows.columns[key];
  return column ? toPlaces(column.cells[row]).map((place) => column.values[place] ?? '') : [];
}
