import { z } from 'zod';
import { capped } from '../../texts/capped.ts';
import { toPlainLine } from '../../texts/text.ts';
import { findNumber } from './promql.ts';

const mostSeries = 300;
/** More than a spark line has. */
const mostSamples = 100;

const sampleSchema = z.tuple([z.number(), z.string()]);
const labelsSchema = z.record(z.string(), z.string());
const labelled = z.object({ metric: labelsSchema });

const success = <Data extends z.ZodType>(data: Data) => z.object({ status: z.literal('success'), data });

/** What `/api/v1/query` answers; a native histogram has no `value`. */
export const vectorSchema = success(
  z.discriminatedUnion('resultType', [
    z.object({
      resultType: z.literal('vector'),
      result: capped(labelled.extend({ value: sampleSchema.optional() }), mostSeries).nullable(),
    }),
    z.object({ resultType: z.literal('scalar'), result: sampleSchema }),
  ]),
);

/** What `/api/v1/query_range` answers. */
export const matrixSchema = success(
  z.object({
    resultType: z.literal('matrix'),
    result: capped(labelled.extend({ values: capped(sampleSchema, mostSamples).optional() }), mostSeries).nullable(),
  }),
);

/** One series: its labels, and its value now. A value that is no number is left out. */
export type Sample = { labels: Record<string, string>; value: number };
/** One series over time, at even distances. */
export type Line = { labels: Record<string, string>; values: (number | null)[] };

const mostLabels = 12;

/** Keeps the labels that are asked for, or the first few; a value may come from anyone. */
function toLabels(metric: Record<string, string>, keep: readonly string[] | undefined): Record<string, string> {
  const kept = Object.entries(metric).filter(([name]) => keep === undefined || keep.includes(name));
  return Object.fromEntries(
    kept
      .toSorted()
      .slice(0, mostLabels)
      .map(([name, value]) => [name, toPlainLine(value, 120)]),
  );
}

/** The numbers of Prometheus as text: `NaN`, `+Inf` and `-Inf` are none that can be shown. */
const toNumber = (text: string): number | undefined => (text.trim() === '' ? undefined : findNumber(Number(text)));

/** The series of an answer, without those that have no number now. */
export function toSamples(keep?: readonly string[]): (answer: z.infer<typeof vectorSchema>) => Sample[] {
  return ({ data }) => {
    const rows =
      data.resultType === 'scalar' ? [{ metric: {}, value: data.result }] : (data.result ?? []).slice(0, mostSeries);
    return rows.flatMap(({ metric, value: sample }) => {
      const value = sample === undefined ? undefined : toNumber(sample[1]);
      return value === undefined ? [] : { labels: toLabels(metric, keep), value };
    });
  };
}

/** The distances of a spark line: how many values, how many seconds between them. */
export const spark = { points: 48, step: 1800 } as const;

/** From when to when a spark line goes, in seconds: ends on a step, so that all who ask within it ask the same. */
export function toSparkTimes(now: number): { start: number; end: number } {
  const end = Math.floor(now / 1000 / spark.step) * spark.step;
  return { start: end - (spark.points - 1) * spark.step, end };
}

/** The series of an answer over time, each value in its place and `null` where there is none. */
export function toLines(start: number, keep?: readonly string[]): (answer: z.infer<typeof matrixSchema>) => Line[] {
  return ({ data }) =>
    (data.result ?? []).slice(0, mostSeries).map(({ metric, values: samples = [] }) => {
      const values: (number | null)[] = Array.from({ length: spark.points }, () => null);
      for (const [at, text] of samples) {
        const place = Math.round((at - start) / spark.step);
        if (place >= 0 && place < spark.points) values[place] = toNumber(text) ?? null;
      }
      return { labels: toLabels(metric, keep), values };
    });
}
