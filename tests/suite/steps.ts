import type { ReportFormat } from './results.ts';

export type Step = {
  name: string;
  /** The program's file, and its words; each runs on the project's own Node. */
  command: readonly [string, ...string[]];
  /** Said when the step fails: what that means and what to do. */
  failing: string;
  environment?: Record<string, string>;
  /** Where the step writes what its tests came to, and in which form. */
  report?: { file: string; format: ReportFormat };
};

const demoSnapshot = '.portal/demo';
export const demoSite = '.portal/demo-site';
/** The demo again, as a site that shares its host with others. */
export const demoSiteBelow = '.portal/demo-site-below';
export const baseOfDemo = '/portal';

const unitReport = 'test-results/unit.json';
export const browserReport = 'test-results/browser.json';

const checks: Step[] = [
  {
    name: 'lint',
    command: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '.'],
    failing: 'Biome found something to mend; `npm run fix` mends most of it.',
  },
  {
    name: 'unused',
    command: ['node_modules/knip/bin/knip.js', '--no-progress'],
    failing: 'Knip found files, exports or dependencies that nothing uses.',
  },
  // Pages are checked with a snapshot in place.
  {
    name: 'demo',
    command: [
      'scripts/portal.ts',
      ...['build', '--root', 'examples/acme'],
      ...['--snapshot', demoSnapshot, '--out', demoSite],
    ],
    failing: 'The demo organisation could not be built.',
  },
  {
    name: 'types',
    command: ['node_modules/typescript-native/bin/tsc', '--noEmit', '-p', '.'],
    failing: 'TypeScript found errors.',
  },
  {
    name: 'pages',
    command: ['node_modules/astro/bin/astro.mjs', 'check', '--minimumFailingSeverity', 'warning'],
    environment: { PORTOLAN_SNAPSHOT: demoSnapshot, ASTRO_TELEMETRY_DISABLED: '1' },
    failing: '`astro check` found errors in the .astro files.',
  },
];

const tests: Step[] = [
  {
    name: 'demo below a path',
    command: [
      'scripts/portal.ts',
      ...['build', '--root', 'examples/acme'],
      ...['--snapshot', `${demoSnapshot}-below`, '--out', demoSiteBelow],
    ],
    environment: { APP_CONFIG_portal_base: baseOfDemo },
    failing: 'The demo organisation could not be built below a path.',
  },
  {
    name: 'unit',
    command: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ],
    failing: 'Tests failed.',
    report: { file: unitReport, format: 'vitest' },
  },
  {
    name: 'browser',
    command: ['node_modules/@playwright/test/cli.js', 'test', '--config', 'tests/playwright.config.ts'],
    failing: 'Browser tests failed; test-results/browser/ holds pictures and traces.',
    report: { file: browserReport, format: 'playwright' },
  },
];

/** What `npm run check` and `npm test` run, in this order. */
export const suites: Record<string, readonly Step[]> = { check: checks, test: [...checks, ...tests] };
