import { expect, test } from 'vitest';
import { toProgramFigures, toRunFigures, toStageFigures } from './figures.ts';
import type { Sample } from './measure.ts';
import { findTask } from './process-tree.ts';

const sample = (at: number, ...programs: [name: string, cpuSeconds: number, bytes: number][]): Sample => ({
  at,
  programs: new Map(programs.map(([name, cpuSeconds, bytes]) => [name, { cpuSeconds, bytes }])),
});

const samples = [
  sample(100, ['', 0.1, 100]),
  sample(1000, ['', 1, 300]),
  sample(1500, ['', 1.2, 200], ['astro', 0.4, 500]),
  sample(2800, ['', 1.4, 200], ['astro', 2.4, 900]),
  sample(2900, ['', 1.4, 200]),
];

test('a stage is the time before its line, with the processor time of what it started', () => {
  const stages = [
    { name: 'read', seconds: 0.9, cpuSeconds: 0.8, tally: [] },
    { name: 'render', seconds: 1.9, cpuSeconds: 0.3, tally: [] },
  ];
  const lines = [
    { at: 1010, text: '  read       500 files' },
    { at: 3000, text: '  render     20 pages' },
  ];
  expect(toStageFigures({ stages, peakKilobytes: 1 }, { samples, lines })).toEqual([
    { name: 'read', seconds: 0.9, cpuSeconds: 0.8, peakBytes: 300 },
    { name: 'render', seconds: 1.9, cpuSeconds: 0.3 + 2.4, peakBytes: 1100 },
  ]);
});

test('programs and the whole run peak each at their own moment', () => {
  expect(toProgramFigures({ samples })).toEqual([
    { name: 'portal', cpuSeconds: 1.4, peakBytes: 300 },
    { name: 'astro', cpuSeconds: 2.4, peakBytes: 900 },
  ]);
  const whole = { name: 'first', seconds: 3, cpuSeconds: 4, peakBytes: 1100 };
  expect(toRunFigures('first', { seconds: 3, cpuSeconds: 4, samples })).toEqual(whole);
});

test('what the system does not tell stays undefined', () => {
  const stages = [{ name: 'read', seconds: 1, cpuSeconds: 0.8, tally: [] }];
  const run = { samples: [], lines: [] };
  expect(toStageFigures({ stages, peakKilobytes: 1 }, run)).toEqual([{ name: 'read', seconds: 1, cpuSeconds: 0.8 }]);
  expect(toRunFigures('first', { seconds: 1, cpuSeconds: undefined, ...run }).peakBytes).toBeUndefined();
});

test.each([
  ['42 (node) S 7 42 42 0 -1 0 0 0 0 0 150 50 20 30 20 0 1', { pid: 42, parent: 7, cpuSeconds: 2, endedSeconds: 0.5 }],
  ['42 (a) b (c) S 7 42 42 0 -1 0 0 0 0 0 100 0 0 0 20 0 1', { pid: 42, parent: 7, cpuSeconds: 1, endedSeconds: 0 }],
  ['', undefined],
])('reads a line of the process table: %s', (line, task) => {
  expect(findTask(line)).toEqual(task);
});
