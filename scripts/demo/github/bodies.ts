import { toChance, toCommit } from '../chance.ts';
import type { DemoPull, DemoRepository, DemoRun, DemoWorkflow } from './world.ts';

type Body = Record<string, unknown>;

const api = 'https://api.github.com';
const web = 'https://github.com';
/** Below 2^31, as the ids of GitHub once were. */
const toId = (seed: string) => toChance(seed, 2_000_000_000);
const toNode = (kind: string, seed: string) => `${kind}_${toCommit(seed).slice(0, 12)}`;

const userPaths = ['followers', 'subscriptions', 'organizations', 'repos', 'received_events'];
const templatedUserPaths = { following_url: '/following{/other_user}', gists_url: '/gists{/gist_id}' };
const moreUserPaths = { starred_url: '/starred{/owner}{/repo}', events_url: '/events{/privacy}' };

function toUser(login: string, type = 'User'): Body {
  const url = `${api}/users/${login}`;
  return {
    login,
    id: toId(login),
    node_id: toNode('U', login),
    avatar_url: `https://avatars.githubusercontent.com/u/${toId(login)}?v=4`,
    gravatar_id: '',
    url,
    html_url: `${web}/${login}`,
    ...Object.fromEntries(userPaths.map((path) => [`${path}_url`, `${url}/${path}`])),
    ...Object.fromEntries(
      Object.entries({ ...templatedUserPaths, ...moreUserPaths }).map(([name, path]) => [name, `${url}${path}`]),
    ),
    type,
    site_admin: false,
  };
}

const repositoryPaths: Record<string, string> = {
  archive: '{archive_format}{/ref}',
  assignees: 'assignees{/user}',
  blobs: 'git/blobs{/sha}',
  branches: 'branches{/branch}',
  collaborators: 'collaborators{/collaborator}',
  comments: 'comments{/number}',
  commits: 'commits{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: 'contributors',
  deployments: 'deployments',
  downloads: 'downloads',
  events: 'events',
  forks: 'forks',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: 'hooks',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: 'issues{/number}',
  keys: 'keys{/key_id}',
  labels: 'labels{/name}',
  languages: 'languages',
  merges: 'merges',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  pulls: 'pulls{/number}',
  releases: 'releases{/id}',
  stargazers: 'stargazers',
  statuses: 'statuses/{sha}',
  subscribers: 'subscribers',
  subscription: 'subscription',
  tags: 'tags',
  teams: 'teams',
  trees: 'git/trees{/sha}',
};

function toShortRepository({ slug }: DemoRepository): Body {
  const [owner = '', name = ''] = slug.split('/');
  const url = `${api}/repos/${slug}`;
  return {
    id: toId(slug),
    node_id: toNode('R', slug),
    name,
    full_name: slug,
    private: true,
    owner: toUser(owner, 'Organization'),
    html_url: `${web}/${slug}`,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(Object.entries(repositoryPaths).map(([key, path]) => [`${key}_url`, `${url}/${path}`])),
  };
}

/** A repository as its own address answers it, or as a pull request carries it. */
export function toRepositoryBody(repository: DemoRepository): Body {
  const { slug, defaultBranch, pulls } = repository;
  const counts = ['forks', 'forks_count', 'stargazers_count', 'watchers', 'watchers_count', 'size'];
  const date = '2024-01-01T00:00:00Z';
  return {
    ...toShortRepository(repository),
    ...Object.fromEntries([...counts, 'network_count', 'subscribers_count'].map((name) => [name, 0])),
    clone_url: `${web}/${slug}.git`,
    git_url: `git://github.com/${slug}.git`,
    ssh_url: `git@github.com:${slug}.git`,
    svn_url: `${web}/${slug}`,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: defaultBranch,
    open_issues: pulls.length,
    open_issues_count: pulls.length,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: 'private',
    pushed_at: date,
    created_at: date,
    updated_at: date,
  };
}

/** A workflow as the list of workflows has it. */
export function toWorkflowBody({ slug }: DemoRepository, { id, name, path, state = 'active' }: DemoWorkflow): Body {
  return {
    id,
    node_id: toNode('W', `${slug} ${id}`),
    name,
    path,
    state,
    created_at: '2024-01-01T00:00:00Z',
    updated_at: '2024-01-01T00:00:00Z',
    url: `${api}/repos/${slug}/actions/workflows/${id}`,
    html_url: `${web}/${slug}/blob/main/${path}`,
    badge_url: `${web}/${slug}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}

const toSignature = (login: string) => ({ name: login, email: `${login}@users.noreply.github.com` });

/** A run as the list of runs has it. */
export function toRunBody(repository: DemoRepository, run: DemoRun): Body {
  const { slug, workflows } = repository;
  const workflow = workflows.find(({ id }) => id === run.workflow);
  const url = `${api}/repos/${slug}/actions/runs/${run.id}`;
  const below = ['jobs', 'logs', 'artifacts', 'cancel', 'rerun'];
  return {
    id: run.id,
    name: workflow?.name ?? null,
    node_id: toNode('WFR', `${slug} ${run.id}`),
    head_branch: run.branch,
    head_sha: run.commit,
    path: workflow?.path ?? '',
    display_title: run.title,
    run_number: run.number,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow,
    check_suite_id: run.id,
    check_suite_node_id: toNode('CS', `${slug} ${run.id}`),
    check_suite_url: `${api}/repos/${slug}/check-suites/${run.id}`,
    url,
    html_url: `${web}/${slug}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.startedAt,
    updated_at: run.updatedAt,
    run_started_at: run.startedAt,
    actor: toUser(run.author),
    triggering_actor: toUser(run.author),
    ...Object.fromEntries(below.map((name) => [`${name}_url`, `${url}/${name}`])),
    previous_attempt_url: null,
    workflow_url: `${api}/repos/${slug}/actions/workflows/${run.workflow}`,
    head_commit: {
      id: run.commit,
      tree_id: toCommit(`tree ${run.commit}`),
      message: `${run.title}\n\nWith more words below.`,
      timestamp: run.startedAt,
      author: toSignature(run.author),
      committer: toSignature(run.author),
    },
    repository: toShortRepository(repository),
    head_repository: toShortRepository(repository),
  };
}

function toPullUrls(slug: string, number: number, head: string): Record<string, string> {
  const url = `${api}/repos/${slug}/pulls/${number}`;
  const issue = `${api}/repos/${slug}/issues/${number}`;
  return {
    url,
    html_url: `${web}/${slug}/pull/${number}`,
    diff_url: `${web}/${slug}/pull/${number}.diff`,
    patch_url: `${web}/${slug}/pull/${number}.patch`,
    issue_url: issue,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/repos/${slug}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${api}/repos/${slug}/statuses/${head}`,
  };
}

const linked = ['html', 'issue', 'comments', 'review_comments', 'review_comment', 'commits', 'statuses'];

/** A pull request as the list of pull requests has it. */
export function toPullBody(repository: DemoRepository, pull: DemoPull): Body {
  const { slug, defaultBranch } = repository;
  const [owner = ''] = slug.split('/');
  const head = toCommit(`${slug} ${pull.number}`);
  const urls = toPullUrls(slug, pull.number, head);
  const toSide = (ref: string, sha: string) => {
    return {
      label: `${owner}:${ref}`,
      ref,
      sha,
      user: toUser(owner, 'Organization'),
      repo: toRepositoryBody(repository),
    };
  };
  return {
    ...urls,
    id: toId(`${slug} ${pull.number}`),
    node_id: toNode('PR', `${slug} ${pull.number}`),
    number: pull.number,
    state: 'open',
    locked: false,
    title: pull.title,
    user: toUser(pull.author),
    body: null,
    labels: [],
    milestone: null,
    created_at: pull.openedAt,
    updated_at: pull.updatedAt,
    closed_at: null,
    merged_at: null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: (pull.requested ?? []).map((login) => toUser(login)),
    requested_teams: [],
    head: toSide(`change-${pull.number}`, head),
    base: toSide(defaultBranch, toCommit(`${slug} base`)),
    _links: {
      self: { href: urls.url },
      ...Object.fromEntries(linked.map((name) => [name, { href: urls[`${name}_url`] }])),
    },
    author_association: 'MEMBER',
    auto_merge: null,
    draft: pull.isDraft ?? false,
  };
}

/** The reviews of a pull request, the first one first. */
export function toReviewBodies({ slug }: DemoRepository, { number, reviews = [] }: DemoPull): Body[] {
  const pull = `${api}/repos/${slug}/pulls/${number}`;
  return reviews.map(({ author, state, at }, index) => {
    const html = `${web}/${slug}/pull/${number}#pullrequestreview-${index + 1}`;
    return {
      id: index + 1,
      node_id: toNode('PRR', `${pull} ${index}`),
      user: toUser(author),
      body: '',
      state,
      html_url: html,
      pull_request_url: pull,
      author_association: 'MEMBER',
      _links: { html: { href: html }, pull_request: { href: pull } },
      submitted_at: at,
      commit_id: toCommit(`${slug} ${number}`),
    };
  });
}
