import { expect, test } from 'vitest';
import { arrange } from './arrange.ts';
import { toLegend } from './colours.ts';
import { findNodes } from './find.ts';
import { network, stateOf, toFile, toRefText } from './fixture.ts';
import { isGraphFile } from './network.ts';
import { toDrawnNode } from './node-words.ts';
import { select } from './select.ts';
import { toShownFile, toShownMermaid } from './shown-files.ts';
import { type Arrow, findStep } from './steps.ts';

test.each([
  ['ArrowRight', 'b'],
  ['ArrowLeft', 'c'],
  ['ArrowDown', 'e'],
  ['ArrowUp', undefined],
] as [Arrow, string | undefined][])('%s leads to %s', (arrow, next) => {
  const stops = [
    { id: 'a', x: 100, y: 50 },
    { id: 'b', x: 200, y: 60 },
    { id: 'near but not linked', x: 200, y: 50 },
    { id: 'far', x: 200, y: 400 },
    { id: 'c', x: 0, y: 10 },
    { id: 'e', x: 100, y: 100 },
    { id: 'f', x: 100, y: 150 },
  ];
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'far' },
    { from: 'c', to: 'a' },
  ];
  expect(findStep(stops, edges, 'a', arrow)).toBe(next);
});

test.each([
  ['pay', ['pay', 'pay-api', 'the pay', 'repay']],
  ['  PAY', ['pay', 'pay-api', 'the pay', 'repay']],
  ['group:default', []],
  ['', []],
])('%j finds names that begin with it before others', (text, labels) => {
  const nodes = ['repay', 'the pay', 'pay-api', 'pay', 'other'].map((label) => ({
    ref: `component:default/${label.length}`,
    label,
  }));
  expect(findNodes(nodes, text).map(({ label }) => label)).toEqual(labels);
});

test('eight owners have colours, the others and none are counted', () => {
  const lines = Array.from({ length: 12 }, (_, at) => `n${at} > hub`);
  const known = Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`n${at}`, { owner: `group:default/g${at < 3 ? 0 : at}` }]),
  );
  const whole = network(lines, known);
  const legend = toLegend(whole, select(whole, stateOf('hub')).nodes, 'owner', (kind) => kind);
  expect(legend.entries[0]).toEqual({ label: 'g0', count: 3, hue: 1 });
  expect(legend.entries.slice(8)).toEqual([
    { label: '2 others', count: 2 },
    { label: 'No owner', count: 1 },
  ]);
  expect(legend.hues.get(toRefText('n0'))).toBe(1);
  expect(legend.hues.has(toRefText('hub'))).toBe(false);
});

test('what is shown is a graph file and a flowchart in which names are nothing but text', () => {
  const whole = network(['web >> api:pay', 'api:pay > pay'], { web: { label: '"]; click <b>' } });
  const selection = select(whole, stateOf('pay'));
  const file = toShownFile(whole, selection);
  expect(isGraphFile(JSON.parse(JSON.stringify(file)))).toBe(true);
  expect([file.nodes.length, file.edges.length]).toEqual([3, 2]);
  const nodes = selection.nodes.map((node) => toDrawnNode(whole, {}, node));
  expect(toShownMermaid(nodes, selection)).toContain(`["']; click ‹b›"]`);
});

test.each([
  [null, false],
  [{}, false],
  [{ version: 2, nodes: [], edges: [], types: [] }, false],
  [{ version: 1, nodes: {}, edges: [], types: [] }, false],
  [toFile(['a > b']), true],
])('a page relies on no file that is none: %j', (value, isOne) => {
  expect(isGraphFile(value)).toBe(isOne);
});

test('a thousand nodes have places, none over another', () => {
  const nodes = Array.from({ length: 1000 }, (_, at) => ({
    id: `n${at}`,
    rank: at === 0 ? 0 : (at % 7) - 3 || 1,
    name: `Name ${at}`,
    note: '',
  }));
  const edges = nodes.slice(1).flatMap(({ id }, at) => [
    { from: id, to: `n${Math.floor(at / 3)}` },
    { from: id, to: `n${(at * 7) % 1000}` },
  ]);
  const placed = arrange({ nodes, edges });
  expect(placed.width / placed.height).toBeLessThan(4);
  expect(placed.edges).toHaveLength(edges.length);
  const cells = new Set<string>();
  for (const { x, y, width, height } of placed.nodes) {
    expect(x >= 0 && y >= 0 && x + width <= placed.width && y + height <= placed.height).toBe(true);
    cells.add(`${x} ${y}`);
  }
  expect(cells.size).toBe(1000);
});
