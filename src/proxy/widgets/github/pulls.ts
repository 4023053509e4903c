import type { GithubData } from '#model/live/github.ts';
import { findTime } from '../../texts/ages.ts';
import { toFirstLine, toPlainLine } from '../../texts/text.ts';
import { pullAnswer, type ReviewsAnswer, toUnderstood } from './answers.ts';

export type Review = GithubData['pullRequests'][number]['review'];

/** A pull request as it is kept. Its address is built when it is shown. */
export type KnownPull = Omit<GithubData['pullRequests'][number], 'url' | 'review'> & { isRequested: boolean };

/** Keeps what is shown of each pull request. */
export function toKnownPulls(rows: readonly unknown[]): KnownPull[] {
  return toUnderstood(pullAnswer, rows).flatMap((pull) => {
    const [openedAt, updatedAt] = [findTime(pull.created_at), findTime(pull.updated_at)];
    if (openedAt === undefined || updatedAt === undefined) return [];
    return [
      {
        number: pull.number,
        title: toFirstLine(pull.title, 200),
        author: toPlainLine(pull.user?.login ?? 'ghost', 60),
        isDraft: pull.draft ?? false,
        openedAt,
        updatedAt,
        isRequested: (pull.requested_reviewers?.length ?? 0) + (pull.requested_teams?.length ?? 0) > 0,
      },
    ];
  });
}

/** What reviewers have decided: the last word of each counts, a remark is none, and one refusal is enough. */
export function toDecision(reviews: ReviewsAnswer): 'approved' | 'changes-requested' | 'none' {
  const words = new Map<string, string>();
  for (const { user, state } of reviews)
    if (/^(APPROVED|CHANGES_REQUESTED|DISMISSED)$/.test(state)) words.set(user?.login ?? '', state);
  const said = new Set(words.values());
  if (said.has('CHANGES_REQUESTED')) return 'changes-requested';
  return said.has('APPROVED') ? 'approved' : 'none';
}

/** How far the review of a pull request is; what was decided is not known where nobody was asked. */
export function toReview({ isDraft, isRequested }: KnownPull, decision: Review | undefined): Review {
  if (decision === 'approved' || decision === 'changes-requested') return decision;
  if (isRequested) return 'waiting';
  return isDraft || decision === 'none' ? 'none' : 'unknown';
}
