import type { JobFacts } from '../jobs.ts';
import type { RolloutFacts } from '../rollouts.ts';
import type { AutoscalerFacts, ReplicaFacts } from '../workloads.ts';
import { docs, type Rule } from './define.ts';

const findCondition = ({ conditions }: ReplicaFacts): string | undefined => {
  const found = conditions.find(
    ({ type, status, message, reason }) =>
      message !== '' && reason !== 'RolloutPaused' && status === (type === 'ReplicaFailure' ? 'True' : 'False'),
  );
  return found && `${found.type}: ${found.message}`;
};

/** What may be wrong with what has replicas. */
export const replicaRules: readonly Rule<ReplicaFacts>[] = [
  {
    code: 'condition-message-present',
    level: 'attention',
    find: findCondition,
    what: (detail) => `It reports a condition that is not met (${detail})`,
    cause: 'Its pods do not become ready, or may not be created: a quota, an admission rule, a probe.',
    mend: 'Look at what is said of its pods, and at its events.',
    docs: `${docs}/concepts/workloads/controllers/deployment/#failed-deployment`,
  },
];

const rollouts = 'https://argo-rollouts.readthedocs.io/en/stable';

/** What may be wrong with a Rollout. */
export const rolloutRules: readonly Rule<RolloutFacts>[] = [
  {
    code: 'rollout-aborted',
    level: 'broken',
    find: ({ aborted, message }) => (aborted ? (message ?? '') : undefined),
    what: (detail) => `The rollout was aborted${detail === '' ? '' : `: ${detail}`}`,
    cause: 'An analysis failed, its time ran out, or somebody stopped it; the old version serves all again.',
    mend: 'Look at its analysis runs; correct the new version and roll it out, or retry.',
    docs: `${rollouts}/features/kubectl-plugin/`,
  },
  {
    code: 'rollout-degraded',
    level: 'broken',
    find: ({ aborted, phase, message }) => (!aborted && phase === 'Degraded' ? (message ?? '') : undefined),
    what: (detail) => `The rollout is degraded${detail === '' ? '' : `: ${detail}`}`,
    cause: 'The new version does not become ready in time, or the Rollout itself is not valid.',
    mend: 'Look at what is said of its pods; correct the new version or the Rollout.',
    docs: `${docs}/concepts/workloads/controllers/deployment/#failed-deployment`,
  },
  {
    code: 'rollout-paused',
    level: 'attention',
    find: ({ aborted, paused, phase, weight }) =>
      !aborted && phase !== 'Degraded' && (paused || phase === 'Paused') ? `${weight ?? ''}` : undefined,
    what: (detail) => `The rollout is paused${detail === '' ? '' : ` with ${detail} % for the new version`}`,
    cause: 'It came to a step that waits for a person or for a time.',
    mend: 'Compare the two versions, then promote or abort it with the tool that rolls it out.',
    docs: `${rollouts}/features/canary/`,
  },
];

/** What may be wrong with an autoscaler. */
export const scalerRules: readonly Rule<AutoscalerFacts>[] = [
  {
    code: 'hpa-max-current-replicas',
    level: 'attention',
    find: ({ now, max, min }) => (now >= max && max > min ? `${max}` : undefined),
    what: (detail) => `Its autoscaler has reached its maximum of ${detail}`,
    cause: 'There is more load than so many pods can take, or each takes less than it should.',
    mend: 'Raise `maxReplicas` if the load is real and the cluster has room.',
    docs: `${docs}/tasks/run-application/horizontal-pod-autoscale/`,
  },
];

/** What may be wrong with a Job. */
export const jobRules: readonly Rule<JobFacts>[] = [
  {
    code: 'job-failed',
    level: 'broken',
    find: ({ failure }) => failure && [failure.reason, failure.message].filter(Boolean).join(': '),
    what: (detail) => `The job failed${detail === '' ? '' : ` (${detail})`}`,
    cause: 'Its pods ended with an error as often as they may, or it ran longer than it may.',
    mend: 'Read the log of its last pod; mend what it says, then let it run again.',
    docs: `${docs}/concepts/workloads/controllers/job/#pod-backoff-failure-policy`,
  },
];
