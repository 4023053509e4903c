import type { DaemonSet, Deployment, ReplicaSet, StatefulSet } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { CronJob, Job } from 'kubernetes-types/batch/v1';
import type { ConfigMap, Event, Pod, PodTemplateSpec, Secret } from 'kubernetes-types/core/v1';
import type { Condition, LabelSelector, ObjectMeta } from 'kubernetes-types/meta/v1';

/** A Rollout in the shape that Argo Rollouts publishes, as far as it is read or shown by others. */
export type Rollout = {
  apiVersion: 'argoproj.io/v1alpha1';
  kind: 'Rollout';
  metadata: ObjectMeta;
  spec: {
    replicas?: number;
    paused?: boolean;
    selector?: LabelSelector;
    template?: PodTemplateSpec;
    workloadRef?: { apiVersion: string; kind: string; name: string; scaleDown?: string };
    strategy: {
      canary?: {
        steps?: {
          setWeight?: number;
          pause?: { duration?: string | number };
          analysis?: object;
          setCanaryScale?: object;
        }[];
        maxSurge?: string | number;
      };
      blueGreen?: { activeService: string; previewService?: string; autoPromotionEnabled?: boolean };
    };
  };
  status?: {
    abort?: boolean;
    abortedAt?: string;
    phase?: string;
    message?: string;
    observedGeneration?: string;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    availableReplicas?: number;
    currentStepIndex?: number;
    currentStepHash?: string;
    currentPodHash?: string;
    stableRS?: string;
    controllerPause?: boolean;
    pauseConditions?: { reason: string; startTime: string }[];
    conditions?: (Omit<Condition, 'observedGeneration'> & { lastUpdateTime: string })[];
    canary?: { weights?: { canary: { weight: number }; stable: { weight: number } } };
    blueGreen?: { activeSelector?: string; previewSelector?: string };
  };
};

export type ClusterObject =
  | Pod
  | Deployment
  | StatefulSet
  | DaemonSet
  | ReplicaSet
  | Job
  | CronJob
  | HorizontalPodAutoscaler
  | Rollout
  | Event
  | Secret
  | ConfigMap;

/** A line of a log, and when it was written. */
export type LogLine = { at: string; text: string };

export type ContainerLog = {
  lines: readonly LogLine[];
  previous?: readonly LogLine[];
  /** What is written to who follows, a line each so many milliseconds; over and over when it `repeats`. */
  grows?: { every: number; texts: readonly string[]; repeats: boolean };
  /** There is no log yet: the container waits. */
  waits?: string;
};

/** A cluster as its API server shows it. Plain data: a test writes down the cluster that it needs. */
export type ClusterWorld = {
  /** `v1.31.4` */
  version: string;
  /** The bearer token that is let in; anybody when absent. */
  token?: string;
  objects: readonly ClusterObject[];
  /** Resources (`pods`, `pods/log`) that the token may not read. */
  forbidden: readonly string[];
  /** Which resources each version of an API has: `apps/v1: [deployments]`. */
  apis: Readonly<Record<string, readonly string[]>>;
  /** By `namespace/pod/container`. */
  logs: Readonly<Record<string, ContainerLog>>;
  /** Ways to a next page have expired already. */
  isForgetful?: boolean;
};

const apps = ['deployments', 'statefulsets', 'daemonsets', 'replicasets'];
const core = ['pods', 'events', 'secrets', 'configmaps'];

/** What a cluster of today serves, without custom resources. */
export const modernApis: ClusterWorld['apis'] = {
  v1: core,
  'apps/v1': apps,
  'batch/v1': ['jobs', 'cronjobs'],
  'autoscaling/v2': ['horizontalpodautoscalers'],
  'autoscaling/v1': ['horizontalpodautoscalers'],
};

/** What a cluster of version 1.20 serves. */
export const oldApis: ClusterWorld['apis'] = {
  v1: core,
  'apps/v1': apps,
  'batch/v1': ['jobs'],
  'batch/v1beta1': ['cronjobs'],
  'autoscaling/v1': ['horizontalpodautoscalers'],
  'autoscaling/v2beta2': ['horizontalpodautoscalers'],
};

/** What Argo Rollouts adds. */
const rolloutsApi: ClusterWorld['apis'] = { 'argoproj.io/v1alpha1': ['rollouts'] };

/** A cluster without anything in it. */
export const emptyCluster: ClusterWorld = {
  version: 'v1.31.4',
  objects: [],
  forbidden: ['secrets', 'configmaps'],
  apis: { ...modernApis, ...rolloutsApi },
  logs: {},
};
