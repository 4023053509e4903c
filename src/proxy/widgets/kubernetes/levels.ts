import type { LiveLevel, LiveStatus } from '#model/live/answer.ts';
import type { JobFacts } from './jobs.ts';
import type { Keeper, Workload } from './join.ts';
import { findPodFailure, isReady } from './pod-state.ts';
import type { PodFacts } from './pods.ts';
import type { RolloutFacts } from './rollouts.ts';
import type { ReplicaFacts } from './workloads.ts';

/** How a workload is: a level, words, and how many of its pods are ready. */
export type Judgement = { level: LiveLevel; words: string; ready: number; wanted: number; updated?: number };

const rank: Readonly<Record<LiveLevel, number>> = { broken: 0, attention: 1, unknown: 2, well: 3 };

/** Orders levels, the worst first. */
export const byLevel = (a: { level: LiveLevel }, b: { level: LiveLevel }): number => rank[a.level] - rank[b.level];

/** `1 pod`, `2 pods`. */
const formatPods = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`);

/** `5 of 6 pods ready`. */
const formatReady = (ready: number, wanted: number): string => `${ready} of ${formatPods(wanted)} ready`;

type Row<Facts> = {
  if: (facts: Facts) => boolean;
  level: LiveLevel;
  words: (facts: Facts) => string;
};

const isStuck = ({ conditions }: ReplicaFacts) =>
  conditions.some(
    ({ type, status, reason }) => type === 'Progressing' && status === 'False' && reason !== 'RolloutPaused',
  );
const isMoving = ({ isUnseen, updated, wanted, there }: ReplicaFacts) =>
  isUnseen || (updated !== undefined && (updated < wanted || there > updated));

/** Rules for what has replicas; the first that is so decides. */
const replicaRows: readonly Row<ReplicaFacts>[] = [
  { if: ({ wanted, there }) => wanted === 0 && there === 0, level: 'well', words: () => 'scaled to 0' },
  { if: isStuck, level: 'broken', words: () => 'rollout does not finish' },
  {
    if: ({ wanted, ready }) => wanted > 0 && ready === 0,
    level: 'broken',
    words: ({ wanted }) => formatReady(0, wanted),
  },
  { if: ({ paused }) => paused, level: 'attention', words: () => 'rollout paused' },
  {
    if: isMoving,
    level: 'attention',
    words: ({ updated = 0, wanted }) => `rolling out, ${updated} of ${formatPods(wanted)} updated`,
  },
  {
    if: ({ ready, wanted }) => ready < wanted,
    level: 'attention',
    words: ({ ready, wanted }) => formatReady(ready, wanted),
  },
  { if: () => true, level: 'well', words: ({ ready, wanted }) => formatReady(Math.min(ready, wanted), wanted) },
];

const formatWeight = ({ weight }: RolloutFacts) => (weight === undefined ? '' : ` at ${weight} %`);
const formatStep = ({ step, steps }: RolloutFacts) =>
  step === undefined || steps === undefined ? '' : `, step ${Math.min(step + 1, steps)} of ${steps}`;

/** Rules for Rollouts; where none is so, those for replicas decide. */
const rolloutRows: readonly Row<RolloutFacts>[] = [
  { if: ({ aborted }) => aborted, level: 'broken', words: ({ strategy }) => `${strategy} aborted` },
  { if: ({ phase }) => phase === 'Degraded', level: 'broken', words: ({ strategy }) => `${strategy} degraded` },
  {
    if: ({ paused, phase, strategy }) => (paused || phase === 'Paused') && strategy === 'canary',
    level: 'attention',
    words: (facts) => `canary paused${formatWeight(facts)}`,
  },
  {
    if: ({ paused, phase }) => paused || phase === 'Paused',
    level: 'attention',
    words: () => 'blue-green paused, the new version waits for its promotion',
  },
  {
    if: ({ phase, wanted }) => phase === 'Progressing' && wanted > 0,
    level: 'attention',
    words: (facts) => `${facts.strategy} under way${formatWeight(facts)}${formatStep(facts)}`,
  },
];

/** Rules for Jobs. */
const jobRows: readonly Row<JobFacts>[] = [
  { if: ({ failure }) => failure !== undefined, level: 'broken', words: () => 'failed' },
  { if: ({ isComplete }) => isComplete, level: 'well', words: () => 'completed' },
  { if: ({ isSuspended }) => isSuspended, level: 'well', words: () => 'suspended' },
  { if: ({ active }) => active > 0, level: 'well', words: () => 'running' },
  { if: () => true, level: 'attention', words: () => 'waiting to start' },
];

function findRow<Facts>(rows: readonly Row<Facts>[], facts: Facts): LiveStatus | undefined {
  const row = rows.find((one) => one.if(facts));
  return row && { level: row.level, words: row.words(facts) };
}

const unknown: LiveStatus = { level: 'unknown', words: 'not known' };

function judgeReplicas(facts: ReplicaFacts, status: LiveStatus | undefined): Judgement {
  const { ready, wanted, updated } = facts;
  return { ...(status ?? unknown), ready, wanted, ...(updated !== undefined && { updated }) };
}

function judgeCronJob({ facts, last }: Extract<Keeper, { form: 'cronjob' }>): Judgement {
  const counts = { ready: last?.succeeded ?? 0, wanted: last?.wanted ?? 0 };
  if (facts.isSuspended) return { level: 'attention', words: 'suspended', ...counts };
  if (!last) return { level: 'well', words: facts.lastRunAt ? 'last run is over' : 'has not run yet', ...counts };
  const status = findRow(jobRows, last) ?? unknown;
  return { level: status.level, words: status.words === 'running' ? 'running' : `last run ${status.words}`, ...counts };
}

/** Where no controller says anything of replicas, their pods are counted. */
function toCounted<Facts extends ReplicaFacts>(facts: Facts, pods: readonly PodFacts[]): Facts {
  return facts.isTold ? facts : { ...facts, ready: pods.filter(isReady).length, there: pods.length };
}

const untold = { name: '', namespace: '', ready: 0, there: 0, isTold: false, isUnseen: false, paused: false, tags: [] };

function judgeLoose(wanted: number, pods: readonly PodFacts[]): Judgement {
  const facts = toCounted({ ...untold, conditions: [], wanted }, pods);
  const isOver = pods.every(({ phase }) => phase === 'Succeeded');
  return judgeReplicas(facts, isOver ? { level: 'well', words: 'completed' } : findRow(replicaRows, facts));
}

function judgeRollout(facts: RolloutFacts): Judgement {
  return judgeReplicas(facts, findRow(rolloutRows, facts) ?? findRow(replicaRows, facts));
}

function judgeJob(facts: JobFacts): Judgement {
  return { ...(findRow(jobRows, facts) ?? unknown), ready: facts.succeeded, wanted: facts.wanted };
}

function judgeKeeper(keeper: Keeper, pods: readonly PodFacts[]): Judgement {
  switch (keeper.form) {
    case 'replicas': {
      const facts = toCounted(keeper.facts, pods);
      return judgeReplicas(facts, findRow(replicaRows, facts));
    }
    case 'rollout':
      return judgeRollout(toCounted(keeper.facts, pods));
    case 'job':
      return judgeJob(keeper.facts);
    case 'cronjob':
      return judgeCronJob(keeper);
    case 'loose':
      return judgeLoose(keeper.wanted, pods);
  }
}

/** What pods of a workload are broken by, the most frequent first: `1 pod is crash-looping`. */
function findBrokenPods(pods: readonly PodFacts[]): string | undefined {
  const failures = pods.flatMap((pod) => findPodFailure(pod) ?? []);
  const counted = [...Map.groupBy(failures, (failure) => failure)].map(([failure, all]) => ({
    failure,
    count: all.length,
  }));
  const [most] = counted.toSorted((a, b) => b.count - a.count);
  return most && `${formatPods(most.count)} ${most.count === 1 ? 'is' : 'are'} ${most.failure}`;
}

/** Whether a workload is to be there all the time, so that its pods count. */
function isLasting({ keeper, kind }: Workload): boolean {
  return keeper.form === 'replicas' || keeper.form === 'rollout' || (keeper.form === 'loose' && !/Job$/.test(kind));
}

/** How a workload is. Broken pods decide over its own counts, because those say it later or not at all. */
export function judgeWorkload(workload: Workload): Judgement {
  const own = judgeKeeper(workload.keeper, workload.pods);
  if (!isLasting(workload)) return own;
  const words = findBrokenPods(workload.pods);
  return words === undefined ? own : { ...own, level: 'broken', words };
}

type Judged = { workload: Workload; judgement: Judgement };

function toWellWords(judged: readonly Judged[]): string {
  const lasting = judged.filter(({ workload }) => isLasting(workload));
  const sum = (of: (judgement: Judgement) => number) =>
    lasting.reduce((total, { judgement }) => total + of(judgement), 0);
  const wanted = sum((one) => one.wanted);
  if (wanted > 0)
    return formatReady(
      sum((one) => Math.min(one.ready, one.wanted)),
      wanted,
    );
  const [only, ...others] = judged;
  return only && others.length === 0 ? only.judgement.words : `${judged.length} workloads are well`;
}

/** How all workloads of an entity are together: as the worst of them. */
export function judgeAll(judged: readonly Judged[]): LiveStatus {
  const unwell = judged
    .filter(({ judgement }) => judgement.level !== 'well')
    .toSorted((a, b) => byLevel(a.judgement, b.judgement));
  const [worst, ...others] = unwell;
  if (!worst) return { level: 'well', words: toWellWords(judged) };
  const { level, words } = worst.judgement;
  return { level, words: others.length === 0 ? words : `${words}; ${others.length} more not well` };
}
