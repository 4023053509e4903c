import type { CatalogEntity } from '#model/catalog.ts';
import { findKind, kinds } from '#model/kinds/index.ts';
import type { NameIndex } from '#model/names.ts';
import { toRef } from '#model/ref.ts';
import { findSpecText, type Lookup, toLabel } from './lookup.ts';

/** The kinds that people look for most, first; the others follow in the order of the kinds table. */
const soughtFirst = ['Component', 'System', 'API', 'Group'];

const kindOrder = [...soughtFirst, ...kinds.map(({ kind }) => kind)].map((kind) => kind.toLowerCase());

function rankKind(kind: string): number {
  const rank = kindOrder.indexOf(kind.toLowerCase());
  return rank < 0 ? kindOrder.length : rank;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function byKindThenName(a: CatalogEntity, b: CatalogEntity): number {
  const [x, y] = [toRef(a.ref), toRef(b.ref)];
  const named = byText(x.namespace, y.namespace) || byText(x.name, y.name);
  return rankKind(x.kind) - rankKind(y.kind) || byText(x.kind, y.kind) || named;
}

/** Numbers texts in the order of their first appearance. */
function createNumbering(): { texts: string[]; toNumber: (text: string) => number } {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const toNumber = (text: string) => {
    const number = numbers.get(text) ?? texts.push(text) - 1;
    numbers.set(text, number);
    return number;
  };
  return { texts, toNumber };
}

/** The index from which a browser finds every entity by what it is called. */
export function toNameIndex(lookup: Lookup): NameIndex {
  const entries = [...lookup.catalog.entities.values()].toSorted(byKindThenName);
  const namespaces = createNumbering();
  const owners = createNumbering();
  namespaces.toNumber('default');
  const index: NameIndex = {
    kinds: [...Map.groupBy(entries, ({ ref }) => toRef(ref).kind).values()].map(toKindColumn),
    namespaces: namespaces.texts,
    names: entries.map(({ entity }) => entity.metadata.name),
    namespaceOf: [],
    titles: [],
    owners: owners.texts,
    ownerOf: [],
    deprecated: [],
  };
  entries.forEach((entry, row) => {
    const namespace = namespaces.toNumber(toRef(entry.ref).namespace);
    const label = toLabel(entry);
    const { owner } = lookup.toLine(entry.ref);
    if (namespace > 0) index.namespaceOf.push([row, namespace]);
    if (label !== entry.entity.metadata.name) index.titles.push([row, label]);
    index.ownerOf.push(owner ? owners.toNumber(owner.label) + 1 : 0);
    if (findSpecText(entry, 'lifecycle') === 'deprecated') index.deprecated.push(row);
  });
  return index;
}

function toKindColumn(entries: CatalogEntity[]): NameIndex['kinds'][number] {
  const kind = entries[0]?.entity.kind ?? '';
  const { label, icon } = findKind(kind);
  return { kind, label: label === 'Other' ? kind : label, icon, count: entries.length };
}
