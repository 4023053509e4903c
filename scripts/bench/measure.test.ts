import { expect, test } from 'vitest';
import { toProgramFigures } from './figures.ts';
import { measure } from './measure.ts';

const busy = 'const end = Date.now() + 400; while (Date.now() < end);';
const nested = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(busy)}]); console.error('  done  1'); process.exit(3)`;

test('a run tells its exit code and its lines, and on Linux what it and its children used', async () => {
  const run = await measure(process.execPath, ['-e', nested], process.cwd());
  expect(run.code).toBe(3);
  expect(run.lines.map(({ text }) => text)).toEqual(['  done  1']);
  const programs = toProgramFigures(run);
  expect(programs.length > 1).toBe(process.platform === 'linux');
  expect(run.cpuSeconds !== undefined).toBe(process.platform === 'linux');
});

test('a program that cannot be started is said so', async () => {
  await expect(measure('/no/such/program', [], process.cwd())).rejects.toThrow('ENOENT');
});
