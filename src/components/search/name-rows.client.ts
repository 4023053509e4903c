import { findNames, type NameTable } from '#model/names.ts';
import { toRef } from '#model/ref.ts';
import { toEntityPath } from '#model/urls.ts';
import { readRecent } from '../layout/browser-memory.ts';
import { toSiteHref } from './dom.client.ts';
import { createLabel } from './label.client.ts';
import { fetchNames } from './names.client.ts';
import type { Row, Source } from './suggestions.client.ts';

const shown = 10;

/** Suggests names, the pages read last while nothing is typed, and searching for everything. */
export function createNameSource(): Source {
  let table: NameTable | undefined;
  return {
    load: async () => {
      table = await fetchNames();
    },
    toLabel: (query) => (query === '' ? 'Pages you read last' : 'Suggestions'),
    listRows: (query) => (query === '' ? listRecent(table) : [...listNames(table, query), toSearchRow(query)]),
  };
}

function listRecent(table: NameTable | undefined): Row[] {
  return readRecent().map(({ ref, label }) => {
    const kind = table?.index.kinds.find((row) => row.kind.toLowerCase() === toRef(ref).kind);
    return {
      href: toSiteHref(toEntityPath(ref)),
      icon: kind?.icon ?? 'arrow-right',
      label: [new Text(label)],
      kind: kind?.label ?? toRef(ref).kind,
    };
  });
}

function listNames(table: NameTable | undefined, query: string): Row[] {
  return (table ? findNames(table, query, shown) : []).map((match) => ({
    href: toSiteHref(toEntityPath(match.ref)),
    icon: match.icon,
    label: createLabel(match, query),
    aside: match.owner,
    kind: match.isDeprecated ? `${match.kindLabel}, deprecated` : match.kindLabel,
  }));
}

function toSearchRow(query: string): Row {
  return {
    href: toSiteHref(`/search/?q=${encodeURIComponent(query)}`),
    icon: 'search',
    label: [new Text(`Search everything for “${query}”`)],
  };
}
