import fc from 'fast-check';
import { expect, test } from 'vitest';
import { network, stateOf, toRefText } from './fixture.ts';
import { formatWay } from './follow.ts';
import { toLabel } from './network.ts';
import { select } from './select.ts';
import type { ExplorerState } from './state.ts';
import { formatShown } from './words.ts';

const shop = ['web >> api:pay', 'api:pay > pay', 'pay > db', 'pay > queue', 'queue > disk', 'report > db'];

const listNames = (lines: readonly string[], state: ExplorerState) =>
  select(network(lines), state)
    .nodes.map(({ id }) => id.replace('component:default/', '').replace(':default/', ':'))
    .toSorted();

test.each([
  ['everything that depends on it or that it needs', {}, ['api:pay', 'db', 'disk', 'pay', 'queue', 'web']],
  ['one step', { depth: 1 }, ['api:pay', 'db', 'pay', 'queue']],
  ['only what it needs', { side: 'needs' }, ['db', 'disk', 'pay', 'queue']],
  ['only what depends on it', { side: 'dependents' }, ['api:pay', 'pay', 'web']],
  ['no relation of one type', { hiddenTypes: ['consumesApi'] }, ['api:pay', 'db', 'disk', 'pay', 'queue']],
  [
    'consumers beside their provider where APIs are not shown',
    { hiddenKinds: ['api'], depth: 1 },
    ['db', 'pay', 'queue', 'web'],
  ],
  ['itself, even where its kind is not shown', { hiddenKinds: ['component'], side: 'needs' }, ['pay']],
] as [string, Partial<ExplorerState>, string[]][])('shows %s', (_what, chosen, names) => {
  expect(listNames(shop, stateOf('pay', chosen))).toEqual(names);
});

test('a way beyond the steps that are shown is shown as well', () => {
  const shown = select(network(shop), stateOf('web', { depth: 1, to: toRefText('disk') }));
  expect(shown.nodes.map(({ id }) => id)).toContain(toRefText('disk'));
  expect(shown.farther).toBe(1);
});

test.each([
  ['web', 'db', 'web consumes pay, which is provided by pay, which depends on db.'],
  ['db', 'web', 'web consumes pay, which is provided by pay, which depends on db.'],
  ['pay', 'pay', 'pay is the centre itself.'],
  ['report', 'web', undefined],
  ['report', 'nothing-by-that-name', undefined],
])('the way between %s and %s is told', (centre, to, words) => {
  const whole = network(shop);
  const { way } = select(whole, stateOf(centre, { to: toRefText(to) }));
  if (words === undefined) return expect(way).toBe('none');
  expect(way && way !== 'none' && formatWay(way, (ref) => toLabel(whole, ref))).toBe(words);
});

test('the way is a shortest one, and no longer than any other', () => {
  const edge = fc.tuple(fc.nat(9), fc.nat(9));
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 30 }), fc.nat(9), (edges, end) => {
      const lines = ['0 > 0', ...edges.map(([from, to]) => `${from} > ${to}`)];
      const { way } = select(network(lines), stateOf('0', { to: toRefText(String(end)) }));
      const distances = [edges, edges.map(([from, to]) => [to, from] as const)].map((list) => measure(list, end));
      const shortest = Math.min(...distances);
      expect(way && way !== 'none' ? way.refs.length - 1 : Infinity).toBe(shortest);
    }),
  );
});

/** Steps from 0 to a node, found by trying every edge again and again. */
function measure(edges: readonly (readonly [number, number])[], end: number): number {
  const distances = new Map([[0, 0]]);
  for (let round = 0; round < 12; round += 1)
    for (const [from, to] of edges) {
      const next = (distances.get(from) ?? Infinity) + 1;
      if (next < (distances.get(to) ?? Infinity)) distances.set(to, next);
    }
  return distances.get(end) ?? Infinity;
}

test('a system is centred on all that is in it, also in what is in it', () => {
  const known = {
    pay: { partOf: 'system:default/payments' },
    db: { partOf: 'component:default/pay' },
    queue: { partOf: 'system:default/elsewhere' },
  };
  const { nodes } = select(network(shop, known), { ...stateOf('x'), centre: 'system:default/payments' });
  expect(nodes.filter(({ isCentre }) => isCentre).map(({ id }) => id)).toEqual(['api:pay', 'db', 'pay'].map(toRefText));
  const ranks = new Map(nodes.map(({ id, rank }) => [id, rank]));
  const [web = 0, pay = 0, db = 0, queue = 0] = ['web', 'pay', 'db', 'queue'].map((name) => ranks.get(toRefText(name)));
  expect(web < pay && pay < db && db < queue).toBe(true);
});

const chainOf = (count: number) => Array.from({ length: count }, (_, at) => `s${at} > s${at + 1}`);
/** So many nodes behind one, in systems of ten and owners of a hundred. */
function crowd(count: number, options: { systems?: number; owners?: number } = {}) {
  const { systems = 10, owners = 100 } = options;
  const lines = ['root > hub', ...Array.from({ length: count }, (_, at) => `hub > n${at}`)];
  const known = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `n${at}`,
      { partOf: `system:default/s${Math.floor(at / systems)}`, owner: `group:default/g${Math.floor(at / owners)}` },
    ]),
  );
  return network(lines, known);
}

test('without a depth as much is shown as can be read', () => {
  expect(select(network(chainOf(20)), stateOf('s0')).depth).toBe('all');
  expect(
    select(network([...chainOf(4), ...Array.from({ length: 60 }, (_, at) => `s2 > x${at}`)]), stateOf('s0')).depth,
  ).toBe(2);
});

test.each([
  ['150 nodes are not folded', 148, {}, { count: 0, folds: 0 }],
  ['more are folded by system', 400, {}, { count: 400, folds: 40, by: 'system' }],
  [
    'and by owner where there are too many systems',
    998,
    { systems: 2, owners: 20 },
    { count: 998, folds: 50, by: 'owner' },
  ],
  ['and what there is no room to name is one', 998, { systems: 2, owners: 3 }, { count: 998, folds: 147, by: 'owner' }],
])('%s', (_what, count, sizes, folded) => {
  const shown = select(crowd(count, sizes), stateOf('root', { depth: 'all' }));
  expect(shown.folded).toEqual({ by: undefined, ...folded });
  expect(shown.nodes.length).toBeLessThanOrEqual(150);
});

test('a fold opens on demand, alone or with all others', () => {
  const whole = crowd(400);
  const one = select(whole, stateOf('root', { depth: 'all', open: ['system:default/s3'] }));
  expect(one.folded).toEqual({ count: 390, folds: 39, by: 'system' });
  const all = select(whole, stateOf('root', { depth: 'all', open: ['*'] }));
  expect([all.nodes.length, all.folded.folds]).toEqual([402, 0]);
});

test('a picture has never more than a thousand nodes, and says how many have no room', () => {
  const shown = select(crowd(1500), stateOf('root', { depth: 'all', open: ['*'] }));
  expect([shown.nodes.length, shown.beyond]).toEqual([1000, 502]);
  expect(formatShown('root', shown)).toBe('Centred on root; 1,000 nodes. 502 nodes have no room in one picture.');
});

test('nothing is lost by folding: what is shown and what is in folds is all there is', () => {
  const size = fc.record({ count: fc.integer({ min: 0, max: 700 }), systems: fc.integer({ min: 1, max: 60 }) });
  fc.assert(
    fc.property(size, ({ count, systems }) => {
      const shown = select(crowd(count, { systems }), stateOf('root', { depth: 'all' }));
      const all = shown.nodes.flatMap(({ ref, fold }) => fold?.refs ?? [ref ?? '']);
      expect(new Set(all).size).toBe(count + 2);
      expect(all.length).toBe(count + 2);
      const ids = new Set(shown.nodes.map(({ id }) => id));
      expect(shown.edges.every(({ from, to }) => ids.has(from) && ids.has(to) && from !== to)).toBe(true);
    }),
    { numRuns: 30 },
  );
});
