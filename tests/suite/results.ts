import { z } from 'zod';

/** What a run of tests came to. A test that was left out is named, never passed over in silence. */
export type Results = { passed: number; failed: number; skipped: string[] };

/** A step that runs no tests and fails counts as one. */
export const oneFailure: Results = { passed: 0, failed: 1, skipped: [] };

const vitestSchema = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

/** Reads what Vitest's JSON reporter wrote; a file that could not be loaded counts as a failed test. */
function toVitestResults(report: unknown): Results {
  const { testResults } = vitestSchema.parse(report);
  const tests = testResults.flatMap((file) => file.assertionResults);
  const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed));
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter(isFailed).length + broken.length,
    skipped: tests.filter((test) => test.status !== 'passed' && !isFailed(test)).map((test) => test.fullName.trim()),
  };
}

const isFailed = ({ status }: { status: string }) => status === 'failed';

/** Reads what Playwright's JSON reporter wrote; a test that passed only at the second attempt counts as failed. */
function toPlaywrightResults(report: unknown): Results {
  const { expected, unexpected, flaky, skipped } = playwrightSchema.parse(report).stats;
  const left = Array.from({ length: skipped }, (_, at) => `browser test ${at + 1} that Playwright left out`);
  return { passed: expected, failed: unexpected + flaky, skipped: left };
}

const formats = { vitest: toVitestResults, playwright: toPlaywrightResults };
export type ReportFormat = keyof typeof formats;

/** Reads the JSON report of a step that ended with `code`; without a readable report, or with a failure that it does not show, one failed. */
export function parseResults(format: ReportFormat, text: string, code: number): Results {
  try {
    const results = formats[format](JSON.parse(text));
    return code !== 0 && results.failed === 0 ? { ...results, failed: 1 } : results;
  } catch {
    return oneFailure;
  }
}

/** Adds runs up. */
export function toSum(runs: readonly Results[]): Results {
  return {
    passed: runs.reduce((sum, run) => sum + run.passed, 0),
    failed: runs.reduce((sum, run) => sum + run.failed, 0),
    skipped: runs.flatMap((run) => run.skipped),
  };
}

/** The last line of `npm test`, which programs read. */
export function formatResults({ passed, failed }: Results): string {
  return `tests: ${passed} passed, ${failed} failed`;
}
