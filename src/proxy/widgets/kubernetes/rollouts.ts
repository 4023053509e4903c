import { z } from 'zod';
import { conditionSchema, count, listOf, maybe, text, toMessage, toWord } from './shape.ts';
import { deploymentSchema, type ReplicaFacts, toDeploymentFacts } from './workloads.ts';

const strategySchema = z.object({
  canary: maybe(z.object({ steps: listOf(z.object({ setWeight: count })) })),
  blueGreen: maybe(z.object({})),
});

const statusSchema = z.object({
  replicas: count,
  readyReplicas: count,
  updatedReplicas: count,
  conditions: listOf(conditionSchema),
  phase: text,
  message: text,
  abort: maybe(z.boolean()),
  pauseConditions: listOf(z.object({ reason: text, startTime: text })),
  currentStepIndex: count,
  stableRS: text,
  currentPodHash: text,
  canary: maybe(z.object({ weights: maybe(z.object({ canary: maybe(z.object({ weight: count })) })) })),
});

/** What is read of a Rollout of Argo Rollouts. */
export const rolloutSchema = z.object({
  metadata: deploymentSchema.shape.metadata,
  spec: deploymentSchema.shape.spec.extend({
    workloadRef: maybe(z.object({ kind: text, name: text })),
    strategy: maybe(strategySchema),
  }),
  status: maybe(statusSchema),
});
type Rollout = z.infer<typeof rolloutSchema>;
type Status = z.infer<typeof statusSchema>;

/** How far a Rollout has come. Its phases are those of Argo Rollouts: `Healthy`, `Progressing`, `Paused`, `Degraded`. */
export type RolloutFacts = ReplicaFacts & {
  strategy: 'canary' | 'blue-green';
  phase: string;
  step?: number;
  steps?: number;
  weight?: number;
  aborted: boolean;
  message?: string;
  /** A Deployment whose template it takes, which has no pods of its own. */
  instead?: string;
};

type Step = { setWeight?: number | undefined };

function findWeight(steps: readonly Step[], status: Status | undefined): number | undefined {
  if (status?.abort) return 0;
  const told = status?.canary?.weights?.canary?.weight;
  if (told !== undefined) return told;
  const index = status?.currentStepIndex;
  if (index === undefined) return undefined;
  if (index >= steps.length) return 100;
  return steps.slice(0, index + 1).findLast(({ setWeight }) => setWeight !== undefined)?.setWeight ?? 0;
}

const isFalse = (status: Status, name: string) =>
  status.conditions.some((one) => one.type === name && one.status === 'False');

/** Before version 1.0 there is no phase: it follows from the rest. */
function toPhase({ spec }: Rollout, status: Status | undefined): string {
  if (status?.phase) return toWord(status.phase);
  if (!status) return 'Progressing';
  if (status.abort || isFalse(status, 'Progressing')) return 'Degraded';
  if (spec.paused || status.pauseConditions.length > 0) return 'Paused';
  const isStable = status.stableRS !== undefined && status.stableRS === status.currentPodHash;
  return isStable ? 'Healthy' : 'Progressing';
}

function toSteps({ spec, status }: Rollout): Pick<RolloutFacts, 'step' | 'steps' | 'weight'> {
  const steps = spec.strategy?.canary?.steps ?? [];
  if (steps.length === 0) return {};
  const weight = findWeight(steps, status);
  const step = status?.currentStepIndex;
  return {
    steps: steps.length,
    ...(step !== undefined && { step }),
    ...(weight !== undefined && { weight }),
  };
}

/** A Rollout as far as it is shown or judged. */
export function toRolloutFacts(rollout: Rollout): RolloutFacts {
  const { metadata, spec, status } = rollout;
  const message = toMessage(status?.message ?? '');
  const own = toDeploymentFacts({ metadata, spec, status: status && { ...status, observedGeneration: 0 } });
  return {
    ...own,
    isUnseen: false,
    paused: own.paused || (status?.pauseConditions.length ?? 0) > 0,
    strategy: spec.strategy?.blueGreen ? 'blue-green' : 'canary',
    phase: toPhase(rollout, status),
    ...toSteps(rollout),
    aborted: status?.abort ?? false,
    ...(message !== '' && { message }),
    ...(spec.workloadRef?.kind === 'Deployment' &&
      spec.workloadRef.name && { instead: toWord(spec.workloadRef.name, 253) }),
  };
}
