import { describe, expect, test } from 'vitest';
import { createGraph, createReachBoth, type Dependence } from '#model/graph.ts';
import type { Estate } from './estate.ts';
import { type Picked, pickAround, pickNear } from './pick.ts';

/** An estate of `a>b` edges; `a@team` puts a node into a whole, and a name that ends in `-api` is an API. */
function toEstate(text: string): Estate {
  const [edges = '', wholes = ''] = text.split('|');
  const dependences = edges
    .trim()
    .split(/\s+/)
    .map((pair): Dependence => ({ from: pair.split('>')[0] ?? '', to: pair.split('>')[1] ?? '', type: 'dependsOn' }));
  const graph = createGraph([], dependences);
  const pairs = new Map(
    wholes
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => [pair.split('@')[0] ?? '', pair.split('@')[1] ?? '']),
  );
  const wholeRefs = [...new Set(pairs.values())];
  return {
    graph,
    reachBoth: createReachBoth(graph),
    surveys: new Map(),
    structures: new Map(),
    owners: new Int32Array(graph.refs.length).fill(-1),
    ownerRefs: [],
    wholes: Int32Array.from(graph.refs, (ref) => wholeRefs.indexOf(pairs.get(ref) ?? '-')),
    wholeRefs,
    tiers: new Uint8Array(graph.refs.length),
    isApi: Uint8Array.from(graph.refs, (ref) => (ref.endsWith('-api') ? 1 : 0)),
  };
}

const format = ({ nodes, edges }: Picked) => ({
  nodes: nodes.map(({ id, column, fold }) => `${column} ${fold ? `${fold.count} of ${fold.of ?? 'all'}` : id}`),
  edges: edges.map(({ from, to }) => `${from}>${to}`),
});

function around(text: string, limits?: Parameters<typeof pickAround>[3]) {
  const estate = toEstate(text);
  const start = estate.graph.numbers.get('x') ?? 0;
  return format(pickAround(estate, start, estate.reachBoth(start), limits));
}

describe('pickAround', () => {
  test('draws what depends on a thing left of it and what it needs right of it, with every edge among them', () => {
    expect(around('a>x b>a b>x x>c x>d c>d')).toEqual({
      nodes: ['0 x', '-1 a', '-1 b', '1 c', '1 d'],
      edges: ['x>c', 'x>d', 'a>x', 'b>a', 'b>x', 'c>d'],
    });
  });

  test('draws a node of a circle once, where it is nearer', () => {
    expect(around('x>a a>b b>x').nodes).toEqual(['0 x', '-1 b', '1 a']);
  });

  test('keeps a place for what only a thing on the other side leads to', () => {
    const limits = { nodes: 3, column: 2, columns: 4, folds: 2 };
    expect(around('x>a a>b b>x b>c', limits).nodes).toEqual(['0 x', '-1 b', '1 a', '1 1 of all']);
  });

  test('leaves out an edge from a thing to itself', () => {
    expect(around('x>x x>a').edges).toEqual(['x>a']);
  });

  test('folds what there is no room for, counted by system, next to what it is linked with', () => {
    const limits = { nodes: 10, column: 2, columns: 2, folds: 1 };
    const drawn = around('x>a x>b x>c x>d d>e | c@pay d@pay e@log', limits);
    expect(drawn.nodes).toEqual(['0 x', '1 a', '1 b', '1 2 of pay', '2 1 of all']);
    expect(drawn.edges).toEqual(['x>a', 'x>b', 'x>needs 0', 'needs 0>needs rest']);
  });

  test('neither loses nor invents a node: what is drawn and what is folded is all there is', () => {
    const many = Array.from({ length: 60 }, (_, at) => `n${at}>x x>m${at} m${at}>o${at}`).join(' ');
    const estate = toEstate(many);
    const start = estate.graph.numbers.get('x') ?? 0;
    const { nodes } = pickAround(estate, start, estate.reachBoth(start));
    expect(nodes.reduce((sum, { fold }) => sum + (fold?.count ?? 1), 0)).toBe(estate.graph.refs.length);
    expect(nodes.length).toBeLessThanOrEqual(42);
  });
});

describe('pickNear', () => {
  test('takes one step, and the other side of an API', () => {
    const estate = toEstate('x-api>x web>x-api x>y y>z far>web x>z-api z-api>z2');
    const { nodes } = format(pickNear(estate, estate.graph.numbers.get('x') ?? 0, 12));
    expect(nodes).toEqual(['0 x', '-1 x-api', '-2 web', '1 y', '1 z-api', '2 z2']);
  });

  test('shows at most so many nodes and counts the others', () => {
    const estate = toEstate(Array.from({ length: 30 }, (_, at) => `n${at}>x x>m${at}`).join(' '));
    const { nodes } = pickNear(estate, estate.graph.numbers.get('x') ?? 0, 12);
    expect(nodes.length).toBeLessThanOrEqual(12);
    expect(nodes.reduce((sum, { fold }) => sum + (fold?.count ?? 1), 0)).toBe(61);
  });
});
