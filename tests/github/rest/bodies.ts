import type { Context } from '../context.ts';
import { toDate } from '../git/objects.ts';
import { toNodeId } from '../graphql/node-id.ts';
import type { Organisation, Person, Repository } from '../world/model.ts';
import { toSlug } from '../world/registry.ts';

type Place = Pick<Context, 'origin'>;

/** Addresses below a repository, by the names that REST gives them. */
const repositoryUrls = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}head',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** A repository as lists of repositories show it. */
export function toRepositoryBody(context: Context, repository: Repository): Record<string, unknown> {
  const { origin, world } = context;
  const { databaseId, name, owner, visibility, description, topics, isFork, isArchived, isDisabled } = repository;
  const slug = toSlug(repository);
  const url = `${origin}/api/v3/repos/${slug}`;
  const html = `${origin}/${slug}`;
  const organisation = world.findOrganisation(owner);
  return {
    id: databaseId,
    node_id: toNodeId('R', databaseId),
    name,
    full_name: slug,
    url,
    html_url: html,
    owner: organisation ? toOrganisationOwner(context, organisation) : null,
    ...Object.fromEntries(Object.entries(repositoryUrls).map(([key, path]) => [key, `${url}${path}`])),
    clone_url: `${html}.git`,
    git_url: `git://${html}.git`,
    ssh_url: `git@${slug}.git`,
    svn_url: html,
    mirror_url: null,
    private: visibility !== 'public',
    visibility,
    description,
    topics,
    homepage: null,
    language: null,
    license: null,
    fork: isFork,
    archived: isArchived,
    disabled: isDisabled,
    is_template: false,
    default_branch: repository.defaultBranch,
    size: repository.commits,
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    allow_forking: false,
    web_commit_signoff_required: false,
    pushed_at: toDate(repository.pushedAt),
    created_at: toDate(repository.createdAt),
    updated_at: toDate(repository.pushedAt),
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
  };
}

/** Someone or something as REST shows them beside what they own or did. */
export function toActorBody({ origin }: Place, login: string, id: number, type: 'User' | 'Organization' | 'Bot') {
  const url = `${origin}/api/v3/users/${login}`;
  return {
    login,
    id,
    node_id: toNodeId('U', id),
    type,
    site_admin: false,
    gravatar_id: '',
    url,
    html_url: `${origin}/${login}`,
    avatar_url: `${origin}/avatars/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
  };
}

const toOrganisationOwner = (context: Context, { login, databaseId }: Organisation) =>
  toActorBody(context, login, databaseId, 'Organization');

/** An organisation as REST shows it on its own. */
export function toOrganisationBody(
  context: Place,
  organisation: Omit<Organisation, 'hasSso' | 'members' | 'teams'>,
): Record<string, unknown> {
  const { login, databaseId, name, description } = organisation;
  const url = `${context.origin}/api/v3/orgs/${login}`;
  const created = '2026-01-05T08:00:00Z';
  return {
    login,
    id: databaseId,
    node_id: toNodeId('O', databaseId),
    name,
    description,
    url,
    type: 'Organization',
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${context.origin}/avatars/${login}`,
    html_url: `${context.origin}/${login}`,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: created,
    updated_at: created,
    archived_at: null,
  };
}

/** A person as REST shows them on their own. */
export function toPersonBody(context: Place, { login, databaseId, name, email, bio }: Person): Record<string, unknown> {
  const created = '2026-01-05T08:00:00Z';
  return {
    ...toActorBody(context, login, databaseId, 'User'),
    name,
    email,
    bio,
    company: null,
    blog: null,
    location: null,
    hireable: null,
    user_view_type: 'public',
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: created,
    updated_at: created,
  };
}
