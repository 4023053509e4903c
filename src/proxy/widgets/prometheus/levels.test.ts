import { expect, test } from 'vitest';
import type { LiveObjective, PrometheusData } from '#model/live/prometheus.ts';
import { toAlertLevel, toObjectiveLevel } from './levels.ts';
import { toStatus } from './status.ts';

type Known = Partial<LiveObjective>;
const toOne = (known: Known) => ({ name: 'a', origin: 'sloth' as const, burn: {}, spark: [], ...known });

const rows: [Known, string, string][] = [
  [{ burn: { hour: 14.4 }, budget: 0.9 }, 'broken', 'burns its error budget 14 times too fast'],
  [{ burn: { hour: 14.39, sixHours: 5.9, threeDays: 0.9 }, budget: 0.9 }, 'well', 'objective met'],
  [{ burn: { sixHours: 6 }, budget: 0.9 }, 'broken', 'burns its error budget 6.0 times too fast'],
  [{ burn: { threeDays: 1 }, budget: 0.9 }, 'attention', 'burns its error budget 1.0 times too fast'],
  [{ budget: 0 }, 'broken', 'error budget spent'],
  [{ budget: -2 }, 'broken', 'error budget spent'],
  [{ budget: 0.249 }, 'attention', '24 % of the error budget left'],
  [{ budget: 0.25 }, 'well', 'objective met'],
  [{ objective: 0.99, value: 0.98 }, 'attention', 'below its objective'],
  [{ objective: 0.99, value: 0.99 }, 'well', 'objective met'],
  [{ objective: 0.99 }, 'unknown', 'no objective known'],
  [{ value: 7 }, 'unknown', 'no objective known'],
];

test.each(rows)('%j is %s: %s', (known, level, words) => {
  expect(toObjectiveLevel(toOne(known))).toEqual({ level, words });
});

type Alert = PrometheusData['alerts'][number];
const toAlert = (state: Alert['state'], severity?: string): Alert => ({
  name: 'a',
  state,
  count: 1,
  ...(severity !== undefined && { severity }),
});

test.each([
  ['firing', 'critical', 'broken'],
  ['firing', 'Page', 'broken'],
  ['firing', 'warning', 'attention'],
  ['firing', undefined, 'attention'],
  ['pending', 'critical', 'attention'],
  ['inactive', 'critical', 'well'],
] as const)('an alert that is %s, %s, is %s', (state, severity, level) => {
  expect(toAlertLevel(toAlert(state, severity))).toBe(level);
});

test.each([
  [[toOne({ budget: 0.5 })], [], 'well', 'objectives met'],
  [[], [toAlert('inactive')], 'well', 'no alert fires'],
  [[toOne({ value: 1 })], [], 'unknown', 'no objective known'],
  [[], [], 'unknown', 'nothing to show'],
  [[toOne({ budget: 0.5 }), toOne({ budget: -1 })], [], 'broken', 'error budget spent'],
  [[toOne({ budget: 0.1 })], [toAlert('firing', 'page')], 'broken', '10 % of the error budget left; 1 alert fires'],
  [[toOne({ budget: 0.5 })], [toAlert('pending'), toAlert('pending')], 'attention', '2 alerts are pending'],
] as const)('objectives %j and alerts %j are %s: %s', (objectives, alerts, level, words) => {
  const judged = objectives.map((one) => ({ ...one, level: 'unknown' as const, burn: {}, spark: [] }));
  expect(toStatus({ objectives: judged, alerts: [...alerts], more: 0 })).toEqual({ level, words });
});
