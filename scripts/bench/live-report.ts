import type { LiveTrial, Moment } from './live-trial.ts';
import { formatTable, toNumberCell } from './table.ts';
import type { Verdict } from './targets.ts';

const mega = 1e6;
const mean = (moments: readonly Moment[]) => moments.reduce((sum, { bytes }) => sum + bytes, 0) / moments.length;

/** The first and the last fifth of a long load, each as its mean in megabytes. */
const toEnds = (soak: readonly Moment[]) => {
  const fifth = Math.max(1, Math.floor(soak.length / 5));
  return { first: mean(soak.slice(0, fifth)) / mega, last: mean(soak.slice(-fifth)) / mega };
};

const toPeak = (soak: readonly Moment[]) => Math.max(...soak.map(({ bytes }) => bytes)) / mega;

/** What was measured of the proxy, as tables. */
export function formatLiveTrial({ cached, viewings, soak }: LiveTrial): string {
  const cpu = cached.cpuSeconds === undefined ? undefined : (cached.cpuSeconds / cached.requests) * 1e6;
  const rates = formatTable(
    ['cached answers', 'requests/s', 'per CPU second', 'µs CPU each', 'median ms', 'p99 ms', 'worst ms', 'failed'],
    [
      [
        { text: '200 connections' },
        ...[
          toNumberCell(cached.requests / cached.seconds),
          toNumberCell(cpu === undefined ? undefined : 1e6 / cpu),
          toNumberCell(cpu),
        ],
        ...[
          toNumberCell(cached.median, 1),
          toNumberCell(cached.p99, 1),
          toNumberCell(cached.worst, 1),
          toNumberCell(cached.failed),
        ],
      ],
    ],
  );
  const calls = formatTable(
    ['viewers', 'seconds', 'requests', 'failed', 'calls to systems'],
    viewings.map(({ viewers, seconds, requests, failed, calls: made }) =>
      [viewers, seconds, requests, failed, made].map((each) => toNumberCell(each)),
    ),
  );
  const { first, last } = toEnds(soak);
  const seconds = soak.at(-1)?.second ?? 0;
  return `\n${rates}\n${calls}\n  Memory over ${seconds} s of load: ${first.toFixed(0)} MB at first, ${last.toFixed(0)} MB at last, ${toPeak(soak).toFixed(0)} MB at most\n\n`;
}

/** Holds what was measured of the proxy against what it promises. */
export function toLiveVerdicts({ cached, viewings, soak }: LiveTrial): Verdict[] {
  const rate = cached.requests / cached.seconds;
  const [one, , thousand] = viewings;
  const { first, last } = toEnds(soak);
  const peak = toPeak(soak);
  return [
    {
      subject: 'cached answers',
      target: 'at least 5,000 a second',
      figure: `${Math.round(rate).toLocaleString('en-US')} a second`,
      isMet: rate >= 5000,
    },
    {
      subject: 'p99 at 200 connections',
      target: 'under 50 ms',
      figure: `${cached.p99.toFixed(1)} ms`,
      isMet: cached.p99 < 50,
    },
    {
      subject: 'calls to systems with 1,000 viewers',
      target: 'those with one',
      figure: `${thousand?.calls} and ${one?.calls}`,
      isMet: (thousand?.calls ?? Number.NaN) <= (one?.calls ?? 0) * 1.2,
    },
    {
      subject: 'memory under load',
      target: 'under 120 MB',
      figure: `${peak.toFixed(0)} MB`,
      isMet: Number.isNaN(peak) ? undefined : peak < 120,
    },
    {
      subject: 'memory from first to last',
      target: 'flat (10 %)',
      figure: `${(((last - first) / first) * 100).toFixed(0)} %`,
      isMet: Number.isNaN(last) ? undefined : last <= first * 1.1,
    },
  ];
}
