import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createGraph, type Dependence, type Direction, listDependences, listReached, toDependences } from './graph.ts';
import { listCycles } from './graph-cycles.ts';

/** `a>b c>d` as edges of one type. */
const toEdges = (text: string): Dependence[] =>
  text
    .split(' ')
    .filter((pair) => pair.includes('>'))
    .map((pair) => ({ from: pair.split('>')[0] ?? '', to: pair.split('>')[1] ?? '', type: 'dependsOn' }));

const toGraph = (text: string) => createGraph(['a'], toEdges(text));

const format = (text: string, from: string, direction: Direction) =>
  listReached(toGraph(text), from, direction)
    .map(({ ref, distance, through }) => [ref, distance, ...through].join(' '))
    .join(', ');

describe('listReached', () => {
  test.each([
    ['a chain', 'a>b b>c', 'a', 'needs', 'b 1, c 2 b'],
    ['the chain from its other end', 'a>b b>c', 'c', 'dependents', 'b 1, a 2 b'],
    ['a diamond, by the first of two ways', 'a>c a>b b>d c>d', 'a', 'needs', 'b 1, c 1, d 2 b'],
    ['the shorter of two ways', 'a>b b>c c>d a>d', 'a', 'needs', 'b 1, d 1, c 2 b'],
    ['itself never', 'a>a a>b', 'a', 'needs', 'b 1'],
    ['a cycle once', 'a>b b>c c>a', 'a', 'needs', 'b 1, c 2 b'],
    ['an edge that is there twice once', 'a>b a>b', 'a', 'needs', 'b 1'],
    ['what is only named as a target', 'a>gone', 'gone', 'dependents', 'a 1'],
    ['nothing for a stranger', 'a>b', 'x', 'needs', ''],
    ['nothing without edges', '', 'a', 'needs', ''],
  ] as const)('finds %s', (_what, edges, from, direction, found) => {
    expect(format(edges, from, direction)).toBe(found);
  });

  test('finds on random graphs exactly what a naive search finds, at the same distances, by ways that exist', () => {
    const node = fc.nat(11).map((number) => `n${number}`);
    const edge = fc.record({ from: node, to: node, type: fc.constantFrom('dependsOn', 'consumesApi' as const) });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 40 }), node, (edges, from) => {
        const graph = createGraph([from], edges);
        const found = listReached(graph, from, 'needs');
        expect(new Map(found.map(({ ref, distance }) => [ref, distance]))).toEqual(searchNaively(edges, from));
        for (const { ref, distance, through } of found) {
          const way = [from, ...through, ref];
          expect(way.length - 1).toBe(distance);
          for (const [at, to] of way.slice(1).entries())
            expect(edges.some((each) => each.from === way[at] && each.to === to)).toBe(true);
        }
        const back = found.filter(({ ref }) => !listReached(graph, ref, 'dependents').some((one) => one.ref === from));
        expect(back).toEqual([]);
      }),
    );
  });
});

/** Relaxes every edge until nothing changes. */
function searchNaively(edges: readonly Dependence[], from: string): Map<string, number> {
  const distances = new Map([[from, 0]]);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const edge of edges) {
      const distance = (distances.get(edge.from) ?? Infinity) + 1;
      if (distance >= (distances.get(edge.to) ?? Infinity)) continue;
      distances.set(edge.to, distance);
      isChanged = true;
    }
  }
  distances.delete(from);
  return distances;
}

describe('listCycles', () => {
  test.each([
    ['a>b b>c', []],
    ['a>a', ['a']],
    ['a>b b>a', ['a b']],
    ['a>b b>c c>a c>b', ['b c']],
    ['a>b b>a c>d d>c b>c', ['a b', 'c d']],
    ['a>b b>d a>c c>d', []],
    ['x>a a>b b>c c>d d>a', ['a b c d']],
  ])('of %s are %j', (edges, cycles) => {
    expect(listCycles(toGraph(edges)).map(({ refs }) => refs.join(' '))).toEqual(cycles);
  });

  test('are there on random graphs exactly where a node reaches itself', () => {
    const node = fc.nat(8).map((number) => `n${number}`);
    const edge = fc.record({ from: node, to: node, type: fc.constant('dependsOn' as const) });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 20 }), (edges) => {
        const cycles = listCycles(createGraph([], edges));
        const inCycle = edges.some(({ from, to }) => from === to || searchNaively(edges, to).has(from));
        expect(cycles.length > 0).toBe(inCycle);
        for (const { refs } of cycles)
          for (const [at, from] of refs.entries())
            expect(edges.some((each) => each.from === from && each.to === refs[(at + 1) % refs.length])).toBe(true);
      }),
    );
  });

  test('are found however deep the graph is', () => {
    const chain = Array.from({ length: 50_000 }, (_, at) => `n${at}>n${at + 1}`).join(' ');
    expect(listCycles(toGraph(`${chain} n50000>n49999`))).toEqual([{ refs: ['n49999', 'n50000'], size: 2 }]);
  });
});

test.each([
  ['dependsOn', 'a b dependsOn'],
  ['dependencyOf', 'b a dependsOn'],
  ['consumesApi', 'a b consumesApi'],
  ['apiConsumedBy', 'b a consumesApi'],
  ['providesApi', 'b a providesApi'],
  ['apiProvidedBy', 'a b providesApi'],
  ['partOf', undefined],
  ['ownedBy', undefined],
] as const)('a relation %s reads as dependence: %s', (type, dependence) => {
  const [first] = toDependences([{ source: 'a', type, target: 'b' }]);
  expect(first && `${first.from} ${first.to} ${first.type}`).toBe(dependence);
});

test('a graph gives back its edges, sorted and each once', () => {
  const edges = toEdges('c>a a>b c>a b>b');
  expect([...listDependences(createGraph([], edges))].map(({ from, to }) => `${from}>${to}`)).toEqual([
    'a>b',
    'b>b',
    'c>a',
  ]);
});
