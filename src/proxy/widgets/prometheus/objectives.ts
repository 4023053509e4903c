import type { LiveObjective } from '#model/live/prometheus.ts';
import type { Line, Sample } from './answers.ts';
import { spark } from './answers.ts';
import { toObjectiveLevel } from './levels.ts';
import { findSlo, isOfSlo } from './slos.ts';
import { findNumber } from './text.ts';

/** What is known of an objective before it is judged. */
export type Unjudged = Omit<LiveObjective, 'level'>;

type Values = ReadonlyMap<string, number>;
type Burn = LiveObjective['burn'];

/** Leaves out what is not known; a fraction loses its dust. */
function toKnown<Key extends string>(values: Record<Key, number | undefined>): Partial<Record<Key, number>> {
  const known: Partial<Record<Key, number>> = {};
  for (const key in values) {
    const value = values[key];
    const number = value === undefined ? undefined : findNumber(value);
    if (number !== undefined) known[key] = number;
  }
  return known;
}

/** Divides by the share of errors that is allowed; where none is, there is no such number. */
function findRatio(errors: number | undefined, allowed: number | undefined): number | undefined {
  return errors === undefined || allowed === undefined || allowed <= 0 ? undefined : errors / allowed;
}

const minus = (from: number, value: number | undefined) => (value === undefined ? undefined : from - value);

function toSpark(values: readonly (number | null)[]): Pick<Unjudged, 'spark' | 'sparkSeconds'> {
  return values.some((value) => value !== null)
    ? { spark: [...values], sparkSeconds: (spark.points - 1) * spark.step }
    : { spark: [] };
}

/** The values of Sloth's rules. What its metadata rules leave out follows from the objective and the rates. */
function toSloth(values: Values): Omit<Unjudged, 'name' | 'origin' | 'spark'> {
  const objective = values.get('slo:objective:ratio') ?? minus(1, values.get('slo:error_budget:ratio'));
  const allowed = values.get('slo:error_budget:ratio') ?? minus(1, objective);
  const days = values.get('slo:time_period:days');
  const rate = (window: string) => values.get(`slo:sli_error:ratio_rate${window}`);
  const errors = days === undefined ? undefined : (rate(`${days}d`) ?? rate(`${days / 7}w`));
  const left = values.get('slo:period_error_budget_remaining:ratio') ?? minus(1, findRatio(errors, allowed));
  const spent = errors ?? (left === undefined || allowed === undefined ? undefined : (1 - left) * allowed);
  const burn: Burn = toKnown({
    hour: findRatio(rate('1h'), allowed),
    sixHours: findRatio(rate('6h'), allowed),
    threeDays: findRatio(rate('3d'), allowed),
  });
  return { ...toKnown({ objective, days, reached: minus(1, spent), budget: left }), burn };
}

const seconds: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };

/** `1d43m` in seconds. */
function toSeconds(duration: string): number {
  return [...duration.matchAll(/(\d+)([wdhms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (seconds[unit] ?? 0),
    0,
  );
}

/** The share of errors over the window of Pyrra that is nearest, at most a third longer or shorter than is asked. */
function findNearest(values: Values, wanted: number): number | undefined {
  const near = [...values].flatMap(([name, value]) => {
    const [, window] = /:burnrate([0-9dhm]+)$/.exec(name) ?? [];
    const distance = window === undefined ? Infinity : Math.abs(Math.log(toSeconds(window) / wanted));
    return distance < 0.29 ? { value, distance } : [];
  });
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.value;
}

/** The values of Pyrra's rules. Its burn rates are shares of errors, not yet divided by what is allowed. */
function toPyrra(values: Values): Omit<Unjudged, 'name' | 'origin' | 'spark'> {
  const objective = values.get('pyrra_objective');
  const allowed = minus(1, objective);
  const window = values.get('pyrra_window');
  const reached = values.get('pyrra_availability');
  const burn: Burn = toKnown({
    hour: findRatio(findNearest(values, 3600), allowed),
    sixHours: findRatio(findNearest(values, 21_600), allowed),
    threeDays: findRatio(findNearest(values, 259_200), allowed),
  });
  const days = window === undefined ? undefined : window / 86_400;
  return { ...toKnown({ objective, days, reached, budget: minus(1, findRatio(minus(1, reached), allowed)) }), burn };
}

/** The lesser of what is good, the greater of what is bad: several series of one SLO are shown by their worst. */
const isGood = /objective|error_budget|availability/;

function toWorst(samples: readonly Sample[]): Values {
  const values = new Map<string, number>();
  for (const { labels, value } of samples) {
    const name = labels.__name__ ?? '';
    const other = values.get(name) ?? value;
    values.set(name, isGood.test(name) ? Math.min(value, other) : Math.max(value, other));
  }
  return values;
}

/** The share of good events over time; at each moment the worst of all series. */
function toGoodShare(lines: readonly Line[]): (number | null)[] {
  const [first] = lines;
  return (first?.values ?? []).map((_, at) => {
    const errors = lines.flatMap(({ values }) => values[at] ?? []);
    return errors.length === 0 ? null : (findNumber(1 - Math.max(...errors)) ?? null);
  });
}

const readers = { sloth: toSloth, pyrra: toPyrra };

/** The SLOs that an annotation names so, of either tool. */
export function toSlos(name: string, samples: readonly Sample[], lines: readonly Line[]): Unjudged[] {
  const key = ({ labels }: Sample | Line) => {
    const slo = findSlo(labels);
    return slo === undefined ? '' : `${slo.origin} ${slo.id}`;
  };
  const ofKey = Map.groupBy(
    samples.filter(({ labels }) => isOfSlo(name, labels)),
    key,
  );
  return [...ofKey].flatMap(([wanted, all]) => {
    const slo = findSlo(all[0]?.labels ?? {});
    if (slo === undefined) return [];
    const own = lines.filter((line) => key(line) === wanted);
    const { origin } = slo;
    // What the annotation calls it, unless that names several.
    return {
      name: ofKey.size === 1 ? name : slo.id,
      origin,
      ...readers[origin](toWorst(all)),
      ...toSpark(toGoodShare(own)),
    };
  });
}

const aboutLabels = ['service', 'app', 'job', 'component'];
const mostOfOne = 5;

/** What a query or a rule measures, and over how many seconds, where that is known. */
export type Measure = Pick<Unjudged, 'name' | 'origin' | 'unit' | 'objective' | 'days'> & { window?: number };

/** The labels in which series differ, as words beside the name of what they have in common. */
function toDifference({ labels }: Sample, samples: readonly Sample[]): string {
  const words = Object.entries(labels).flatMap(([label, value]) =>
    label !== '__name__' && samples.some((other) => other.labels[label] !== value) ? value : [],
  );
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

const burnWindows: Readonly<Record<number, keyof Burn>> = { 3600: 'hour', 21600: 'sixHours', 259200: 'threeDays' };

/**
 * What a share of good events means depends on the time that it was measured over: over that of the objective it is what was
 * reached; over an hour, six, or three days it is how fast the budget burns; over any other it is a value.
 */
function toMeasured({ objective, days, window = 0 }: Measure, value: number): Partial<Unjudged> & { burn: Burn } {
  const ratio = objective === undefined ? undefined : findRatio(1 - value, 1 - objective);
  if (ratio !== undefined && days !== undefined && window === days * 86_400)
    return { ...toKnown({ reached: value, budget: 1 - ratio }), burn: {} };
  const key = burnWindows[window];
  return { value, burn: key === undefined ? {} : toKnown({ [key]: ratio }) };
}

/** The values of a query or a rule: those about the entity, or all where none says so; a few, and how many there are more. */
export function toMeasures(
  measure: Measure,
  samples: readonly Sample[],
  lines: readonly Line[],
  names: readonly string[],
): { objectives: Unjudged[]; more: number } {
  const own = samples.filter(({ labels }) =>
    aboutLabels.some((label) => names.includes(labels[label]?.toLowerCase() ?? '')),
  );
  const all = own.length > 0 ? own : samples;
  const shown = all.slice(0, mostOfOne);
  const key = ({ labels }: Sample | Line) => JSON.stringify(labels);
  const { window: _, ...known } = measure;
  const objectives = shown.map((sample) => ({
    ...known,
    name: `${measure.name}${toDifference(sample, all)}`,
    ...toMeasured(measure, sample.value),
    ...toSpark(lines.find((line) => key(line) === key(sample))?.values ?? []),
  }));
  return { objectives, more: all.length - shown.length };
}

const units: readonly [RegExp, NonNullable<LiveObjective['unit']>][] = [
  [/ratio|availability/i, 'ratio'],
  [/bytes/i, 'bytes'],
  [/seconds/i, 'seconds'],
  [/:i?rate\d*[smhdw]?$/i, 'per-second'],
];

/** What a recording rule counts, by the name that its writer chose. */
export function toUnit(rule: string): NonNullable<LiveObjective['unit']> {
  return units.find(([pattern]) => pattern.test(rule))?.[1] ?? 'number';
}

/** An objective with its level. */
export function toJudged(unjudged: Unjudged): LiveObjective {
  return { ...unjudged, level: toObjectiveLevel(unjudged).level };
}
