import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Cell,
  type Column,
  createRowFilter,
  emptyQuery,
  type Facet,
  listWithin,
  type RowQuery,
  type Rows,
  toPlaces,
  toRowRef,
  toValueLabel,
} from './rows.ts';

const facets: Facet[] = [
  { key: 'owner', label: 'Owner' },
  { key: 'type', label: 'Type' },
  { key: 'tag', label: 'Tag', every: true },
];

const column = (values: string[], cells: Cell[], more: Partial<Column> = {}): Column => ({ values, cells, ...more });

/** Five rows: two of payments, one of a team below it, one of nobody, one of a user. */
const rows: Rows = {
  count: 5,
  texts: {
    name: ['billing', 'cart', 'ledger', 'orphan', 'tool'],
    label: ['', '', 'General Ledger', '', ''],
    description: ['Sends bills', 'Holds the cart', 'Keeps books', 'Bills nobody', ''],
  },
  columns: {
    kind: column(['component'], [0, 0, 0, 0, 0]),
    namespace: column(['default', 'finance'], [0, 0, 1, 0, 0]),
    owner: column(
      ['group:default/books', 'group:default/commerce', 'group:default/payments', 'user:default/ada'],
      [2, 2, 0, null, 3],
      { above: { 0: [2], 2: [1] }, labels: { 2: 'Payments team' } },
    ),
    type: column(['service', 'website'], [0, 1, 0, 0, null]),
    tag: column(['go', 'java', 'pci'], [[0, 2], 0, [1, 2], null, 0]),
  },
  icons: { component: 'box' },
};

const ask = (query: Partial<RowQuery>) => createRowFilter(rows, facets)({ ...emptyQuery, ...query });
const names = (query: Partial<RowQuery>) => ask(query).matches.map((row) => rows.texts.name?.[row]);

describe('which rows answer a query', () => {
  test.each<[string, Partial<RowQuery>, string[]]>([
    ['nothing asked', {}, ['billing', 'cart', 'ledger', 'orphan', 'tool']],
    ['one value', { chosen: { type: ['service'] } }, ['billing', 'ledger', 'orphan']],
    ['any of two values', { chosen: { type: ['service', 'website'] } }, ['billing', 'cart', 'ledger', 'orphan']],
    ['none of a facet', { chosen: { owner: [''] } }, ['orphan']],
    ['none or a value', { chosen: { type: ['', 'website'] } }, ['cart', 'tool']],
    ['every one of the tags', { chosen: { tag: ['go', 'pci'] } }, ['billing']],
    ['a tag and none', { chosen: { tag: ['go', ''] } }, []],
    ['two facets', { chosen: { type: ['service'], tag: ['pci'] } }, ['billing', 'ledger']],
    ['a value that no row has', { chosen: { type: ['robot'] } }, []],
    [
      'a facet that the list does not have',
      { chosen: { colour: ['red'] } },
      ['billing', 'cart', 'ledger', 'orphan', 'tool'],
    ],
    ['words of the description', { text: 'BILLS' }, ['billing', 'orphan']],
    ['all words, wherever they are', { text: 'books java' }, ['ledger']],
    ['the label of a value', { text: 'payments team' }, ['billing', 'cart']],
    ['a name before a description', { text: 'cart' }, ['cart']],
    ['names first', { text: 'o' }, ['orphan', 'tool', 'billing', 'cart', 'ledger']],
    ['within a group', { within: ['group:default/payments'] }, ['billing', 'cart', 'ledger']],
    ['within the group at the top', { within: ['group:default/commerce'] }, ['billing', 'cart', 'ledger']],
    ['within something unknown', { within: ['group:default/none'] }, []],
    ['some owners', { owners: new Set(['user:default/ada']) }, ['tool']],
    ['no owners', { owners: new Set() }, []],
    ['some refs', { refs: new Set(['component:finance/ledger', 'component:default/ledger']) }, ['ledger']],
  ])('%s', (_, query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['name', ['billing', 'cart', 'ledger', 'orphan', 'tool']],
    ['-name', ['tool', 'orphan', 'ledger', 'cart', 'billing']],
    ['owner', ['ledger', 'billing', 'cart', 'tool', 'orphan']],
    ['-owner', ['tool', 'billing', 'cart', 'ledger', 'orphan']],
    ['-type', ['cart', 'billing', 'ledger', 'orphan', 'tool']],
    ['colour', ['billing', 'cart', 'ledger', 'orphan', 'tool']],
  ])('sorted by %s, rows without a value last', (sort, expected) => {
    expect(names({ sort })).toEqual(expected);
  });
});

test('a facet counts what each of its values would leave, whatever of it is chosen', () => {
  const { counts } = ask({ chosen: { type: ['website'], owner: ['group:default/payments'] } });
  expect(counts.type).toEqual({ values: [1, 1], none: 0 });
  expect(counts.owner).toEqual({ values: [0, 0, 1, 0], none: 0 });
});

test('a facet of which all values are wanted counts what one more would leave', () => {
  expect(ask({ chosen: { tag: ['pci'] } }).counts.tag).toEqual({ values: [1, 1, 2], none: 0 });
});

test('groups that contain each other are walked once', () => {
  const circle = column(['a', 'b', 'c'], [], { above: { 0: [1], 1: [0], 2: [2] } });
  expect([...listWithin(circle, ['a'])].toSorted()).toEqual([0, 1]);
});

test('the ref of a row is in its canonical spelling', () => {
  const { texts } = rows;
  expect(toRowRef({ ...rows, texts: { ...texts, name: ['Billing'] } }, 0)).toBe('component:default/billing');
});

/** The same promise in the plainest words, to compare with. */
function filterPlainly(list: Rows, query: RowQuery, except?: string): number[] {
  const valuesOf = (key: string, row: number) =>
    toPlaces(list.columns[key]?.cells[row]).map((place) => list.columns[key]?.values[place] ?? '');
  const hasChosen = ({ key, every }: Facet, row: number) => {
    const wanted = query.chosen[key] ?? [];
    if (wanted.length === 0 || key === except) return true;
    const has = valuesOf(key, row);
    const isMet = (value: string) => (value === '' ? has.length === 0 : has.includes(value));
    return every ? wanted.every(isMet) : wanted.some(isMet);
  };
  const hasWords = (row: number) => {
    const words = Object.values(list.texts).map((texts) => texts[row] ?? '');
    for (const [key, { labels }] of Object.entries(list.columns))
      for (const place of toPlaces(list.columns[key]?.cells[row]))
        words.push(list.columns[key]?.values[place] ?? '', labels?.[place] ?? '');
    const terms = query.text.toLowerCase().split(/\s+/).filter(Boolean);
    return terms.every((term) => words.some((word) => word.toLowerCase().includes(term)));
  };
  return Array.from({ length: list.count }, (_, row) => row).filter(
    (row) => facets.every((facet) => hasChosen(facet, row)) && hasWords(row),
  );
}

const word = fc.constantFrom('go', 'java', 'pay', 'pa', 'Team A', 'x');
const listOf = fc.integer({ min: 0, max: 12 }).chain((count) => {
  const toCells = (values: readonly string[], many: boolean): fc.Arbitrary<Cell[]> => {
    const one = fc.nat({ max: Math.max(0, values.length - 1) });
    const cell: fc.Arbitrary<Cell> =
      values.length === 0
        ? fc.constant(null)
        : fc.oneof(
            fc.constant(null),
            one,
            ...(many && values.length > 1 ? [fc.uniqueArray(one, { minLength: 2 })] : []),
          );
    return fc.array(cell, { minLength: count, maxLength: count });
  };
  const toColumnOf = (many: boolean) =>
    fc
      .uniqueArray(word)
      .chain((values) => toCells(values, many).map((cells) => ({ values, cells, labels: { 0: 'Zed' } })));
  return fc.record({
    count: fc.constant(count),
    texts: fc.record({ name: fc.array(word, { minLength: count, maxLength: count }) }),
    columns: fc.record({ owner: toColumnOf(false), type: toColumnOf(true), tag: toColumnOf(true) }),
    icons: fc.constant({}),
  });
});
const chosenOf = fc.uniqueArray(fc.oneof(word, fc.constant('')), { maxLength: 2 });
const queryOf = fc.record({
  text: fc.array(fc.oneof(word, fc.constant('PA')), { maxLength: 2 }).map((words) => words.join(' ')),
  chosen: fc.record({ owner: chosenOf, type: chosenOf, tag: chosenOf }),
  within: fc.constant([]),
  sort: fc.constantFrom('', 'name', '-name', 'owner', '-type'),
});

test('finds the rows that a plain filter finds, each once', () => {
  fc.assert(
    fc.property(listOf, queryOf, (list, query) => {
      const { matches } = createRowFilter(list, facets)(query);
      expect(matches.toSorted((a, b) => a - b)).toEqual(filterPlainly(list, query));
    }),
  );
});

test('counts for each value the rows that a plain filter leaves when it is chosen alone', () => {
  fc.assert(
    fc.property(listOf, queryOf, (list, query) => {
      const { counts } = createRowFilter(list, facets)(query);
      for (const { key, every } of facets) {
        const left = filterPlainly(list, query, every ? undefined : key);
        const values = list.columns[key as 'owner'].values.map(
          (_, place) => left.filter((row) => toPlaces(list.columns[key as 'owner'].cells[row]).includes(place)).length,
        );
        const none = left.filter((row) => toPlaces(list.columns[key as 'owner'].cells[row]).length === 0).length;
        expect(counts[key]).toEqual({ values, none });
      }
    }),
  );
});

test('a value without a label is called by its own text', () => {
  expect(toValueLabel(column(['a', 'b'], [], { labels: { 1: 'Bee' } }), 0)).toBe('a');
  expect(toValueLabel(column(['a', 'b'], [], { labels: { 1: 'Bee' } }), 1)).toBe('Bee');
});
