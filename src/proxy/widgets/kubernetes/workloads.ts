import { z } from 'zod';
import {
  conditionSchema,
  count,
  listOf,
  maybe,
  metaSchema,
  type Named,
  text,
  toMessage,
  toNamed,
  toTag,
  toWord,
} from './shape.ts';

export const templateSchema = maybe(
  z.object({ spec: maybe(z.object({ containers: listOf(z.object({ image: text })) })) }),
);
/** The tags of the images that a template asks for. */
export const toTags = (template: z.infer<typeof templateSchema>): string[] =>
  [...new Set((template?.spec?.containers ?? []).map(({ image }) => toTag(image ?? '')))].slice(0, 8);

export type ConditionFacts = { type: string; status: string; reason: string; message: string };

/** The conditions of an object, as far as they are judged. */
export const toConditions = (conditions: readonly z.infer<typeof conditionSchema>[]): ConditionFacts[] =>
  conditions.slice(0, 12).map(({ type, status, reason, message }) => ({
    type: toWord(type),
    status: toWord(status, 16),
    reason: toWord(reason ?? ''),
    message: toMessage(message ?? ''),
  }));

/** What has replicas, whatever keeps them. */
export type ReplicaFacts = Named & {
  wanted: number;
  /** How many there are, old ones and new. */
  there: number;
  ready: number;
  updated?: number;
  /** Whether its controller has said anything of it; where none does, its pods are counted. */
  isTold: boolean;
  /** What was written last is not acted upon yet. */
  isUnseen: boolean;
  paused: boolean;
  tags: string[];
  conditions: ConditionFacts[];
};

export const deploymentSchema = z.object({
  metadata: metaSchema,
  spec: z.object({ replicas: count, paused: maybe(z.boolean()), template: templateSchema }),
  status: maybe(
    z.object({
      observedGeneration: count,
      replicas: count,
      readyReplicas: count,
      updatedReplicas: count,
      conditions: listOf(conditionSchema),
    }),
  ),
});

const isUnseen = (meta: { generation?: number | undefined }, seen: number | undefined) =>
  meta.generation !== undefined && seen !== undefined && seen < meta.generation;

/** A Deployment or ReplicaSet as far as it is shown or judged. */
export function toDeploymentFacts({ metadata, spec, status }: z.infer<typeof deploymentSchema>): ReplicaFacts {
  return {
    ...toNamed(metadata),
    wanted: spec.replicas ?? 1,
    there: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    // A count of none is left out of what a controller says.
    ...(status?.observedGeneration !== undefined && { updated: status.updatedReplicas ?? 0 }),
    isTold: status?.observedGeneration !== undefined || status?.replicas !== undefined,
    isUnseen: isUnseen(metadata, status?.observedGeneration),
    paused: spec.paused ?? false,
    tags: toTags(spec.template),
    conditions: toConditions(status?.conditions ?? []),
  };
}

export const statefulSetSchema = deploymentSchema.extend({
  spec: deploymentSchema.shape.spec.extend({
    updateStrategy: maybe(z.object({ type: text, rollingUpdate: maybe(z.object({ partition: count })) })),
  }),
});

/** A StatefulSet as far as it is shown or judged. One whose pods are renewed by hand or in part is never mid-way. */
export function toStatefulSetFacts(set: z.infer<typeof statefulSetSchema>): ReplicaFacts {
  const { updateStrategy } = set.spec;
  const isPartial = updateStrategy?.type === 'OnDelete' || (updateStrategy?.rollingUpdate?.partition ?? 0) > 0;
  const { updated, ...rest } = toDeploymentFacts(set);
  return isPartial || updated === undefined ? rest : { ...rest, updated };
}

export const daemonSetSchema = z.object({
  metadata: metaSchema,
  spec: z.object({ template: templateSchema, updateStrategy: maybe(z.object({ type: text })) }),
  status: maybe(
    z.object({
      observedGeneration: count,
      desiredNumberScheduled: count,
      currentNumberScheduled: count,
      numberReady: count,
      updatedNumberScheduled: count,
      conditions: listOf(conditionSchema),
    }),
  ),
});

/** A DaemonSet as far as it is shown or judged. */
export function toDaemonSetFacts({ metadata, spec, status }: z.infer<typeof daemonSetSchema>): ReplicaFacts {
  return {
    ...toNamed(metadata),
    wanted: status?.desiredNumberScheduled ?? 0,
    there: status?.currentNumberScheduled ?? 0,
    ready: status?.numberReady ?? 0,
    isTold: status?.observedGeneration !== undefined || status?.desiredNumberScheduled !== undefined,
    ...(spec.updateStrategy?.type !== 'OnDelete' && { updated: status?.updatedNumberScheduled ?? 0 }),
    isUnseen: isUnseen(metadata, status?.observedGeneration),
    paused: false,
    tags: toTags(spec.template),
    conditions: toConditions(status?.conditions ?? []),
  };
}

export const autoscalerSchema = z.object({
  metadata: metaSchema,
  spec: z.object({
    minReplicas: count,
    maxReplicas: z.number(),
    scaleTargetRef: z.object({ kind: z.string(), name: z.string() }),
  }),
  status: maybe(z.object({ currentReplicas: count, desiredReplicas: count })),
});

export type AutoscalerFacts = Named & { of: { kind: string; name: string }; min: number; max: number; now: number };

/** An autoscaler as far as it is shown or judged; version 1 and 2 of its API have these in common. */
export function toAutoscalerFacts({ metadata, spec, status }: z.infer<typeof autoscalerSchema>): AutoscalerFacts {
  return {
    ...toNamed(metadata),
    of: { kind: toWord(spec.scaleTargetRef.kind), name: toWord(spec.scaleTargetRef.name, 253) },
    min: spec.minReplicas ?? 1,
    max: spec.maxReplicas,
    now: status?.currentReplicas ?? 0,
  };
}
