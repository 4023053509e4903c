import { expect, test } from 'vitest';
import { formatDocsTrial, toDocsVerdicts } from './docs-report.ts';
import type { DocsTrial, PageCosts } from './docs-trial.ts';

const costs = (pages: number, cpuSeconds: number, peakBytes = 1e9): PageCosts => ({ pages, cpuSeconds, peakBytes });

const toTrial = (site: PageCosts, mkdocs?: DocsTrial['mkdocs']): DocsTrial => ({
  ...{ name: 'docs', rendering: costs(site.pages, 1), stage: site, site, again: site, mkdocs },
  build: { name: 'first', whole: { name: 'first' }, stages: [], programs: [], counts: {} },
});

const mkdocs = { pages: 30, trees: 1, ofTrees: 2, cpuSeconds: 1, peakBytes: 1e8 };

test.each<[string, DocsTrial, RegExp, (boolean | undefined)[]]>([
  ['20 times as fast', toTrial(costs(1200, 2), mkdocs), /finished site/, [true]],
  ['19 times as fast', toTrial(costs(1140, 2), mkdocs), /finished site/, [false]],
  ['without MkDocs', toTrial(costs(1200, 2)), /finished site/, [undefined]],
  ['a gigabyte', toTrial(costs(20_000, 2)), /memory/, [true]],
  ['1.5 gigabytes', toTrial(costs(20_000, 2, 1.5e9)), /memory/, [false]],
  ['a gigabyte for few pages', toTrial(costs(2000, 2)), /memory/, []],
])('%s', (_name, trial, subject, isMet) => {
  const verdicts = toDocsVerdicts(trial).filter((verdict) => subject.test(verdict.subject));
  expect(verdicts.map((verdict) => verdict.isMet)).toEqual(isMet);
});

test.each([
  ['with MkDocs', mkdocs, /MkDocs, 1 of 2 trees +30 +1\.0 +30 +100/],
  ['without MkDocs', undefined, /MkDocs is not installed/],
])('the table stands %s', (_name, cost, expected) => {
  const text = formatDocsTrial(toTrial(costs(1200, 2), cost));
  expect(text).toMatch(expected);
  expect(text).toMatch(/finished site +1,200 +2\.0 +600 +1,000/);
});
