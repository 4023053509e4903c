import { z } from 'zod';
import { liveLevelSchema } from './answer.ts';

const containerSchema = z.strictObject({
  name: z.string(),
  /** What follows the last `:` or `@` of its image. */
  tag: z.string(),
  ready: z.boolean(),
  restarts: z.number(),
  /** `running`, or the reason why it is not: `CrashLoopBackOff`. */
  state: z.string(),
  isInit: z.boolean().optional(),
});

const podSchema = z.strictObject({
  name: z.string(),
  level: liveLevelSchema,
  /** As `kubectl get pods` says it: `Running`, `CrashLoopBackOff`, `Completed`. */
  words: z.string(),
  ready: z.number(),
  wanted: z.number(),
  restarts: z.number(),
  lastRestartAt: z.string().optional(),
  startedAt: z.string().optional(),
  node: z.string().optional(),
  zone: z.string().optional(),
  containers: z.array(containerSchema),
});
export type LivePod = z.infer<typeof podSchema>;

const rolloutSchema = z.strictObject({
  strategy: z.enum(['canary', 'blue-green']),
  /** How many of its steps are done, and how many there are. */
  step: z.number().optional(),
  steps: z.number().optional(),
  /** Share of the traffic or pods that the new version has, in per cent. */
  weight: z.number().optional(),
  paused: z.boolean(),
  aborted: z.boolean(),
  message: z.string().optional(),
});

const workloadSchema = z.strictObject({
  cluster: z.string(),
  namespace: z.string(),
  /** `Deployment`, `StatefulSet`, `DaemonSet`, `Rollout`, `Job`, `CronJob`, `Pod` for pods of nothing shown. */
  kind: z.string(),
  name: z.string(),
  level: liveLevelSchema,
  words: z.string(),
  ready: z.number(),
  wanted: z.number(),
  updated: z.number().optional(),
  tags: z.array(z.string()),
  /** Of an autoscaler that drives it. */
  scale: z.strictObject({ min: z.number(), max: z.number(), now: z.number() }).optional(),
  rollout: rolloutSchema.optional(),
  schedule: z.string().optional(),
  lastRunAt: z.string().optional(),
  pods: z.array(podSchema),
  /** How many pods there are beyond those listed. */
  morePods: z.number(),
});
export type LiveWorkload = z.infer<typeof workloadSchema>;

/** Something that a rule found wrong, what probably causes it and what mends it. */
const findingSchema = z.strictObject({
  code: z.string(),
  level: z.enum(['attention', 'broken']),
  cluster: z.string(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
  what: z.string(),
  cause: z.string(),
  mend: z.string(),
  docs: z.string().optional(),
});
export type LiveFinding = z.infer<typeof findingSchema>;

const eventSchema = z.strictObject({
  cluster: z.string(),
  namespace: z.string(),
  object: z.string(),
  type: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  firstAt: z.string().optional(),
  lastAt: z.string().optional(),
});

/** What the Kubernetes widget shows: an allow-list of a few fields, never environment, arguments, volumes or annotations. */
export const kubernetesSchema = z.strictObject({
  clusters: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), readAt: z.string().optional() })),
  workloads: z.array(workloadSchema),
  findings: z.array(findingSchema),
  events: z.array(eventSchema),
  /** Whether the end of its logs may be asked for. */
  logs: z.boolean(),
  /** What was left out because there was too much. */
  more: z.number(),
});
export type KubernetesData = z.infer<typeof kubernetesSchema>;
