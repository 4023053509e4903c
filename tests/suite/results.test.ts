import { expect, test } from 'vitest';
import { formatResults, parseResults, toSum } from './results.ts';

const vitest = (...files: [string, ...string[]][]) =>
  JSON.stringify({
    success: true,
    testResults: files.map(([status, ...tests]) => ({
      name: 'a.test.ts',
      status,
      assertionResults: tests.map((one, at) => ({ fullName: `test ${at}`, status: one })),
    })),
  });

const playwright = (expected: number, unexpected: number, flaky: number, skipped: number) =>
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped } });

test.each([
  ['vitest', vitest(['passed', 'passed', 'passed']), 0, 2, 0, 0],
  ['vitest', vitest(['failed', 'passed', 'failed'], ['passed', 'passed']), 1, 2, 1, 0],
  ['vitest', vitest(['failed'], ['passed', 'passed']), 1, 1, 1, 0],
  ['vitest', vitest(['passed', 'pending', 'todo', 'skipped']), 0, 0, 0, 3],
  ['vitest', vitest(['passed', 'passed']), 1, 1, 1, 0],
  ['vitest', 'no JSON', 1, 0, 1, 0],
  ['vitest', '{}', 0, 0, 1, 0],
  ['playwright', playwright(3, 0, 0, 0), 0, 3, 0, 0],
  ['playwright', playwright(3, 1, 1, 2), 1, 3, 2, 2],
  ['playwright', playwright(0, 0, 0, 0), 1, 0, 1, 0],
] as const)('reads a %s report %s with exit code %i', (format, text, code, passed, failed, skipped) => {
  const results = parseResults(format, text, code);
  expect([results.passed, results.failed, results.skipped.length]).toEqual([passed, failed, skipped]);
});

test('adds up and says so in the one form that programs read', () => {
  const runs = [
    { passed: 500, failed: 0, skipped: ['one'] },
    { passed: 23, failed: 1, skipped: ['two'] },
  ];
  expect(toSum(runs).skipped).toEqual(['one', 'two']);
  expect(formatResults(toSum(runs))).toBe('tests: 523 passed, 1 failed');
  expect(formatResults(toSum([]))).toBe('tests: 0 passed, 0 failed');
});
