import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LayoutEdge, LayoutNode } from './define.ts';
import { layOut } from './layout.ts';
import { rankNodes } from './rank.ts';

test.each([
  [
    'a chain',
    3,
    [
      [0, 1],
      [1, 2],
    ],
    [0, 1, 2],
  ],
  [
    'a diamond',
    4,
    [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ],
    [0, 1, 1, 2],
  ],
  [
    'a late source beside what it needs',
    4,
    [
      [0, 1],
      [1, 2],
      [3, 2],
    ],
    [0, 1, 2, 1],
  ],
  [
    'a circle, cut',
    3,
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    [0, 1, 2],
  ],
  ['itself', 1, [[0, 0]], [0]],
] as [string, number, [number, number][], number[]][])('ranks %s', (_what, count, edges, ranks) => {
  expect(rankNodes(count, edges)).toEqual(ranks);
});

const graph = fc
  .record({
    ranks: fc.array(fc.nat(4), { minLength: 1, maxLength: 14 }),
    ends: fc.array(fc.tuple(fc.nat(13), fc.nat(13)), { maxLength: 24 }),
  })
  .map(({ ranks, ends }) => {
    const nodes = ranks.map((rank, at): LayoutNode => ({ id: `n${at}`, width: 100, height: 40, rank }));
    const edges = ends
      .filter(([from, to]) => from !== to && from < nodes.length && to < nodes.length)
      .map(([from, to]): LayoutEdge => ({ from: `n${from}`, to: `n${to}` }));
    return { nodes, edges };
  });

test('whatever the graph, nothing lies over anything else or outside, every edge has a way, and it is the same every time', () => {
  fc.assert(
    fc.property(graph, ({ nodes, edges }) => {
      const laid = layOut(nodes, edges);
      const placed = nodes.map(({ id }) => laid.places.get(id) ?? { x: -1, y: -1 });
      for (const [at, { x, y }] of placed.entries()) {
        expect(x >= 0 && y >= 0 && x + 100 <= laid.width && y + 40 <= laid.height + 1).toBe(true);
        for (const other of placed.slice(at + 1))
          expect(Math.abs(other.x - x) >= 100 || Math.abs(other.y - y) >= 40).toBe(true);
      }
      for (const { d } of laid.paths) expect(d).toMatch(/^M-?\d+ -?\d+([hc][-\d ]+)+$/);
      expect(layOut(nodes, edges)).toEqual(laid);
    }),
    { numRuns: 60 },
  );
});
