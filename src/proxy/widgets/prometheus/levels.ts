import type { LiveLevel, LiveStatus } from '#model/live/answer.ts';
import type { LiveObjective, PrometheusData } from '#model/live/prometheus.ts';
import type { Unjudged } from './unjudged.ts';

type Alert = PrometheusData['alerts'][number];

/** From how fast on a burning budget is worth waking somebody, and what is left when it is worth a look. */
const limits = { hour: 14.4, sixHours: 6, threeDays: 1, budget: 0.25 };

const atLeast = (value: number | undefined, limit: number): boolean => value !== undefined && value >= limit;

/** `21` for a high rate, `1.4` for a low one. */
const formatRate = (rate: number | undefined): string => (rate ?? 0).toFixed((rate ?? 0) < 10 ? 1 : 0);
const toBurning = (rate: number | undefined) => `burns its error budget ${formatRate(rate)} times too fast`;
const isKnown = ({ objective, budget, burn, value }: Unjudged): boolean =>
  budget !== undefined || Object.values(burn).length > 0 || (objective !== undefined && value !== undefined);

type Row = { level: LiveLevel; is: (one: Unjudged) => boolean; words: (one: Unjudged) => string };

/** How an objective is: the first row that is true. */
const objectives: readonly Row[] = [
  { level: 'broken', is: ({ burn }) => atLeast(burn.hour, limits.hour), words: ({ burn }) => toBurning(burn.hour) },
  {
    level: 'broken',
    is: ({ burn }) => atLeast(burn.sixHours, limits.sixHours),
    words: ({ burn }) => toBurning(burn.sixHours),
  },
  { level: 'broken', is: ({ budget }) => budget !== undefined && budget <= 0, words: () => 'error budget spent' },
  {
    level: 'attention',
    is: ({ budget }) => budget !== undefined && budget < limits.budget,
    words: ({ budget }) => `${Math.floor((budget ?? 0) * 100)} % of the error budget left`,
  },
  {
    level: 'attention',
    is: ({ burn }) => atLeast(burn.threeDays, limits.threeDays),
    words: ({ burn }) => toBurning(burn.threeDays),
  },
  {
    level: 'attention',
    is: ({ objective, value }) => objective !== undefined && value !== undefined && value < objective,
    words: () => 'below its objective',
  },
  { level: 'unknown', is: (one) => !isKnown(one), words: () => 'no objective known' },
];

/** How an objective is, and in which words. */
export function toObjectiveLevel(one: Unjudged): LiveStatus {
  const row = objectives.find(({ is }) => is(one));
  return row === undefined ? { level: 'well', words: 'objective met' } : { level: row.level, words: row.words(one) };
}

/** An objective with its level. */
export function toJudged(unjudged: Unjudged): LiveObjective {
  return { ...unjudged, level: toObjectiveLevel(unjudged).level };
}

const waking = /^(critical|page)$/i;

/** How an alert is. */
export function toAlertLevel({ state, severity }: Alert): LiveLevel {
  if (state === 'inactive') return 'well';
  return state === 'firing' && waking.test(severity ?? '') ? 'broken' : 'attention';
}

const worst: readonly LiveLevel[] = ['broken', 'attention', 'well', 'unknown'];

/** The worst first: `broken`, `attention`, `well`, and what is not judged. */
export function compareLevels(a: LiveLevel, b: LiveLevel): number {
  return worst.indexOf(a) - worst.indexOf(b);
}
