import type { Deployment } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { Event } from 'kubernetes-types/core/v1';
import {
  type Application,
  type PodOddity,
  toHash,
  toMeta,
  toOwner,
  toPod,
  toPodHash,
  toPods,
  toReplicaSet,
  toTemplate,
  toTime,
} from './manifests.ts';
import type { ClusterObject, Rollout } from './world.ts';

const former = (app: Application): Application => ({
  ...app,
  version: `${app.version}-before`,
  replicas: 0,
  since: app.since - 9 * 86_400_000,
});

function toDeployment(app: Application, ready: number): Deployment {
  const isReady = ready === app.replicas;
  const at = toTime(app.since + 60_000);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: toMeta(app, app.name, app.since - 200 * 86_400_000),
    spec: { replicas: app.replicas, selector: { matchLabels: app.labels }, template: toTemplate(app) },
    status: {
      observedGeneration: 1,
      replicas: app.replicas,
      updatedReplicas: app.replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      ...(!isReady && { unavailableReplicas: app.replicas - ready }),
      conditions: [
        {
          type: 'Available',
          status: 'True',
          reason: 'MinimumReplicasAvailable',
          message: 'Deployment has minimum availability.',
          lastTransitionTime: at,
          lastUpdateTime: at,
        },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${app.name}-${toPodHash(app)}" has successfully progressed.`,
          lastTransitionTime: at,
          lastUpdateTime: at,
        },
      ],
    },
  };
}

/** A Deployment with its ReplicaSets, the former one too, and its pods. */
export function toDeployed(app: Application, odd: Readonly<Record<number, PodOddity>> = {}): ClusterObject[] {
  const owner = toOwner('Deployment', 'apps/v1', app.name);
  const ready = app.replicas - Object.values(odd).filter((one) => one.ready === false).length;
  return [
    toDeployment(app, ready),
    toReplicaSet(app, owner, ready),
    toReplicaSet(former(app), owner, 0),
    ...toPods(app, odd),
  ];
}

/** A Rollout that waits at a quarter for a person, with the pods of both versions. */
export function toPausedRollout(app: Application, stable: string, pausedAt: number): ClusterObject[] {
  const canary = { ...app, replicas: app.replicas / 4 };
  const old = { ...app, version: stable, replicas: app.replicas - canary.replicas, since: app.since - 6 * 86_400_000 };
  const owner = toOwner('Rollout', 'argoproj.io/v1alpha1', app.name);
  const rollout: Rollout = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: toMeta(app, app.name, app.since - 200 * 86_400_000),
    spec: {
      replicas: app.replicas,
      selector: { matchLabels: app.labels },
      template: toTemplate(app),
      strategy: {
        canary: {
          steps: [
            { setWeight: 25 },
            { pause: {} },
            { setWeight: 50 },
            { pause: { duration: '10m' } },
            { setWeight: 75 },
            { pause: { duration: '10m' } },
          ],
        },
      },
    },
    status: {
      phase: 'Paused',
      message: 'CanaryPauseStep',
      observedGeneration: '14',
      replicas: app.replicas,
      readyReplicas: app.replicas,
      availableReplicas: app.replicas,
      updatedReplicas: canary.replicas,
      currentStepIndex: 1,
      currentPodHash: toPodHash(canary),
      stableRS: toPodHash(old),
      controllerPause: true,
      pauseConditions: [{ reason: 'CanaryPauseStep', startTime: toTime(pausedAt) }],
      canary: { weights: { canary: { weight: 25 }, stable: { weight: 75 } } },
      conditions: [
        {
          type: 'Paused',
          status: 'True',
          reason: 'RolloutPaused',
          message: 'Rollout is paused',
          lastTransitionTime: toTime(pausedAt),
          lastUpdateTime: toTime(pausedAt),
        },
      ],
    },
  };
  return [
    rollout,
    toReplicaSet(canary, owner, canary.replicas),
    toReplicaSet(old, owner, old.replicas),
    ...toPods(canary),
    ...toPods(old),
  ];
}

function toJob(app: Application, cron: string, at: number): [Job, ClusterObject] {
  const name = `${cron}-${Math.floor(at / 60_000)}`;
  const end = at + 84_000;
  const owner = toOwner('Job', 'batch/v1', name);
  const state = { terminated: { exitCode: 0, reason: 'Completed', startedAt: toTime(at), finishedAt: toTime(end) } };
  const pod = toPod(app, `${name}-${toHash(name, 5)}`, owner, at, { ready: false, state });
  return [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: toMeta(app, name, at, toOwner('CronJob', 'batch/v1', cron)),
      spec: { completions: 1, parallelism: 1, backoffLimit: 3, template: toTemplate(app) },
      status: {
        startTime: toTime(at),
        completionTime: toTime(end),
        succeeded: 1,
        conditions: [{ type: 'Complete', status: 'True', lastTransitionTime: toTime(end) }],
      },
    },
    { ...pod, status: { ...pod.status, phase: 'Succeeded' } },
  ];
}

/** A CronJob that ran well each time, with the jobs of its last three runs. */
export function toScheduled(app: Application, schedule: string, every: number, now: number): ClusterObject[] {
  const last = Math.floor((now - 90_000) / every) * every;
  const cron: CronJob = {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: toMeta(app, app.name, app.since),
    spec: { schedule, concurrencyPolicy: 'Forbid', jobTemplate: { spec: { template: toTemplate(app) } } },
    status: { lastScheduleTime: toTime(last), lastSuccessfulTime: toTime(last + 84_000) },
  };
  return [cron, ...[last, last - every, last - 2 * every].flatMap((at) => toJob(app, app.name, at))];
}

/** An autoscaler of a Deployment. */
export function toScaler(app: Application, min: number, max: number): HorizontalPodAutoscaler {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: toMeta(app, app.name, app.since),
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: app.name },
    },
    status: { currentReplicas: app.replicas, desiredReplicas: app.replicas, currentMetrics: [], conditions: [] },
  };
}

type Happening = { kind: string; name: string; type: string; reason: string; message: string; count: number };

/** An event that an object had, first and last at these times. */
export function toEvent(namespace: string, one: Happening, first: number, last: number): Event {
  const { kind, name, type, reason, message, count } = one;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${toHash(name + reason, 16)}`, namespace, creationTimestamp: toTime(first) },
    involvedObject: { kind, name, namespace, apiVersion: 'v1' },
    type,
    reason,
    message,
    count,
    firstTimestamp: toTime(first),
    lastTimestamp: toTime(last),
    source: { component: 'kubelet' },
  };
}
