import type { LiveLevel } from '#model/live/answer.ts';
import type { GithubData } from '#model/live/github.ts';
import { findMoment, findSpan, findTime } from '../../texts/ages.ts';
import { toFirstLine, toPlainLine } from '../../texts/text.ts';
import { type RunAnswer, runAnswer, toUnderstood } from './answers.ts';

type Workflow = GithubData['workflows'][number];

/** The last run of a workflow, as it is kept. Its address is built when it is shown. */
export type KnownRun = Omit<Workflow, 'url'> & { id: number; workflow: number };

type Outcome = { level: LiveLevel; words: string };

const conclusions = new Map<string, Outcome>([
  ['success', { level: 'well', words: 'passed' }],
  ['neutral', { level: 'well', words: 'passed' }],
  ['skipped', { level: 'well', words: 'skipped' }],
  ['failure', { level: 'broken', words: 'failed' }],
  ['timed_out', { level: 'broken', words: 'timed out' }],
  ['startup_failure', { level: 'broken', words: 'did not start' }],
  ['cancelled', { level: 'attention', words: 'cancelled' }],
  ['action_required', { level: 'attention', words: 'waits for approval' }],
  ['stale', { level: 'attention', words: 'was given up' }],
]);

/** A run that is not over tells nothing yet of how things are. */
const states = new Map<string, Outcome>([
  ['in_progress', { level: 'unknown', words: 'running' }],
  ['queued', { level: 'unknown', words: 'queued' }],
  ['requested', { level: 'unknown', words: 'queued' }],
  ['pending', { level: 'unknown', words: 'queued' }],
  ['waiting', { level: 'attention', words: 'waits for approval' }],
]);

const unknownOutcome: Outcome = { level: 'unknown', words: 'not known' };

function toOutcome({ status, conclusion }: RunAnswer): Outcome {
  const found = status === 'completed' ? conclusions.get(conclusion ?? '') : states.get(status ?? '');
  return found ?? unknownOutcome;
}

/** A branch of a fork may have the default branch's name: what runs for a pull request does not count. */
const isOfBranch = ({ event }: RunAnswer) => !/^pull_request/.test(event);

const toName = ({ name, path }: RunAnswer) => toPlainLine(name || path || 'a workflow', 100);

function toKnownRun(run: RunAnswer): KnownRun[] {
  const started = run.run_started_at ?? run.created_at;
  const startedAt = findTime(started);
  if (startedAt === undefined) return [];
  const took = run.status === 'completed' ? findSpan(started, run.updated_at) : undefined;
  return [
    {
      id: run.id,
      workflow: run.workflow_id,
      name: toName(run),
      ...toOutcome(run),
      run: run.run_number,
      event: toPlainLine(run.event, 50),
      title: toFirstLine(run.display_title ?? '', 200),
      commit: /^[0-9a-f]{7,64}$/.test(run.head_sha) ? run.head_sha.slice(0, 7) : '',
      startedAt,
      ...(took !== undefined && { took }),
    },
  ];
}

const byLatest = (a: RunAnswer, b: RunAnswer) =>
  (findMoment(b.created_at) ?? 0) - (findMoment(a.created_at) ?? 0) || b.run_number - a.run_number;

/** Keeps the last run of each workflow. */
export function toLastRuns(rows: readonly unknown[]): KnownRun[] {
  const latest = new Map<number, RunAnswer>();
  for (const run of toUnderstood(runAnswer, rows).filter(isOfBranch).toSorted(byLatest))
    if (!latest.has(run.workflow_id)) latest.set(run.workflow_id, run);
  return [...latest.values()].flatMap(toKnownRun);
}
