import type { Line, Sample } from './answers.ts';
import { findNumber } from './promql.ts';
import { findSlo, isOfSlo } from './slos.ts';
import { tools, type Values } from './tools.ts';
import { toSpark, type Unjudged } from './unjudged.ts';

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
      ...tools[origin](toWorst(all)),
      ...toSpark(toGoodShare(own)),
    };
  });
}
