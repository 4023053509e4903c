import { z } from 'zod';
import { liveLevelSchema } from './answer.ts';

const objectiveSchema = z.strictObject({
  name: z.string(),
  level: liveLevelSchema,
  /** Where it was recognised: rules as Sloth or Pyrra write them, a named query, or a plain recording rule. */
  origin: z.enum(['sloth', 'pyrra', 'query', 'rule']),
  /** The share that is promised, 0 to 1: 0.999. */
  objective: z.number().optional(),
  /** Over how many days. */
  days: z.number().optional(),
  /** The share that was reached over that time. */
  reached: z.number().optional(),
  /** The share of the error budget that is left; below 0 when it is overspent. */
  budget: z.number().optional(),
  /**
   * How many times faster than allowed the budget burns, over 1 hour, 6 hours and 3 days. The windows of Pyrra follow
   * the time of its objective: with 28 days, its 4 days stand for our 3.
   */
  burn: z.strictObject({
    hour: z.number().optional(),
    sixHours: z.number().optional(),
    threeDays: z.number().optional(),
  }),
  /** The latest value, where there is no objective, and what it counts. */
  value: z.number().optional(),
  unit: z.enum(['ratio', 'seconds', 'per-second', 'bytes', 'number']).optional(),
  /**
   * Values at even distances, the latest last; `null` where there is none. Of Sloth and Pyrra the share of good events
   * over the hour before each, comparable with `objective`; of others the value itself.
   */
  spark: z.array(z.number().nullable()),
  /** How many seconds the spark line covers. */
  sparkSeconds: z.number().optional(),
});
export type LiveObjective = z.infer<typeof objectiveSchema>;

const alertSchema = z.strictObject({
  name: z.string(),
  state: z.enum(['firing', 'pending', 'inactive']),
  severity: z.string().optional(),
  since: z.string().optional(),
  summary: z.string().optional(),
  runbook: z.string().optional(),
  count: z.number(),
});

/** What the Prometheus widget shows. */
export const prometheusSchema = z.strictObject({
  objectives: z.array(objectiveSchema),
  alerts: z.array(alertSchema),
  more: z.number(),
});
export type PrometheusData = z.infer<typeof prometheusSchema>;
