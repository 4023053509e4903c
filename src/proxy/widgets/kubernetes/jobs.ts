import { z } from 'zod';
import {
  conditionSchema,
  count,
  findTime,
  listOf,
  maybe,
  metaSchema,
  type Named,
  text,
  toNamed,
  toWord,
} from './shape.ts';
import { templateSchema, toConditions, toTags } from './workloads.ts';

export const jobSchema = z.object({
  metadata: metaSchema,
  spec: maybe(z.object({ completions: count, suspend: maybe(z.boolean()), template: templateSchema })),
  status: maybe(
    z.object({ active: count, succeeded: count, failed: count, startTime: text, conditions: listOf(conditionSchema) }),
  ),
});

export type JobFacts = Named & {
  wanted: number;
  succeeded: number;
  active: number;
  isSuspended: boolean;
  isComplete: boolean;
  /** Why it failed. */
  failure?: { reason: string; message: string };
  startedAt?: string;
  tags: string[];
};

/** A Job as far as it is shown or judged. */
export function toJobFacts({ metadata, spec, status }: z.infer<typeof jobSchema>): JobFacts {
  const conditions = toConditions(status?.conditions ?? []);
  const isTrue = (type: string) => conditions.find((one) => one.type === type && one.status === 'True');
  const failure = isTrue('Failed');
  const startedAt = findTime(status?.startTime ?? metadata.creationTimestamp);
  return {
    ...toNamed(metadata),
    wanted: spec?.completions ?? 1,
    succeeded: status?.succeeded ?? 0,
    active: status?.active ?? 0,
    isSuspended: spec?.suspend ?? false,
    isComplete: isTrue('Complete') !== undefined,
    ...(failure && { failure: { reason: failure.reason, message: failure.message } }),
    ...(startedAt !== undefined && { startedAt }),
    tags: toTags(spec?.template),
  };
}

export const cronJobSchema = z.object({
  metadata: metaSchema,
  spec: z.object({
    schedule: z.string(),
    timeZone: text,
    suspend: maybe(z.boolean()),
    jobTemplate: maybe(z.object({ spec: maybe(z.object({ template: templateSchema })) })),
  }),
  status: maybe(z.object({ lastScheduleTime: text, lastSuccessfulTime: text })),
});

export type CronJobFacts = Named & { schedule: string; isSuspended: boolean; lastRunAt?: string; tags: string[] };

/** A CronJob as far as it is shown or judged. */
export function toCronJobFacts({ metadata, spec, status }: z.infer<typeof cronJobSchema>): CronJobFacts {
  const lastRunAt = findTime(status?.lastScheduleTime);
  return {
    ...toNamed(metadata),
    schedule: toWord(spec.timeZone ? `${spec.schedule} (${spec.timeZone})` : spec.schedule, 120),
    isSuspended: spec.suspend ?? false,
    ...(lastRunAt !== undefined && { lastRunAt }),
    tags: toTags(spec.jobTemplate?.spec?.template),
  };
}
