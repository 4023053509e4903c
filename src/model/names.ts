import { countLacking, type Text, toLetters, toText } from './name-text.ts';
import { ways } from './name-ways.ts';
import type { RefText } from './ref.ts';
import { countSlips, toleranceOf } from './slips.ts';

/**
 * The compact index of names that a browser loads to find a thing by what it is called: columns of equal length, sorted
 * by kind in the order of `kinds`, then by namespace and name. What is the same in most rows is kept once or sparsely.
 */
export type NameIndex = {
  /** The kinds that occur, the most sought first, and how many rows each has. */
  kinds: { kind: string; label: string; icon: string; count: number }[];
  namespaces: string[];
  /** As written, so that `camelCase` shows where its words begin. */
  names: string[];
  /** Rows outside the first namespace: row, position in `namespaces`. */
  namespaceOf: [row: number, namespace: number][];
  /** Rows that people call otherwise than by their name. */
  titles: [row: number, title: string][];
  /** What owners are called, and for each row one more than the position of its owner; 0 for none. */
  owners: string[];
  ownerOf: number[];
  /** Rows that should no longer be used. */
  deprecated: number[];
};

/** A name that answers a query. */
export type NameMatch = {
  ref: RefText;
  kind: string;
  kindLabel: string;
  icon: string;
  name: string;
  title?: string;
  owner?: string;
  isDeprecated: boolean;
  /** False when only a likely slip of the keyboard leads to it. */
  isSure: boolean;
};

type Row = { at: number; kind: number; name: Text; title?: Text; deprecated: number };

/** A name index made ready for many queries. */
export type NameTable = {
  index: NameIndex;
  rows: readonly Row[];
  titles: ReadonlyMap<number, string>;
  namespaceOf: ReadonlyMap<number, number>;
  /** Every word that occurs, and the rows it occurs in. */
  words: ReadonlyMap<string, { letters: number; rows: readonly number[] }>;
};

/** Makes an index ready for many queries; worth keeping, for it takes longer than a query. */
export function toNameTable(index: NameIndex): NameTable {
  const titles = new Map(index.titles);
  const deprecated = new Set(index.deprecated);
  const rows: Row[] = [];
  const words = new Map<string, { letters: number; rows: number[] }>();
  index.kinds.forEach(({ count }, kind) => {
    for (let rest = count; rest > 0 && rows.length < index.names.length; rest -= 1) {
      const at = rows.length;
      const title = titles.get(at);
      const row: Row = { at, kind, name: toText(index.names[at] ?? ''), deprecated: deprecated.has(at) ? 1 : 0 };
      if (title !== undefined) row.title = toText(title);
      rows.push(row);
      for (const word of new Set([...row.name.words, ...(row.title?.words ?? [])])) {
        const known = words.get(word);
        if (known) known.rows.push(at);
        else words.set(word, { letters: toLetters(word), rows: [at] });
      }
    }
  });
  return { index, rows, titles, namespaceOf: new Map(index.namespaceOf), words };
}

/** A query, read: its text, and the kind and the namespace that it asks for when it is written as a ref. */
type Query = Text & { kind?: number; namespace?: number };

function parseQuery({ index }: NameTable, query: string): Query {
  let rest = query.trim().slice(0, 200);
  const read: { kind?: number; namespace?: number } = {};
  const kind = /^([^:/\s]+):/.exec(rest)?.[1]?.toLowerCase();
  const kindAt = index.kinds.findIndex((each) => each.kind.toLowerCase() === kind);
  if (kindAt >= 0) {
    read.kind = kindAt;
    rest = rest.slice((kind?.length ?? 0) + 1);
  }
  const namespace = /^([^:/\s]+)\//.exec(rest)?.[1]?.toLowerCase();
  const namespaceAt = index.namespaces.indexOf(namespace ?? '');
  if (namespaceAt >= 0) {
    read.namespace = namespaceAt;
    rest = rest.slice((namespace?.length ?? 0) + 1);
  }
  return { ...toText(rest), ...read };
}

type Found = { row: Row; rank: number };

/**
 * Finds what a query names: exactly, by its beginning, by the beginnings of its words or their initials, by any part,
 * shortened, or with a slip of the keyboard; in this order, and among equals by kind, then the shorter, then by letter.
 */
export function findNames(table: NameTable, query: string, limit: number): NameMatch[] {
  const read = parseQuery(table, query);
  if (read.joined === '') return [];
  const asked = table.rows.filter((row) => isAsked(table, row, read));
  const found = asked.flatMap((row) => findRank(read, row) ?? []);
  if (found.length < limit) found.push(...listSlips(table, read, new Set(found.map(({ row }) => row))));
  return found
    .toSorted(byRank)
    .slice(0, limit)
    .map((each) => toMatch(table, each));
}

function isAsked(table: NameTable, row: Row, query: Query): boolean {
  if (query.kind !== undefined && row.kind !== query.kind) return false;
  return query.namespace === undefined || query.namespace === (table.namespaceOf.get(row.at) ?? 0);
}

/** A match by title comes after one by name in the same way. */
function findRank(query: Query, row: Row): Found | undefined {
  const name = (query.letters & ~row.name.letters) === 0 ? row.name : undefined;
  const title = row.title && (query.letters & ~row.title.letters) === 0 ? row.title : undefined;
  if (!name && !title) return undefined;
  for (const [rank, matches] of ways.entries()) {
    if (name && matches(query, name)) return { row, rank };
    if (title && matches(query, title)) return { row, rank: rank + 0.5 };
  }
  return undefined;
}

function byRank(a: Found, b: Found): number {
  return (
    a.rank - b.rank ||
    a.row.deprecated - b.row.deprecated ||
    a.row.kind - b.row.kind ||
    a.row.name.plain.length - b.row.name.plain.length ||
    (a.row.name.plain < b.row.name.plain ? -1 : a.row.name.plain > b.row.name.plain ? 1 : a.row.at - b.row.at)
  );
}

/** Rows that every word of the query leads to when slips are forgiven; more slips rank lower. */
function listSlips(table: NameTable, query: Query, known: ReadonlySet<Row>): Found[] {
  let slips: Map<number, number> | undefined;
  for (const word of query.words) {
    const here = findWordSlips(table, word);
    slips = slips ? addUp(slips, here) : here;
  }
  return [...(slips ?? [])].flatMap(([at, count]) => {
    const row = table.rows[at];
    return row && !known.has(row) && isAsked(table, row, query) ? [{ row, rank: ways.length + count }] : [];
  });
}

function addUp(a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): Map<number, number> {
  return new Map([...a].flatMap(([at, count]) => (b.has(at) ? [[at, count + (b.get(at) ?? 0)]] : [])));
}

function findWordSlips(table: NameTable, query: string): Map<number, number> {
  const tolerance = toleranceOf(query);
  const slips = new Map<number, number>();
  const letters = toLetters(query);
  for (const [word, { letters: had, rows }] of table.words) {
    if (countLacking(letters, had) > tolerance) continue;
    const count = countSlips(query, word, tolerance);
    if (count <= tolerance) for (const at of rows) slips.set(at, Math.min(count, slips.get(at) ?? count));
  }
  return slips;
}

function toMatch(table: NameTable, { row, rank }: Found): NameMatch {
  const { index } = table;
  const kind = index.kinds[row.kind] ?? { kind: '', label: '', icon: '' };
  const namespace = index.namespaces[table.namespaceOf.get(row.at) ?? 0];
  const name = index.names[row.at] ?? '';
  return {
    ref: `${kind.kind}:${namespace}/${name}`.toLowerCase(),
    kind: kind.kind,
    kindLabel: kind.label,
    icon: kind.icon,
    name,
    title: table.titles.get(row.at),
    owner: index.owners[(index.ownerOf[row.at] ?? 0) - 1],
    isDeprecated: row.deprecated === 1,
    isSure: rank < ways.length,
  };
}
