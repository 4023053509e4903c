import { findLastRestart } from '../pod-state.ts';
import type { ContainerFacts, PodFacts } from '../pods.ts';
import { debugging, docs, type Rule } from './define.ts';

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
  if (pod.reason !== undefined) return undefined;
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
    code: 'evicted',
    level: 'attention',
    find: ({ phase, reason }) => (phase === 'Failed' ? reason : undefined),
    what: (detail) => `The pod was taken off its node (${detail})`,
    cause: 'The node ran short of memory or disk, or was shut down; another pod took its place.',
    mend: 'Set requests that are as large as what it uses; a pod that is only left behind may be deleted.',
    docs: `${docs}/concepts/scheduling-eviction/node-pressure-eviction/`,
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
