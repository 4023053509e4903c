import type { z } from 'zod';
import type { CustomResource } from '../../settings.ts';
import { type CronJobFacts, cronJobSchema, type JobFacts, jobSchema, toCronJobFacts, toJobFacts } from './jobs.ts';
import { type PodFacts, podSchema, toPodFacts } from './pods.ts';
import { type RolloutFacts, rolloutSchema, toRolloutFacts } from './rollouts.ts';
import {
  type AutoscalerFacts,
  autoscalerSchema,
  daemonSetSchema,
  deploymentSchema,
  type ReplicaFacts,
  statefulSetSchema,
  toAutoscalerFacts,
  toDaemonSetFacts,
  toDeploymentFacts,
  toStatefulSetFacts,
} from './workloads.ts';

/** A kind of object that is read, and the versions of its API that are tried, the newest first. */
export type Resource<Facts> = {
  plural: string;
  group: string;
  apis: readonly string[];
  /** One object of a list; nothing where it is not understood. */
  find: (object: unknown) => Facts | undefined;
};

/** Makes the reading of one object of a schema and a projection. */
export function toFinder<Schema extends z.ZodType, Facts>(schema: Schema, to: (object: z.infer<Schema>) => Facts) {
  return (object: unknown): Facts | undefined => {
    const parsed = schema.safeParse(object);
    return parsed.success ? to(parsed.data) : undefined;
  };
}

/** What a cluster has of an entity, by the name of the resource. */
export type Holdings = {
  pods: PodFacts[];
  deployments: ReplicaFacts[];
  statefulsets: ReplicaFacts[];
  daemonsets: ReplicaFacts[];
  replicasets: ReplicaFacts[];
  jobs: JobFacts[];
  cronjobs: CronJobFacts[];
  horizontalpodautoscalers: AutoscalerFacts[];
  rollouts: RolloutFacts[];
};
export type ResourceName = keyof Holdings;

const apps = { group: 'apps', apis: ['/apis/apps/v1'] };

/** The table of what is read of every cluster. Rollouts are read where the operator names them as a custom resource. */
const builtIn: { [Name in Exclude<ResourceName, 'rollouts'>]: Omit<Resource<Holdings[Name][number]>, 'plural'> } = {
  pods: { group: '', apis: ['/api/v1'], find: toFinder(podSchema, toPodFacts) },
  deployments: { ...apps, find: toFinder(deploymentSchema, toDeploymentFacts) },
  statefulsets: { ...apps, find: toFinder(statefulSetSchema, toStatefulSetFacts) },
  daemonsets: { ...apps, find: toFinder(daemonSetSchema, toDaemonSetFacts) },
  replicasets: { ...apps, find: toFinder(deploymentSchema, toDeploymentFacts) },
  jobs: { group: 'batch', apis: ['/apis/batch/v1'], find: toFinder(jobSchema, toJobFacts) },
  // Version 1 came with Kubernetes 1.21, and took the other away with 1.25.
  cronjobs: {
    group: 'batch',
    apis: ['/apis/batch/v1', '/apis/batch/v1beta1'],
    find: toFinder(cronJobSchema, toCronJobFacts),
  },
  // Version 2 came with Kubernetes 1.23; what is read is in version 1 too.
  horizontalpodautoscalers: {
    group: 'autoscaling',
    apis: ['/apis/autoscaling/v2', '/apis/autoscaling/v1'],
    find: toFinder(autoscalerSchema, toAutoscalerFacts),
  },
};

const isRollouts = ({ group, plural }: CustomResource) => group === 'argoproj.io' && plural === 'rollouts';

type Resources = { [Name in Exclude<ResourceName, 'rollouts'>]: Resource<Holdings[Name][number]> } & {
  rollouts?: Resource<RolloutFacts>;
};

/** The resources that are read, given the custom ones that the operator wants. */
export function toResources(custom: readonly CustomResource[]): Resources {
  const wanted = custom.find(isRollouts);
  return {
    pods: { plural: 'pods', ...builtIn.pods },
    deployments: { plural: 'deployments', ...builtIn.deployments },
    statefulsets: { plural: 'statefulsets', ...builtIn.statefulsets },
    daemonsets: { plural: 'daemonsets', ...builtIn.daemonsets },
    replicasets: { plural: 'replicasets', ...builtIn.replicasets },
    jobs: { plural: 'jobs', ...builtIn.jobs },
    cronjobs: { plural: 'cronjobs', ...builtIn.cronjobs },
    horizontalpodautoscalers: { plural: 'horizontalpodautoscalers', ...builtIn.horizontalpodautoscalers },
    ...(wanted && {
      rollouts: {
        plural: 'rollouts',
        group: wanted.group,
        apis: [`/apis/argoproj.io/${encodeURIComponent(wanted.apiVersion)}`],
        find: toFinder(rolloutSchema, toRolloutFacts),
      },
    }),
  };
}
