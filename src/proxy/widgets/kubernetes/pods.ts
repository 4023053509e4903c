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
  toMessage,
  toNamed,
  toTag,
  toWord,
} from './shape.ts';

const endSchema = z.object({ exitCode: count, signal: count, reason: text, finishedAt: text });
const stateSchema = z.object({
  running: maybe(z.object({ startedAt: text })),
  waiting: maybe(z.object({ reason: text, message: text })),
  terminated: maybe(endSchema),
});

const statusSchema = z.object({
  name: z.string(),
  ready: maybe(z.boolean()),
  started: maybe(z.boolean()),
  restartCount: count,
  state: maybe(stateSchema),
  lastState: maybe(stateSchema),
});

const containerSchema = z.object({
  name: z.string(),
  image: text,
  restartPolicy: text,
  readinessProbe: maybe(z.object({ initialDelaySeconds: count, periodSeconds: count, failureThreshold: count })),
});

/** What is read of a pod. All else (environment, arguments, volumes, annotations) is dropped here. */
export const podSchema = z.object({
  metadata: metaSchema.extend({ labels: maybe(z.object({ 'topology.kubernetes.io/zone': text })) }),
  spec: z.object({ nodeName: text, containers: listOf(containerSchema), initContainers: listOf(containerSchema) }),
  status: maybe(
    z.object({
      phase: text,
      reason: text,
      startTime: text,
      conditions: listOf(conditionSchema),
      containerStatuses: listOf(statusSchema),
      initContainerStatuses: listOf(statusSchema),
    }),
  ),
});
type Pod = z.infer<typeof podSchema>;

/** How a container ended. */
export type Ending = { reason: string; exitCode?: number; at?: string };

export type ContainerFacts = {
  name: string;
  tag: string;
  isInit: boolean;
  /** An init container that goes on beside the others. */
  isSidecar: boolean;
  ready: boolean;
  restarts: number;
  runningSince?: string;
  waiting?: { reason: string; message: string };
  ended?: Ending;
  endedBefore?: Ending;
  /** In how many seconds from its start its probe ought to have found it ready; absent without a probe. */
  readyWithin?: number;
};

export type PodFacts = Named & {
  phase: string;
  reason?: string;
  isLeaving: boolean;
  createdAt?: string;
  startedAt?: string;
  node?: string;
  zone?: string;
  /** Why no node takes it. */
  unschedulable?: string;
  containers: ContainerFacts[];
};

const mostContainers = 16;

function toEnding(end: z.infer<typeof endSchema>): Ending {
  const at = findTime(end.finishedAt);
  const fallback = end.signal ? `Signal:${end.signal}` : `ExitCode:${end.exitCode ?? 0}`;
  return {
    reason: toWord(end.reason || fallback),
    ...(end.exitCode !== undefined && { exitCode: end.exitCode }),
    ...(at !== undefined && { at }),
  };
}

function toReadyWithin(probe: z.infer<typeof containerSchema>['readinessProbe']): number | undefined {
  return probe && (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3);
}

type Declared = z.infer<typeof containerSchema>;
type Told = z.infer<typeof statusSchema>;

function toState(told: Told | undefined): Partial<ContainerFacts> {
  const { running, waiting, terminated } = told?.state ?? {};
  const before = told?.lastState?.terminated;
  const runningSince = findTime(running?.startedAt);
  return {
    ...(runningSince !== undefined && { runningSince }),
    ...(waiting && {
      waiting: { reason: toWord(waiting.reason ?? 'Waiting'), message: toMessage(waiting.message ?? '') },
    }),
    ...(terminated && { ended: toEnding(terminated) }),
    ...(before && { endedBefore: toEnding(before) }),
  };
}

function toContainer(declared: Declared, statuses: readonly Told[], isInit: boolean): ContainerFacts {
  const told = statuses.find(({ name }) => name === declared.name);
  const readyWithin = toReadyWithin(declared.readinessProbe);
  return {
    name: toWord(declared.name, 63),
    tag: toTag(declared.image ?? ''),
    isInit,
    isSidecar: isInit && declared.restartPolicy === 'Always',
    ready: told?.ready ?? false,
    restarts: told?.restartCount ?? 0,
    ...toState(told),
    ...(readyWithin !== undefined && { readyWithin }),
  };
}

function toContainers({ spec, status }: Pod): ContainerFacts[] {
  return [
    ...spec.initContainers.map((one) => toContainer(one, status?.initContainerStatuses ?? [], true)),
    ...spec.containers.map((one) => toContainer(one, status?.containerStatuses ?? [], false)),
  ].slice(-mostContainers);
}

function findUnschedulable(pod: Pod): string | undefined {
  const found = pod.status?.conditions.find(
    ({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable',
  );
  return found && toMessage(found.message ?? '');
}

/** A pod as far as it is shown or judged. */
export function toPodFacts(pod: Pod): PodFacts {
  const { metadata, spec, status } = pod;
  const zone = metadata.labels?.['topology.kubernetes.io/zone'];
  const [createdAt, startedAt] = [findTime(metadata.creationTimestamp), findTime(status?.startTime)];
  const unschedulable = findUnschedulable(pod);
  return {
    ...toNamed(metadata),
    phase: toWord(status?.phase ?? 'Unknown'),
    ...(status?.reason && { reason: toWord(status.reason) }),
    isLeaving: metadata.deletionTimestamp !== undefined,
    ...(createdAt !== undefined && { createdAt }),
    ...(startedAt !== undefined && { startedAt }),
    ...(spec.nodeName && { node: toWord(spec.nodeName, 253) }),
    ...(zone && { zone: toWord(zone, 63) }),
    ...(unschedulable !== undefined && { unschedulable }),
    containers: toContainers(pod),
  };
}
