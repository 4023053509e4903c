/**
 * A long list as the browser gets it: column by column, each text once. Everything that filtering needs is in it, and
 * the same shape serves the catalog and the problems. Nothing here knows what its columns mean.
 */
export type Rows = {
  count: number;
  /** Free text of each row; `name` is what a row is called. */
  texts: Readonly<Record<string, readonly string[]>>;
  columns: Readonly<Record<string, Column>>;
  /** Plain numbers of each row, to draw and to sort by. */
  numbers?: Readonly<Record<string, readonly number[]>>;
  /** The icon of each kind that is mentioned. */
  icons: Readonly<Record<string, string>>;
};

/** The place of a cell's value in its column, several places, or none. */
export type Cell = number | readonly number[] | null;

/** A column of values that many rows share. */
export type Column = {
  /** Each value once, in the order in which the column sorts. */
  values: readonly string[];
  /** What a reader calls a value, where that is another word; by its place. */
  labels?: Readonly<Record<number, string>>;
  /** The places of what stands directly above a value (a group's parents); by its place. */
  above?: Readonly<Record<number, readonly number[]>>;
  /** Why a value that is a ref has no page; by its place. */
  absent?: Readonly<Record<number, 'missing' | 'hidden'>>;
  /** The address of a value, where it is not the page of an entity; by its place. */
  urls?: Readonly<Record<number, string>>;
  cells: readonly Cell[];
};

/**
 * A column that a reader can filter by. `every` asks that a row has all the chosen values, not one of them. One that is
 * `quiet` has no menu until an address asks for it.
 */
export type Facet = { key: string; label: string; every?: true; quiet?: true };

/** What a reader asks of a list. The value `''` stands for "none". */
export type RowQuery = {
  text: string;
  chosen: Readonly<Record<string, readonly string[]>>;
  /** Owners; what is owned by those below them counts too. */
  within: readonly string[];
  /** A column or `name`, with `-` before it for the other way round; empty for the list's own order. */
  sort: string;
  /** The rows with these refs, and no others. */
  refs?: ReadonlySet<string>;
  /** Rows of these owners, and no others. */
  owners?: ReadonlySet<string>;
};

/** The rows that answer a query, in order, and for every facet how many rows each of its values would leave. */
export type FoundRows = { matches: number[]; counts: Readonly<Record<string, FacetCounts>> };

/** How many rows each value of a facet would leave, by its place, and how many have none. */
export type FacetCounts = { values: readonly number[]; none: number };

export const emptyQuery: RowQuery = { text: '', chosen: {}, within: [], sort: '' };

/** The label of a value of a column. */
export function toValueLabel(column: Column, place: number): string {
  return column.labels?.[place] ?? column.values[place] ?? '';
}

/** The places that a cell holds, as a list. */
export function toPlaces(cell: Cell | undefined): readonly number[] {
  if (cell === null || cell === undefined) return [];
  return typeof cell === 'number' ? [cell] : cell;
}

/** The places of the values below (or at) the given ones, following `above` the other way, cycles cut. */
export function listWithin(column: Column, roots: readonly string[]): ReadonlySet<number> {
  const found = new Set(roots.map((root) => column.values.indexOf(root)).filter((place) => place >= 0));
  const below = new Map<number, number[]>();
  for (const [place, parents] of Object.entries(column.above ?? {}))
    for (const parent of parents) below.set(parent, [...(below.get(parent) ?? []), Number(place)]);
  for (const place of found) for (const child of below.get(place) ?? []) found.add(child);
  return found;
}

/** A test of one row by one part of a query. */
type Test = (row: number) => boolean;

function toFacetTest(column: Column, values: readonly string[], every: boolean): Test {
  const wanted = values.filter((value) => value !== '').map((value) => column.values.indexOf(value));
  const wantsNone = values.includes('');
  const isWanted = new Set(wanted);
  return (row) => {
    const places = toPlaces(column.cells[row]);
    if (places.length === 0) return wantsNone && (!every || wanted.length === 0);
    return every
      ? !wantsNone && wanted.every((place) => places.includes(place))
      : places.some((place) => isWanted.has(place));
  };
}

/** The text of each row that a search looks through, in lower case. */
function toHaystacks(rows: Rows): string[] {
  const columns = Object.values(rows.columns).map((column) => ({
    cells: column.cells,
    words: column.values.map((value, place) => `${value} ${column.labels?.[place] ?? ''}`),
  }));
  const texts = Object.values(rows.texts);
  return Array.from({ length: rows.count }, (_, row) => {
    let hay = '';
    for (const text of texts) hay += `${text[row] ?? ''}\n`;
    for (const { cells, words } of columns) for (const place of toPlaces(cells[row])) hay += `${words[place]}\n`;
    return hay.toLowerCase();
  });
}

/** What each row is called, in lower case: its name and its label. */
function toNames({ count, texts: { name = [], label = [] } }: Rows): string[] {
  return Array.from({ length: count }, (_, row) => `${name[row] ?? ''}\n${label[row] ?? ''}`.toLowerCase());
}

/** How well a row's name and label, a line each, answer what is asked; 0 is best. */
function toNameRank(names: string, words: string, terms: readonly string[]): 0 | 1 | 2 | 3 {
  const lines = names.split('\n');
  if (lines.includes(words)) return 0;
  if (lines.some((line) => line.startsWith(words))) return 1;
  return terms.every((term) => names.includes(term)) ? 2 : 3;
}

const toTerms = (text: string) => text.toLowerCase().split(/\s+/).filter(Boolean);

const sortByNumber = (numbers: readonly number[], matches: number[], sign: number) =>
  matches.toSorted((a, b) => sign * ((numbers[a] ?? 0) - (numbers[b] ?? 0)) || a - b);

/** The rows in the order asked for: a column's own order, rows without a value last either way. */
function sortMatches(rows: Rows, matches: number[], sort: string): number[] {
  const backward = sort.startsWith('-');
  const key = backward ? sort.slice(1) : sort;
  if (key === 'name') return backward ? matches.toReversed() : matches;
  const numbers = rows.numbers?.[key];
  if (numbers) return sortByNumber(numbers, matches, backward ? -1 : 1);
  const column = rows.columns[key];
  if (!column) return matches;
  const ranks = column.cells.map((cell) => toPlaces(cell)[0]);
  const sign = backward ? -1 : 1;
  return matches.toSorted((a, b) => {
    const [left, right] = [ranks[a], ranks[b]];
    if (left === right) return a - b;
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return sign * (left - right);
  });
}

/** Counts a row under each of its values. */
function countRow(column: Column, counts: { values: number[]; none: number }, row: number): void {
  const places = toPlaces(column.cells[row]);
  if (places.length === 0) counts.none += 1;
  for (const place of places) counts.values[place] = (counts.values[place] ?? 0) + 1;
}

/** Makes the function that answers queries about a list; what it works out about the list it keeps for the next query. */
export function createRowFilter(rows: Rows, facets: readonly Facet[]): (query: RowQuery) => FoundRows {
  let haystacks: string[] | undefined;
  let names: string[] | undefined;
  const known = facets.flatMap((facet) => {
    const column = rows.columns[facet.key];
    return column ? [{ ...facet, column }] : [];
  });

  function listTests(query: RowQuery): Test[] {
    const tests: Test[] = [];
    const terms = toTerms(query.text);
    if (terms.length > 0) {
      haystacks ??= toHaystacks(rows);
      const hay = haystacks;
      tests.push((row) => terms.every((term) => hay[row]?.includes(term)));
    }
    const { owner } = rows.columns;
    const isOwnedBy = (places: ReadonlySet<number>) => (row: number) =>
      toPlaces(owner?.cells[row]).some((place) => places.has(place));
    if (query.within.length > 0) tests.push(owner ? isOwnedBy(listWithin(owner, query.within)) : () => false);
    const { owners, refs } = query;
    if (owners)
      tests.push((row) => toPlaces(owner?.cells[row]).some((place) => owners.has(owner?.values[place] ?? '')));
    if (refs) tests.push((row) => refs.has(toRowRef(rows, row)));
    return tests;
  }

  /** Rows that are called exactly so come first, then those whose name begins so, or holds every word, then the others. */
  function putNamesFirst(matches: number[], text: string): number[] {
    const terms = toTerms(text);
    const words = text.trim().toLowerCase();
    names ??= toNames(rows);
    const ranked: [number[], number[], number[], number[]] = [[], [], [], []];
    for (const row of matches) ranked[toNameRank(names[row] ?? '', words, terms)].push(row);
    return ranked.flat();
  }

  return (query) => {
    const tests = listTests(query);
    const chosen = known.map(({ key, column, every = false }) => {
      const values = query.chosen[key] ?? [];
      return {
        column,
        every,
        test: values.length > 0 ? toFacetTest(column, values, every) : undefined,
        counts: { values: column.values.map(() => 0), none: 0 },
      };
    });
    const matches: number[] = [];
    for (let row = 0; row < rows.count; row += 1) {
      if (!tests.every((test) => test(row))) continue;
      const failed = chosen.filter(({ test }) => test && !test(row));
      const [only] = failed;
      if (only) {
        if (failed.length === 1 && !only.every) countRow(only.column, only.counts, row);
        continue;
      }
      matches.push(row);
      for (const { column, counts } of chosen) countRow(column, counts, row);
    }
    const counts = Object.fromEntries(
      known.map(({ key }, index) => [key, chosen[index]?.counts ?? { values: [], none: 0 }]),
    );
    const ordered = query.sort === '' && query.text !== '' ? putNamesFirst(matches, query.text) : matches;
    return { matches: sortMatches(rows, ordered, query.sort), counts };
  };
}

/** The ref of a row of the catalog, from its kind, namespace and name. */
export function toRowRef(rows: Rows, row: number): string {
  const { kind, namespace } = rows.columns;
  const kindName = kind?.values[toPlaces(kind.cells[row])[0] ?? -1] ?? '';
  const space = namespace?.values[toPlaces(namespace.cells[row])[0] ?? -1] ?? '';
  return `${kindName}:${space}/${rows.texts.name?.[row] ?? ''}`.toLowerCase();
}
