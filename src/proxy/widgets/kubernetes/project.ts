import type { KubernetesData, LiveFinding, LivePod, LiveWorkload } from '#model/live/kubernetes.ts';
import type { ClusterReading } from './gather.ts';
import { joinWorkloads, type Keeper, type Workload } from './join.ts';
import { byLevel, type Judgement, judgeWorkload } from './levels.ts';
import { toLivePod } from './pod-state.ts';
import type { RolloutFacts } from './rollouts.ts';
import { findFindings } from './rules/rules.ts';

/** A workload with what was judged of it. */
export type Judged = { cluster: string; workload: Workload; judgement: Judgement };

const kinds = ['Rollout', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'CronJob', 'Job'];
const toRank = (kind: string) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length);

const byPlace = (a: Judged, b: Judged) =>
  a.cluster.localeCompare(b.cluster) ||
  a.workload.namespace.localeCompare(b.workload.namespace) ||
  toRank(a.workload.kind) - toRank(b.workload.kind) ||
  a.workload.name.localeCompare(b.workload.name);

/** All workloads of all clusters, judged, in the order of their places. */
export function listJudged(readings: readonly ClusterReading[]): Judged[] {
  return readings
    .flatMap(({ name, holdings }) =>
      joinWorkloads(holdings).map((workload) => ({ cluster: name, workload, judgement: judgeWorkload(workload) })),
    )
    .toSorted(byPlace);
}

function toLiveRollout({ strategy, step, steps, weight, paused, phase, aborted, message }: RolloutFacts) {
  return {
    strategy,
    ...(step !== undefined && { step }),
    ...(steps !== undefined && { steps }),
    ...(weight !== undefined && { weight }),
    paused: paused || phase === 'Paused',
    aborted,
    ...(message !== undefined && { message }),
  };
}

function toSpecifics(keeper: Keeper): Partial<LiveWorkload> {
  if (keeper.form === 'rollout') return { rollout: toLiveRollout(keeper.facts) };
  if (keeper.form === 'job') return keeper.facts.startedAt === undefined ? {} : { lastRunAt: keeper.facts.startedAt };
  if (keeper.form !== 'cronjob') return {};
  const lastRunAt = keeper.facts.lastRunAt ?? keeper.last?.startedAt;
  return { schedule: keeper.facts.schedule, ...(lastRunAt !== undefined && { lastRunAt }) };
}

/** The tags that its template asks for; those that its pods have where the template is not its own. */
function toTags({ keeper, pods }: Workload): string[] {
  const own = keeper.form === 'loose' ? [] : keeper.facts.tags;
  if (own.length > 0) return own;
  const ofPods = pods.flatMap(({ containers }) => containers.filter(({ isInit }) => !isInit).map(({ tag }) => tag));
  return [...new Set(ofPods)].sort().slice(0, 8);
}

const byWorst = (a: LivePod, b: LivePod) =>
  byLevel(a, b) || (b.startedAt ?? '').localeCompare(a.startedAt ?? '') || a.name.localeCompare(b.name);

function toLiveWorkload({ cluster, workload, judgement }: Judged, mostPods: number): LiveWorkload {
  const { namespace, kind, name, keeper, scaler } = workload;
  const pods = workload.pods.map(toLivePod).toSorted(byWorst);
  return {
    cluster,
    namespace,
    kind,
    name,
    ...judgement,
    tags: toTags(workload),
    ...(scaler && { scale: { min: scaler.min, max: scaler.max, now: scaler.now } }),
    ...toSpecifics(keeper),
    pods: pods.slice(0, mostPods),
    morePods: Math.max(0, pods.length - mostPods),
  };
}

const mostFindings = 40;

/** What the rules found, the worst first, at most so many. */
export function listFindings(judged: readonly Judged[], now: number): LiveFinding[] {
  return judged
    .flatMap(({ cluster, workload }) => findFindings(workload, cluster, now))
    .toSorted(byLevel)
    .slice(0, mostFindings);
}

/** How many workloads and pods of each are shown; fewer where the answer would be too large. */
const caps = [
  [60, 20],
  [60, 10],
  [60, 4],
  [30, 3],
  [15, 2],
  [8, 1],
] as const;
const mostBytes = 190_000;

const toSize = (data: KubernetesData) => new TextEncoder().encode(JSON.stringify(data)).length;

/** Puts the workloads into the data; the worst stay when there are too many. */
export function toData(judged: readonly Judged[], rest: Omit<KubernetesData, 'workloads'>): KubernetesData {
  const toCapped = ([most, mostPods]: (typeof caps)[number]): KubernetesData => {
    const kept = new Set(judged.toSorted((a, b) => byLevel(a.judgement, b.judgement)).slice(0, most));
    const workloads = judged.filter((one) => kept.has(one)).map((one) => toLiveWorkload(one, mostPods));
    return { ...rest, workloads, more: rest.more + judged.length - workloads.length };
  };
  const fitting = caps.map((cap) => () => toCapped(cap)).find((make) => toSize(make()) <= mostBytes);
  return fitting ? fitting() : { ...toCapped([8, 1]), findings: [], events: [] };
}
