import type { CronJobFacts, JobFacts } from './jobs.ts';
import type { PodFacts } from './pods.ts';
import type { Holdings } from './resources.ts';
import type { RolloutFacts } from './rollouts.ts';
import type { Named, Owner } from './shape.ts';
import type { AutoscalerFacts, ReplicaFacts } from './workloads.ts';

/** What keeps pods, with what is known of it. `loose`: only its pods are known. */
export type Keeper =
  | { form: 'replicas'; facts: ReplicaFacts }
  | { form: 'rollout'; facts: RolloutFacts }
  | { form: 'job'; facts: JobFacts }
  | { form: 'cronjob'; facts: CronJobFacts; last?: JobFacts }
  | { form: 'loose'; wanted: number };

/** A workload with its pods. */
export type Workload = {
  kind: string;
  name: string;
  namespace: string;
  keeper: Keeper;
  pods: PodFacts[];
  scaler?: AutoscalerFacts;
};

type Root = Owner & { namespace: string };
const toKey = ({ kind, namespace, name }: Root) => `${kind}/${namespace}/${name}`;

type Middle = { kind: string; list: readonly Named[]; above: readonly { kind: string; list: readonly Named[] }[] };

/** What stands between pods and workloads, and what makes it. */
const toMiddles = (held: Holdings): readonly Middle[] => [
  {
    kind: 'ReplicaSet',
    list: held.replicasets,
    above: [
      { kind: 'Deployment', list: held.deployments },
      { kind: 'Rollout', list: held.rollouts },
    ],
  },
  { kind: 'Job', list: held.jobs, above: [{ kind: 'CronJob', list: held.cronjobs }] },
];

/** Where a ReplicaSet or Job is not known itself: its name is its maker's and an ending. */
function findByName(owner: Root, { above }: Middle): Root | undefined {
  const name = owner.name.slice(0, owner.name.lastIndexOf('-'));
  const made = above.find(({ list }) => list.some((one) => one.name === name && one.namespace === owner.namespace));
  return made && { kind: made.kind, name, namespace: owner.namespace };
}

/** Whom a pod belongs to in the end, by the owners that objects name. */
function toRoot(pod: PodFacts, middles: readonly Middle[]): Root {
  const { namespace, owner } = pod;
  if (!owner) return { kind: 'Pod', name: pod.name, namespace };
  const root = { ...owner, namespace };
  const middle = middles.find(({ kind }) => kind === owner.kind);
  if (!middle) return root;
  const known = middle.list.find((one) => one.name === owner.name && one.namespace === namespace);
  if (known) return known.owner ? { ...known.owner, namespace } : root;
  return findByName(root, middle) ?? root;
}

const lastFirst = (a: JobFacts, b: JobFacts) => (b.startedAt ?? '').localeCompare(a.startedAt ?? '');

function toCronKeeper(facts: CronJobFacts, jobs: readonly JobFacts[]): Keeper {
  const [last] = jobs
    .filter(
      ({ owner, namespace }) => owner?.kind === 'CronJob' && owner.name === facts.name && namespace === facts.namespace,
    )
    .toSorted(lastFirst);
  return { form: 'cronjob', facts, ...(last && { last }) };
}

type Listed = Named & { kind: string; keeper: Keeper };

/** The objects that are workloads themselves. A Deployment that only lends its template to a Rollout is none. */
function listKeepers(held: Holdings): Listed[] {
  const lenders = new Set(held.rollouts.map(({ namespace, instead }) => `${namespace}/${instead}`));
  const isLender = ({ namespace, name, wanted }: ReplicaFacts) => wanted === 0 && lenders.has(`${namespace}/${name}`);
  const withReplicas = (kind: string, list: readonly ReplicaFacts[]): Listed[] =>
    list.map((facts) => ({ ...facts, kind, keeper: { form: 'replicas', facts } }));
  return [
    ...withReplicas(
      'Deployment',
      held.deployments.filter((one) => !isLender(one)),
    ),
    ...withReplicas('StatefulSet', held.statefulsets),
    ...withReplicas('DaemonSet', held.daemonsets),
    ...withReplicas(
      'ReplicaSet',
      held.replicasets.filter(({ owner, wanted }) => !owner && wanted > 0),
    ),
    ...held.rollouts.map((facts): Listed => ({ ...facts, kind: 'Rollout', keeper: { form: 'rollout', facts } })),
    ...held.jobs
      .filter(({ owner }) => !owner)
      .map((facts): Listed => ({ ...facts, kind: 'Job', keeper: { form: 'job', facts } })),
    ...held.cronjobs.map((facts): Listed => ({ ...facts, kind: 'CronJob', keeper: toCronKeeper(facts, held.jobs) })),
  ];
}

/** How many pods a workload wants that is known by its pods alone: as many as its ReplicaSets say, or as there are. */
function toLooseKeeper({ kind, namespace, name }: Root, pods: readonly PodFacts[], held: Holdings): Keeper {
  const sets = held.replicasets.filter(
    (set) =>
      set.namespace === namespace &&
      (set.owner ? set.owner.kind === kind && set.owner.name === name : set.name === name),
  );
  const lasting = pods.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed').length;
  return { form: 'loose', wanted: sets.length > 0 ? sets.reduce((sum, { wanted }) => sum + wanted, 0) : lasting };
}

/** Puts together what belongs together: workloads, and under each its pods and its autoscaler. */
export function joinWorkloads(held: Holdings): Workload[] {
  const middles = toMiddles(held);
  const byRoot = Map.groupBy(held.pods, (pod) => toKey(toRoot(pod, middles)));
  const listed = listKeepers(held);
  const isListed = new Set(listed.map(toKey));
  const roots = new Map(held.pods.map((pod) => toRoot(pod, middles)).map((root) => [toKey(root), root]));
  const loose = [...roots.values()].filter((root) => !isListed.has(toKey(root)));
  const all = [
    ...listed,
    ...loose.map((root) => ({ ...root, keeper: toLooseKeeper(root, byRoot.get(toKey(root)) ?? [], held) })),
  ];
  return all.map((one) => {
    const scaler = held.horizontalpodautoscalers.find(
      ({ of, namespace }) => of.kind === one.kind && of.name === one.name && namespace === one.namespace,
    );
    const { kind, name, namespace, keeper } = one;
    return { kind, name, namespace, keeper, pods: byRoot.get(toKey(one)) ?? [], ...(scaler && { scaler }) };
  });
}
