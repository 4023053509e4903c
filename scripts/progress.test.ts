import { expect, test } from 'vitest';
import { createProgress, formatStage, type StageCost } from './progress.ts';

test.each<[Omit<StageCost, 'cpuSeconds'>, string]>([
  [
    {
      name: 'read',
      seconds: 2,
      tally: [
        [5000, 'files'],
        [1, 'problem'],
      ],
    },
    '  read       5,000 files, 1 problem                         2.0 s    2,500/s',
  ],
  [
    { name: 'relate', seconds: 0.01, tally: [[3, 'relations']] },
    '  relate     3 relations                                    0.0 s',
  ],
])('a stage is one line', (cost, line) => {
  expect(formatStage({ ...cost, cpuSeconds: 0 })).toBe(line);
});

test.each([
  [false, 1, 0],
  [true, 3, 2],
])('progress in place only where a line can be written over (live: %s)', async (live, writes, overwritten) => {
  const written: string[] = [];
  const progress = createProgress({ write: (text) => written.push(text), live, now: () => 0, cpu: () => 0 });
  await progress.stage(
    'render',
    () => progress.tell('10 of 20'),
    () => [[20, 'pages']],
  );
  expect(written).toHaveLength(writes);
  expect(written.filter((text) => text.startsWith('\r') && !text.endsWith('\n'))).toHaveLength(overwritten);
  expect(written.at(-1)).toContain('20 pages');
});
