import type { LiveLevel } from '#model/live/answer.ts';
import type { LivePod } from '#model/live/kubernetes.ts';
import type { ContainerFacts, PodFacts } from './pods.ts';

/** What keeps a container from running, and how a sentence about pods says it. */
const broken: Readonly<Record<string, string>> = {
  CrashLoopBackOff: 'crash-looping',
  ImagePullBackOff: 'without its image',
  ErrImagePull: 'without its image',
  ErrImageNeverPull: 'without its image',
  InvalidImageName: 'without its image',
  CreateContainerConfigError: 'without its configuration',
  CreateContainerError: 'not starting',
  RunContainerError: 'not starting',
  StartError: 'not starting',
  ContainerCannotRun: 'not starting',
  OOMKilled: 'out of memory',
  Error: 'ending with an error',
};

const isDone = ({ ended }: ContainerFacts) => ended?.exitCode === 0;
const isStarted = (one: ContainerFacts) => one.isSidecar && one.runningSince !== undefined;

function findInitWords(containers: readonly ContainerFacts[]): string | undefined {
  const inits = containers.filter(({ isInit }) => isInit);
  const at = inits.findIndex((one) => !isDone(one) && !isStarted(one));
  const current = inits[at];
  if (!current) return undefined;
  if (current.ended) return `Init:${current.ended.reason}`;
  const { reason } = current.waiting ?? {};
  return reason && reason !== 'PodInitializing' && reason !== 'Waiting'
    ? `Init:${reason}`
    : `Init:${at}/${inits.length}`;
}

function toRunningWords({ phase, reason, containers }: PodFacts): string {
  const mains = containers.filter(({ isInit }) => !isInit);
  const told = mains.flatMap(({ waiting, ended }) => waiting?.reason ?? ended?.reason ?? [])[0];
  const isAnyRunning = mains.some(({ ready, runningSince }) => ready && runningSince !== undefined);
  if (told === 'Completed' && isAnyRunning) return mains.every(({ ready }) => ready) ? 'Running' : 'NotReady';
  return told ?? reason ?? phase;
}

/** How a pod is in a word, as `kubectl get pods` says it. */
function toPodWords(pod: PodFacts): string {
  if (pod.isLeaving) return pod.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  const isOver = pod.phase === 'Succeeded' || pod.phase === 'Failed';
  const initialising = isOver ? undefined : findInitWords(pod.containers);
  return pod.reason ?? initialising ?? toRunningWords(pod);
}

/** What is broken about a pod, as the end of a sentence: `crash-looping`. */
export function findPodFailure(pod: PodFacts): string | undefined {
  const words = toPodWords(pod).replace(/^Init:/, '');
  if (Object.hasOwn(broken, words)) return broken[words];
  if (pod.isLeaving || pod.phase === 'Succeeded') return undefined;
  if (/^(?:Init:)?(?:ExitCode|Signal):/.test(words)) return broken.Error;
  return pod.unschedulable === undefined ? undefined : 'without a node';
}

const isCounted = ({ isInit, isSidecar }: ContainerFacts) => !isInit || isSidecar;

/** Whether all containers of a pod that go on are ready. */
export function isReady({ containers, phase, isLeaving }: PodFacts): boolean {
  return phase === 'Running' && !isLeaving && containers.filter(isCounted).every(({ ready }) => ready);
}

function toPodLevel(pod: PodFacts): LiveLevel {
  if (findPodFailure(pod) !== undefined) return 'broken';
  if (pod.phase === 'Succeeded' || isReady(pod)) return 'well';
  return pod.phase === 'Unknown' ? 'unknown' : 'attention';
}

const endings = ({ endedBefore, ended }: ContainerFacts) =>
  [ended?.at, endedBefore?.at].filter((at) => at !== undefined);

/** When a container of a pod was started anew, as far as that is known. */
export function findLastRestart({ containers }: PodFacts): string | undefined {
  return containers
    .filter(({ restarts }) => restarts > 0)
    .flatMap(endings)
    .toSorted()
    .at(-1);
}

function toContainerState({ waiting, ended, runningSince }: ContainerFacts): string {
  return waiting?.reason ?? ended?.reason ?? (runningSince === undefined ? 'waiting' : 'running');
}

/** A pod as a page shows it. */
export function toLivePod(pod: PodFacts): LivePod {
  const counted = pod.containers.filter(isCounted);
  const lastRestartAt = findLastRestart(pod);
  return {
    name: pod.name,
    level: toPodLevel(pod),
    words: toPodWords(pod),
    ready: counted.filter(({ ready }) => ready).length,
    wanted: counted.length,
    restarts: pod.containers.reduce((sum, { restarts }) => sum + restarts, 0),
    ...(lastRestartAt !== undefined && { lastRestartAt }),
    ...((pod.startedAt ?? pod.createdAt) && { startedAt: pod.startedAt ?? pod.createdAt }),
    ...(pod.node !== undefined && { node: pod.node }),
    ...(pod.zone !== undefined && { zone: pod.zone }),
    containers: pod.containers.map((one) => ({
      name: one.name,
      tag: one.tag,
      ready: one.ready,
      restarts: one.restarts,
      state: toContainerState(one),
      ...(one.isInit && { isInit: true }),
    })),
  };
}
