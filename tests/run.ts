import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { createMachine, installChromium } from '../scripts/io/chromium.ts';
import { formatResults, oneFailure, parseResults, type Results, toSum } from './suite/results.ts';
import { type Step, suites } from './suite/steps.ts';

/** Reads what the step's tests came to; a step without tests counts only when it fails. */
function toResults({ report }: Step, code: number): Results {
  if (!report) return code === 0 ? toSum([]) : oneFailure;
  try {
    return parseResults(report.format, readFileSync(report.file, 'utf8'), code);
  } catch {
    return oneFailure;
  }
}

/** Runs one step with its output shown; says how long it took and, when it failed, what that means. */
function runStep(step: Step, position: string): Results {
  console.log(`\n[${position}] ${step.name}`);
  if (step.report) rmSync(step.report.file, { force: true });
  const started = performance.now();
  const env = { ...process.env, ...step.environment };
  const code = spawnSync(process.execPath, [...step.command], { stdio: 'inherit', env }).status ?? 1;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const results = toResults(step, code);
  console.log(`[${position}] ${step.name}: ${results.failed === 0 ? 'passed' : 'failed'} in ${seconds} s`);
  if (results.failed > 0) console.error(`\nStopped at the step "${step.name}". ${step.failing}`);
  return results;
}

/** Runs steps in order up to the first that fails. */
function runSteps(steps: readonly Step[]): Results {
  const runs: Results[] = [];
  for (const [at, step] of steps.entries()) {
    const results = runStep(step, `${at + 1}/${steps.length}`);
    runs.push(results);
    if (results.failed > 0) break;
  }
  return toSum(runs);
}

/** True where a browser is ready for the tests; says what to do where none is. */
function isBrowserReady(): boolean {
  try {
    process.env.PORTOLAN_CHROMIUM = installChromium(createMachine(chromium.executablePath()));
    console.log(`Browser: ${process.env.PORTOLAN_CHROMIUM}`);
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

// npm says here where it was called; the steps count from the top of the project.
delete process.env.INIT_CWD;

const suite = process.argv[2] ?? 'test';
const steps = suites[suite];
if (!steps) throw new Error(`There is no suite "${suite}"; there are ${Object.keys(suites).join(' and ')}.`);

const results = suite === 'check' || isBrowserReady() ? runSteps(steps) : oneFailure;
for (const name of results.skipped) console.log(`Left out: ${name}`);
if (suite === 'test') console.log(`\n${formatResults(results)}`);
process.exitCode = results.failed === 0 ? 0 : 1;
