import { type PieceRow, toPieceRow } from '../../keeping/pieces.ts';
import type { Upstream } from '../../upstream.ts';
import { pullsAnswer, repositoryAnswer, reviewsAnswer, runsAnswer, workflowsAnswer } from './answers.ts';
import { type KnownPull, type Review, toDecision, toKnownPulls } from './pulls.ts';
import { type KnownRun, toLastRuns } from './runs.ts';

/** A repository that is asked about: where, and the beginning of its paths. */
export type Repository = { upstream: Upstream; slug: string; path: string };

export const accept = 'application/vnd.github+json';
/** A run and a pull request each carry two repositories with forty addresses. */
const maxListBytes = 4 * 1024 * 1024;
const maxPulls = 30;

/** The default branch. It seldom changes. */
export function toBranchRow({ upstream, path }: Repository): PieceRow<string> {
  return toPieceRow({
    upstream,
    question: { path, accept },
    fresh: 3600,
    schema: repositoryAnswer,
    project: ({ default_branch }) => default_branch,
  });
}

/** The last run of each workflow on a branch. */
export function toRunsRow({ upstream, path }: Repository, branch: string): PieceRow<KnownRun[]> {
  return toPieceRow({
    upstream,
    question: {
      path: `${path}/actions/runs`,
      query: [
        ['branch', branch],
        ['per_page', '50'],
        ['exclude_pull_requests', 'true'],
      ],
      accept,
      maxBytes: maxListBytes,
    },
    fresh: 60,
    schema: runsAnswer,
    project: ({ workflow_runs }) => toLastRuns(workflow_runs),
  });
}

/** Which workflows are switched off: the last run of those says nothing of now. */
export function toDisabledRow({ upstream, path }: Repository): PieceRow<number[]> {
  return toPieceRow({
    upstream,
    question: { path: `${path}/actions/workflows`, query: [['per_page', '100']], accept },
    fresh: 3600,
    schema: workflowsAnswer,
    project: ({ workflows }) => workflows.filter(({ state }) => state !== 'active').map(({ id }) => id),
  });
}

/** The open pull requests, the oldest first; one more than are shown, so that it is known whether there are more. */
export function toPullsRow({ upstream, path }: Repository): PieceRow<{ pulls: KnownPull[]; more: boolean }> {
  return toPieceRow({
    upstream,
    question: {
      path: `${path}/pulls`,
      query: [
        ['state', 'open'],
        ['sort', 'created'],
        ['direction', 'asc'],
        ['per_page', String(maxPulls + 1)],
      ],
      accept,
      maxBytes: maxListBytes,
    },
    fresh: 60,
    schema: pullsAnswer,
    project: (rows) => ({ pulls: toKnownPulls(rows.slice(0, maxPulls)), more: rows.length > maxPulls }),
  });
}

/**
 * What reviewers decided. REST has it a question a pull request, and GraphQL is asked by POST, which the proxy never does. But
 * a review changes when its pull request was updated, so an answer stays right for as long as that moment is the same.
 */
export function toReviewsRow({ upstream, path }: Repository, { number, updatedAt }: KnownPull): PieceRow<Review> {
  return toPieceRow({
    upstream,
    question: { path: `${path}/pulls/${number}/reviews`, query: [['per_page', '100']], accept },
    key: `${path}/pulls/${number}/reviews at ${updatedAt}`,
    fresh: 600,
    schema: reviewsAnswer,
    project: toDecision,
  });
}
