import type { LiveFinding } from '#model/live/kubernetes.ts';
import type { Workload } from './join.ts';
import { findLastRestart } from './pod-state.ts';
import type { ContainerFacts, PodFacts } from './pods.ts';
import type { RolloutFacts } from './rollouts.ts';
import type { AutoscalerFacts, JobFacts, ReplicaFacts } from './workloads.ts';

/** A rule: what it looks for, and what it says when it finds it. `detail` is a container, a message, a number. */
type Rule<Subject> = {
  code: string;
  level: LiveFinding['level'];
  find: (subject: Subject, now: number) => string | undefined;
  what: (detail: string) => string;
  cause: string | ((detail: string) => string);
  mend: string;
  docs: string;
};

const docs = 'https://kubernetes.io/docs';
const debugging = `${docs}/tasks/debug/debug-application`;
const hour = 3_600_000;
const minute = 60_000;

const age = (at: string | undefined, now: number) =>
  at === undefined ? Number.POSITIVE_INFINITY : now - Date.parse(at);

const findContainer = (pod: PodFacts, is: (container: ContainerFacts) => boolean): string | undefined => {
  const names = pod.containers.filter(is).map(({ name }) => name);
  return names.length === 0 ? undefined : names.join(', ');
};
const waitsFor =
  (...reasons: readonly string[]) =>
  (pod: PodFacts) =>
    findContainer(pod, ({ waiting }) => waiting !== undefined && reasons.includes(waiting.reason));

/** What has a rule of its own, or is the ordinary way to start. */
const explained = [
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'PodInitializing',
];

function findLongWaiting(pod: PodFacts, now: number): string | undefined {
  if (pod.unschedulable !== undefined) return undefined;
  const isLong = age(pod.createdAt, now) > 5 * minute;
  const waits = pod.containers.find(
    ({ waiting }) =>
      waiting &&
      !explained.includes(waiting.reason) &&
      (isLong || !['ContainerCreating', 'Waiting'].includes(waiting.reason)),
  );
  return (
    waits?.waiting && `${waits.name} (${[waits.waiting.reason, waits.waiting.message].filter(Boolean).join(': ')})`
  );
}

const isOutOfMemory = (now: number) => (container: ContainerFacts) =>
  container.ended?.reason === 'OOMKilled' ||
  (container.endedBefore?.reason === 'OOMKilled' && age(container.endedBefore.at, now) < 24 * hour);

const exitCodes: Readonly<Record<string, string>> = {
  1: 'The program itself gave up; the end of its log says why.',
  2: 'The program was called in a way that it does not understand, or gave up.',
  125: 'The container could not be started.',
  126: 'The file that is to be run may not be run.',
  127: 'The program that is to be run is not in the image.',
  134: 'The program aborted.',
  137: 'It was killed: it did not stop when asked to, or its node ran out of memory.',
  139: 'The program reached for memory that is not its own.',
  143: 'It was asked to stop and says so by an error.',
};

function findErrorExit(pod: PodFacts, now: number): string | undefined {
  const found = pod.containers.flatMap(({ name, ended, endedBefore }) => {
    const end = ended ?? (age(endedBefore?.at, now) < hour ? endedBefore : undefined);
    return end?.exitCode && end.reason !== 'OOMKilled' ? `${name}, exit code ${end.exitCode}` : [];
  });
  return found[0];
}

function findRestarting(pod: PodFacts, now: number): string | undefined {
  const restarts = pod.containers.reduce((sum, one) => sum + one.restarts, 0);
  const isRecent = age(findLastRestart(pod), now) < hour;
  return restarts >= 3 && isRecent && !waitsFor('CrashLoopBackOff')(pod) ? `${restarts}` : undefined;
}

const isUnreadyTooLong = (now: number) => (container: ContainerFacts) =>
  !container.ready &&
  container.readyWithin !== undefined &&
  container.runningSince !== undefined &&
  age(container.runningSince, now) > Math.max(60, container.readyWithin) * 1000;

/** What may be wrong with a pod. */
export const podRules: readonly Rule<PodFacts>[] = [
  {
    code: 'crash-loop',
    level: 'broken',
    find: waitsFor('CrashLoopBackOff'),
    what: (detail) => `Container ${detail} ends soon after each start`,
    cause: 'The program stops by itself, or its liveness probe fails; Kubernetes waits longer before each new start.',
    mend: 'Read the log of the run before (“previous”), correct what stopped it, or go back to the version that ran.',
    docs: `${debugging}/debug-pods/#my-pod-is-crashing-or-otherwise-unhealthy`,
  },
  {
    code: 'image-pull',
    level: 'broken',
    find: waitsFor('ImagePullBackOff', 'ErrImagePull'),
    what: (detail) => `The image of container ${detail} cannot be pulled`,
    cause: 'The tag does not exist, the registry cannot be reached, or the namespace has no credential for it.',
    mend: 'Check that the tag was pushed and that the pull secret of the namespace is valid.',
    docs: `${docs}/concepts/containers/images/#imagepullbackoff`,
  },
  {
    code: 'invalid-image-name',
    level: 'broken',
    find: waitsFor('InvalidImageName'),
    what: (detail) => `The image of container ${detail} has a name that is none`,
    cause: 'A variable of the manifest was left empty, or the name has capitals or blanks.',
    mend: 'Correct `image` in the manifest.',
    docs: `${docs}/concepts/containers/images/#image-names`,
  },
  {
    code: 'container-config',
    level: 'broken',
    find: waitsFor('CreateContainerConfigError'),
    what: (detail) => `Container ${detail} lacks something that it is configured with`,
    cause: 'It refers to a ConfigMap or Secret, or a key of one, that is not in its namespace.',
    mend: 'Create what is missing, or correct the reference; the events below name it.',
    docs: `${docs}/tasks/configure-pod-container/configure-pod-configmap/`,
  },
  {
    code: 'out-of-memory',
    level: 'attention',
    find: (pod, now) => findContainer(pod, isOutOfMemory(now)),
    what: (detail) => `Container ${detail} was killed because it used more memory than its limit`,
    cause: 'It needs more memory than it may have, or does not give back what it used.',
    mend: 'Look at its memory before the end: raise the limit if that is what it needs, look for a leak if it only grew.',
    docs: `${docs}/tasks/configure-pod-container/assign-memory-resource/#exceed-a-container-s-memory-limit`,
  },
  {
    code: 'container-error',
    level: 'attention',
    find: findErrorExit,
    what: (detail) => `A container ended with an error: ${detail}`,
    cause: (detail) => exitCodes[/\d+$/.exec(detail)?.[0] ?? ''] ?? 'The program ended with an error of its own.',
    mend: 'Read the log of the run before (“previous”).',
    docs: `${debugging}/determine-reason-pod-failure/`,
  },
  {
    code: 'containers-restarting',
    level: 'attention',
    find: findRestarting,
    what: (detail) => `Its containers were restarted ${detail} times, the last time within the hour`,
    cause: 'A container stops by itself, or its liveness probe fails now and then.',
    mend: 'Read the log of the run before, and the events: a failing probe is named there.',
    docs: `${docs}/concepts/workloads/pods/pod-lifecycle/#restart-policy`,
  },
  {
    code: 'readiness-probe-taking-too-long',
    level: 'attention',
    find: (pod, now) => findContainer(pod, isUnreadyTooLong(now)),
    what: (detail) => `Container ${detail} runs, but has not become ready in the time that its readiness probe allows`,
    cause: 'The program starts slowly, waits for something, or answers its probe at another port or path.',
    mend: 'Ask the probe’s address by hand; give it more time with a startup probe if the start is slow.',
    docs: `${docs}/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/`,
  },
  {
    code: 'container-waiting',
    level: 'attention',
    find: findLongWaiting,
    what: (detail) => `A container waits to be started: ${detail}`,
    cause: 'A volume, a network address or a node is not there yet.',
    mend: 'The events say for what it waits.',
    docs: `${debugging}/debug-pods/#my-pod-stays-waiting`,
  },
  {
    code: 'unschedulable',
    level: 'broken',
    find: ({ unschedulable }) => unschedulable,
    what: (detail) => `No node takes the pod${detail === '' ? '' : `: ${detail}`}`,
    cause: 'It asks for more than any node has free, or for a kind of node that there is not.',
    mend: 'Ask for less processor time or memory, or have nodes added; check node selectors and tolerations.',
    docs: `${debugging}/debug-pods/#my-pod-stays-pending`,
  },
];

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

type Place = Pick<LiveFinding, 'cluster' | 'namespace' | 'kind' | 'name'>;

function judge<Subject>(rules: readonly Rule<Subject>[], subject: Subject, place: Place, now: number): LiveFinding[] {
  return rules.flatMap(({ code, level, find, what, cause, mend, docs: url }) => {
    const detail = find(subject, now);
    if (detail === undefined) return [];
    const why = typeof cause === 'string' ? cause : cause(detail);
    return { code, level, ...place, what: what(detail), cause: why, mend, docs: url };
  });
}

function judgeKeeper({ keeper }: Workload, place: Place, now: number): LiveFinding[] {
  if (keeper.form === 'replicas') return judge(replicaRules, keeper.facts, place, now);
  if (keeper.form === 'rollout') return judge(rolloutRules, keeper.facts, place, now);
  if (keeper.form === 'job') return judge(jobRules, keeper.facts, place, now);
  if (keeper.form === 'cronjob' && keeper.last)
    return judge(jobRules, keeper.last, { ...place, kind: 'Job', name: keeper.last.name }, now);
  return [];
}

/** A pod whose trouble is over: it is about to go, or its job ran anew. */
const isPast = ({ keeper }: Workload, pod: PodFacts) =>
  pod.isLeaving || (keeper.form === 'cronjob' && pod.owner?.name !== keeper.last?.name);

/** All that the rules find about a workload, its autoscaler and its pods. */
export function findFindings(workload: Workload, cluster: string, now: number): LiveFinding[] {
  const { kind, name, namespace, pods, scaler } = workload;
  const place = { cluster, namespace, kind, name };
  return [
    ...judgeKeeper(workload, place, now),
    ...(scaler ? judge(scalerRules, scaler, place, now) : []),
    ...pods
      .filter((pod) => !isPast(workload, pod))
      .flatMap((pod) => judge(podRules, pod, { cluster, namespace, kind: 'Pod', name: pod.name }, now)),
  ];
}
