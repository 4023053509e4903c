import type { LiveObjective } from '#model/live/prometheus.ts';
import type { Line, Sample } from './answers.ts';
import { type Burn, findRatio, toKnown, toSpark, type Unjudged } from './unjudged.ts';

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
