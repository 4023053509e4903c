import { listCellLinks, toEntityName } from '#components/lists/entity-name.ts';
import { toIcon } from '#components/lists/icon.ts';
import { element, type Markup } from '#components/lists/markup.ts';
import { type Measure, measures, toLackingPath } from '#model/catalog-health.ts';
import { isNobodyName } from '#model/nobody.ts';
import type { OwnerHealthLine, Share, Shares } from '#model/pages/health-page.ts';
import type { Rows } from '#model/rows.ts';
import { toHref } from '#model/urls.ts';

/** A row of the packed list of owners, unpacked. */
export function toOwnerHealthLine(rows: Rows, row: number): OwnerHealthLine {
  const [owner] = listCellLinks(rows, 'owner', row);
  const count = (key: string) => rows.numbers?.[key]?.[row] ?? 0;
  const shares: Shares = {};
  for (const measure of measures)
    if (count(`${measure.key}All`) > 0)
      shares[measure.key] = {
        all: count(`${measure.key}All`),
        missing: count(measure.key),
        path: toLackingPath(measure, owner?.ref ?? ''),
      };
  const people = count('people');
  return {
    ...(owner && { owner }),
    ...(owner && (owner.absent === 'missing' || isNobodyName(rows.texts.name?.[row] ?? '')) && { isNobody: true }),
    entities: count('entities'),
    ...(people >= 0 && { people }),
    shares,
  };
}

const toUnit = (word: string) => element('span', { class: 'unit' }, ` ${word}`);

/** How many lack something, as the way to the list of them; nothing where none does. */
function toShareCell({ key, says }: Measure, share: Share | undefined, base: string): Markup {
  if (!share || share.missing === 0) return element('td', { class: `number ${key}` });
  const { all, missing, path } = share;
  const words = `${missing.toLocaleString('en')} of ${all.toLocaleString('en')}`;
  return element('td', { class: `number ${key}` }, [
    element('a', { href: toHref(base, path) }, [words, toUnit(`without ${says}`)]),
  ]);
}

function toOwnerCell({ owner, isNobody }: OwnerHealthLine, base: string): Markup {
  if (!owner) return ['nobody'];
  return [isNobody ? toIcon(base, 'triangle-alert') : '', toEntityName(base, owner, !isNobody)];
}

function toPeople({ people, owner }: OwnerHealthLine, base: string): Markup {
  if (people === undefined) return '';
  const words = people === 0 ? 'nobody' : people.toLocaleString('en');
  const text = [words, toUnit(people === 1 ? 'person' : people === 0 ? 'in it' : 'people')];
  return owner?.path ? element('a', { href: toHref(base, owner.path) }, text) : text;
}

/** One owner: what it owns, who it is, and what its things lack, as far as it has a column. */
export function toOwnerHealthRow(line: OwnerHealthLine, base: string, columns: readonly string[]): Markup {
  const all = `/catalog/?owner=${line.owner?.ref ?? ''}`;
  return element('tr', { class: line.isNobody || !line.owner ? 'nobody' : undefined }, [
    element('th', { scope: 'row', class: 'name' }, toOwnerCell(line, base)),
    element('td', { class: 'number entities' }, [
      line.owner
        ? element('a', { href: toHref(base, all) }, [line.entities.toLocaleString('en'), toUnit('owned')])
        : [line.entities.toLocaleString('en'), toUnit('without owner')],
    ]),
    element('td', { class: 'number people' }, toPeople(line, base)),
    ...measures
      .filter(({ key }) => columns.includes(key))
      .map((measure) => toShareCell(measure, line.shares[measure.key], base)),
  ]);
}
