import type { LiveFinding } from '#model/live/kubernetes.ts';
import type { Workload } from '../join.ts';
import type { PodFacts } from '../pods.ts';
import type { Rule } from './define.ts';
import { podRules } from './pods.ts';
import { jobRules, replicaRules, rolloutRules, scalerRules } from './workloads.ts';

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
  pod.isLeaving ||
  (keeper.form === 'job' && keeper.facts.isComplete) ||
  (keeper.form === 'cronjob' && pod.owner?.name !== keeper.last?.name);

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
