import type { LiveTrouble } from '#model/live/answer.ts';
import { type GithubData, githubSchema } from '#model/live/github.ts';
import { toFreshness, unknownStatus } from '../../answering/reports.ts';
import { toUnasked } from '../../answering/unasked.ts';
import type { Piece } from '../../keeping/pieces.ts';
import { toRank } from '../../levels.ts';
import { toPlainLine } from '../../texts/text.ts';
import { defineWidget, type WidgetContext, type WidgetReport } from '../define.ts';
import { checkGithub } from './check.ts';
import { type KnownPull, type Review, toReview } from './pulls.ts';
import { type Repository, toBranchRow, toDisabledRow, toPullsRow, toReviewsRow, toRunsRow } from './questions.ts';
import type { KnownRun } from './runs.ts';
import { toStatus } from './status.ts';
import { parseTarget, type Target } from './target.ts';
import { toPartTroubles } from './troubles.ts';

/** Of how many pull requests the reviews are asked for, the oldest first. */
const maxReviewed = 10;

type Parts = {
  branch: Piece<string>;
  runs?: Piece<KnownRun[]>;
  disabled?: Piece<number[]>;
  pulls?: Piece<{ pulls: KnownPull[]; more: boolean }>;
  reviews: { number: number; piece: Piece<Review> }[];
};

async function readReviews(repository: Repository, pulls: readonly KnownPull[], { pieces }: WidgetContext) {
  const reviewed = pulls.filter(({ isDraft }) => !isDraft).slice(0, maxReviewed);
  return Promise.all(
    reviewed.map(async (pull) => ({
      number: pull.number,
      piece: await pieces.read(toReviewsRow(repository, pull)),
    })),
  );
}

async function readParts(repository: Repository, context: WidgetContext): Promise<Parts> {
  const { pieces } = context;
  const branch = await pieces.read(toBranchRow(repository));
  if (branch.value === undefined) return { branch, reviews: [] };
  const [runs, disabled, pulls] = await Promise.all([
    pieces.read(toRunsRow(repository, branch.value)),
    pieces.read(toDisabledRow(repository)),
    pieces.read(toPullsRow(repository)),
  ]);
  const reviews = await readReviews(repository, pulls.value?.pulls ?? [], context);
  return { branch, runs, disabled, pulls, reviews };
}

type Workflow = GithubData['workflows'][number];

const byLevel = (a: Workflow, b: Workflow) => toRank(a.level) - toRank(b.level) || (a.name < b.name ? -1 : 1);

function toWorkflows({ runs, disabled }: Parts, web: string): Workflow[] {
  const off = new Set(disabled?.value ?? []);
  return (runs?.value ?? [])
    .filter(({ workflow }) => !off.has(workflow))
    .map(({ id, workflow: _workflow, ...run }) => ({ ...run, url: `${web}/actions/runs/${id}` }))
    .toSorted(byLevel);
}

function toPullRequests({ pulls, reviews }: Parts, web: string): GithubData['pullRequests'] {
  const decisions = new Map(reviews.map(({ number, piece }) => [number, piece.value]));
  return (pulls?.value?.pulls ?? []).map((pull) => {
    const { isRequested: _isRequested, ...shown } = pull;
    const review = toReview(pull, decisions.get(pull.number));
    return { ...shown, review, url: `${web}/pull/${pull.number}` };
  });
}

/** What the age of an answer is the age of. The branch seldom changes, and reviews not without their pull request. */
function listPieces({ branch, runs, pulls }: Parts): Piece<unknown>[] {
  return runs && pulls ? [runs, pulls] : [branch];
}

function listTroubles({ branch, runs, pulls, reviews }: Parts, { host }: Target): LiveTrouble[] {
  const troubles = [
    ...toPartTroubles(host.host, 'repository', branch),
    ...(runs ? toPartTroubles(host.host, 'runs', runs) : []),
    ...(pulls ? toPartTroubles(host.host, 'pulls', pulls) : []),
    ...reviews.flatMap(({ piece }) => toPartTroubles(host.host, 'pulls', piece)),
  ];
  return [...new Map(troubles.map((trouble) => [trouble.what, trouble])).values()];
}

async function answerTarget(target: Target, context: WidgetContext): Promise<WidgetReport<GithubData>> {
  const { repository, host } = target;
  const parts = await readParts(repository, context);
  const web = `${host.webUrl.replace(/\/+$/, '')}/${repository.slug}`;
  const has = { runs: parts.runs?.value !== undefined, pulls: parts.pulls?.value !== undefined };
  const data: GithubData = {
    repository: repository.slug,
    branch: toPlainLine(parts.branch.value ?? '', 250),
    workflows: toWorkflows(parts, web),
    pullRequests: toPullRequests(parts, web),
    morePullRequests: parts.pulls?.value?.more ?? false,
  };
  const isKnown = has.runs || has.pulls;
  return {
    ...(isKnown && { data }),
    isEmpty: has.runs && has.pulls && data.workflows.length + data.pullRequests.length === 0,
    status: isKnown ? toStatus(data, has) : unknownStatus,
    ...toFreshness(listPieces(parts)),
    troubles: listTroubles(parts, target),
    links: [
      { title: 'Open the workflow runs in GitHub', url: `${web}/actions` },
      { title: 'Open the pull requests in GitHub', url: `${web}/pulls` },
    ],
  };
}

/** How the workflows of an entity's repository ended, and what waits for a review there. */
export const githubWidget = defineWidget<GithubData>({
  id: 'github',
  schema: githubSchema,
  isConfigured: ({ github }) => github.length > 0,
  answer: async ({ annotations }, context) => {
    const { value, troubles } = parseTarget(annotations, context.settings, context.upstreams);
    return value ? answerTarget(value, context) : toUnasked(troubles, context.now());
  },
  check: checkGithub,
});
