import type { Context } from '../../context.ts';
import { parseCommit, toDate } from '../../git/objects.ts';
import { toNodeId } from '../../graphql/node-id.ts';
import { toJsonAnswer } from '../../http/answer.ts';
import type { PullSeed, Repository, RunSeed } from '../../world/model.ts';
import { toSlug } from '../../world/registry.ts';
import { toActorBody, toRepositoryBody } from '../bodies.ts';
import { toPage } from '../pages.ts';
import type { Route } from '../route.ts';
import { withRepository } from '../seen.ts';

const findHead = ({ refs, defaultBranch }: Repository) => refs.get(`refs/heads/${defaultBranch}`) ?? '';

async function findHeadCommit({ world }: Context, repository: Repository) {
  const object = await world.readers.find(repository.objects, findHead(repository));
  if (object?.type !== 'commit') return null;
  const { tree, message, author, committer } = parseCommit(object.bytes);
  const toActor = ({ name, email }: typeof author) => ({ name, email });
  return {
    id: object.oid,
    tree_id: tree,
    message,
    timestamp: author.date,
    author: toActor(author),
    committer: toActor(committer),
  };
}

async function toRunBody(context: Context, repository: Repository, { id, name, path, status, conclusion }: RunSeed) {
  const api = `${context.origin}/api/v3/repos/${toSlug(repository)}/actions`;
  const url = `${api}/runs/${id}`;
  const date = toDate(repository.pushedAt);
  return {
    id,
    name,
    path,
    status,
    conclusion,
    node_id: toNodeId('WFR', id),
    display_title: name,
    event: 'push',
    head_branch: repository.defaultBranch,
    head_sha: findHead(repository),
    run_number: 1,
    run_attempt: 1,
    workflow_id: id,
    url,
    html_url: `${context.origin}/${toSlug(repository)}/actions/runs/${id}`,
    pull_requests: [],
    created_at: date,
    updated_at: date,
    run_started_at: date,
    check_suite_id: id,
    check_suite_node_id: toNodeId('CS', id),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${url}/check-suite`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    artifacts_url: `${url}/artifacts`,
    workflow_url: `${api}/workflows/${id}`,
    head_commit: await findHeadCommit(context, repository),
    repository: toRepositoryBody(context, repository),
    head_repository: toRepositoryBody(context, repository),
  };
}

function toPullBody(context: Context, repository: Repository, { number, title, author, isDraft = false }: PullSeed) {
  const api = `${context.origin}/api/v3/repos/${toSlug(repository)}`;
  const url = `${api}/pulls/${number}`;
  const html = `${context.origin}/${toSlug(repository)}/pull/${number}`;
  const date = toDate(repository.pushedAt);
  const user = toActorBody(context, author, number, 'User');
  const toSide = (ref: string) => ({
    ref,
    label: `${repository.owner}:${ref}`,
    sha: findHead(repository),
    user,
    repo: toRepositoryBody(context, repository),
  });
  const urls = {
    comments: `${api}/issues/${number}/comments`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${findHead(repository)}`,
    html,
    issue: `${api}/issues/${number}`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    self: url,
  };
  return {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: urls.issue,
    commits_url: urls.commits,
    review_comments_url: urls.review_comments,
    review_comment_url: urls.review_comment,
    comments_url: urls.comments,
    statuses_url: urls.statuses,
    id: number,
    node_id: toNodeId('PR', number),
    number,
    title,
    state: 'open',
    locked: false,
    draft: isDraft,
    body: null,
    labels: [],
    milestone: null,
    user,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    author_association: 'MEMBER',
    auto_merge: null,
    created_at: date,
    updated_at: date,
    closed_at: null,
    merged_at: null,
    merge_commit_sha: null,
    head: toSide(`change-${number}`),
    base: toSide(repository.defaultBranch),
    _links: Object.fromEntries(Object.entries(urls).map(([name, href]) => [name, { href }])),
  };
}

/** What goes on in a repository, from what its seed says. */
export const activityRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/actions/runs',
    answer: withRepository('actions', async (repository, asked) => {
      const { rows, headers } = toPage(repository.runs, asked);
      const workflow_runs = await Promise.all(rows.map((run) => toRunBody(asked.context, repository, run)));
      return toJsonAnswer({ total_count: repository.runs.length, workflow_runs }, 200, headers);
    }),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/pulls',
    answer: withRepository('pull_requests', (repository, asked) => {
      const { rows, headers } = toPage(repository.pulls, asked);
      return toJsonAnswer(
        rows.map((pull) => toPullBody(asked.context, repository, pull)),
        200,
        headers,
      );
    }),
  },
];
