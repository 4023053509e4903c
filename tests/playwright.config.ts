import { join } from 'node:path';
import { chromium, defineConfig } from '@playwright/test';
import { chromiumWords, createMachine, installChromium } from '../scripts/io/chromium.ts';
import { browserReport } from './suite/steps.ts';

export default defineConfig({
  testDir: 'browser',
  outputDir: '../test-results/browser',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['dot'], ['json', { outputFile: join('..', browserReport) }]],
  use: {
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: installChromium(createMachine(chromium.executablePath())),
      // Chromium's own sandbox needs rights that root and many containers do not have; the tests open our pages only.
      chromiumSandbox: false,
      args: chromiumWords,
    },
  },
});
