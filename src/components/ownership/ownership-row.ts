import { listCellLinks, listCellTexts, toEntityName } from '#components/lists/entity-name.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import { isOwnershipKey, type OwnershipLine, ownershipKeys } from '#model/pages/ownership-page.ts';
import type { EntityLink } from '#model/pages/parts.ts';
import type { Rows } from '#model/rows.ts';
import { toHref } from '#model/urls.ts';

/** A row of the packed list of keys, unpacked. */
export function toOwnershipLine(rows: Rows, row: number): OwnershipLine {
  const [kind = ''] = listCellTexts(rows, 'key', row);
  const contacts = (rows.texts.contacts?.[row] ?? '').split('\n').filter(Boolean);
  return {
    kind: isOwnershipKey(kind) ? kind : 'repository',
    key: rows.texts.name?.[row] ?? '',
    entities: listCellLinks(rows, 'entity', row),
    more: rows.numbers?.more?.[row] ?? 0,
    owners: listCellLinks(rows, 'owner', row),
    contacts: contacts.map((contact) => {
      const space = contact.indexOf(' ');
      return { url: contact.slice(0, space), title: contact.slice(space + 1) };
    }),
  };
}

const toNames = (base: string, links: readonly EntityLink[], withIcon: boolean): Markup =>
  links.flatMap((link, index) => [index === 0 ? '' : ', ', toEntityName(base, link, withIcon)]);

/** One key: what it is, what it leads to, whose that is, and how they are reached. `id` is the place where its kind begins. */
export function toOwnershipRow(
  { kind, key, entities, more, owners, contacts }: OwnershipLine,
  base: string,
  id?: string,
): Markup {
  return element('tr', { id }, [
    element('th', { scope: 'row', class: 'name' }, key),
    element('td', { class: 'kind' }, ownershipKeys[kind]),
    element('td', { class: 'entity' }, [
      toNames(base, entities, entities.length === 1),
      more > 0 ? ` and ${more.toLocaleString('en')} more` : '',
    ]),
    element(
      'td',
      { class: 'owner' },
      owners.length > 0 ? toNames(base, owners, false) : element('strong', {}, 'nobody'),
    ),
    element(
      'td',
      { class: 'contact' },
      contacts.flatMap(({ url, title }, index) => [
        index === 0 ? '' : ' ',
        element('a', { href: toHref(base, url), rel: 'noopener' }, title),
      ]),
    ),
  ]);
}
