import type { Context } from '../context.ts';
import { toDate } from '../git/objects.ts';
import type { Repository } from '../world/model.ts';
import { toSlug } from '../world/registry.ts';
import { type PageArguments, toConnection } from './connection.ts';
import type { Fields } from './fields.ts';
import { findGitObject } from './git-objects.ts';
import { toNodeId } from './node-id.ts';
import { toOwner } from './owner.ts';
import { blockedByLaw, blockedBySso, Refusal } from './refusal.ts';

/** A repository as GraphQL shows it; throws where the law or a sign-in stands before it. */
export function toRepository(context: Context, repository: Repository): Fields {
  const { databaseId, name, owner, visibility, description, isArchived, isFork, isDisabled, defaultBranch } =
    repository;
  checkDenial(context, repository);
  const url = `${context.origin}/${toSlug(repository)}`;
  return {
    __typename: 'Repository',
    databaseId,
    name,
    description,
    isArchived,
    isFork,
    isDisabled,
    url,
    id: toNodeId('R', databaseId),
    nameWithOwner: toSlug(repository),
    owner: () => toOwner(context, owner),
    visibility: visibility.toUpperCase(),
    isPrivate: visibility !== 'public',
    isEmpty: repository.refs.size === 0,
    isLocked: false,
    isMirror: false,
    isTemplate: false,
    isInOrganization: true,
    homepageUrl: null,
    licenseInfo: null,
    primaryLanguage: null,
    parent: null,
    stargazerCount: 0,
    forkCount: 0,
    resourcePath: `/${toSlug(repository)}`,
    sshUrl: `git@${new URL(context.origin).hostname}:${toSlug(repository)}.git`,
    createdAt: toDate(repository.createdAt),
    updatedAt: toDate(repository.pushedAt),
    pushedAt: toDate(repository.pushedAt),
    diskUsage: repository.commits,
    defaultBranchRef: () => toRef(context, repository, `refs/heads/${defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) =>
      toRef(context, repository, qualifiedName) ?? toRef(context, repository, `refs/heads/${qualifiedName}`),
    refs: ({ refPrefix, ...page }: PageArguments & { refPrefix: string }) =>
      listRefs(context, repository, refPrefix, page),
    object: ({ expression, oid }: { expression?: string | null; oid?: string | null }) =>
      findContent(context, repository, oid ?? expression ?? ''),
    repositoryTopics: (page: PageArguments) => {
      const topics = repository.topics.map((key) => ({ key }));
      return toConnection(topics, page, ({ key }) => toTopic(context, key));
    },
  };
}

function checkDenial({ world, identity, strikeField }: Context, repository: Repository): void {
  const { denial, owner } = repository;
  const struck = strikeField(toSlug(repository));
  if (struck) throw struck;
  if (denial === 'blocked') throw blockedByLaw();
  if (denial === 'sso' || !identity.hasPassedSso(world.findOrganisation(owner))) throw blockedBySso();
}

function checkContents({ identity }: Context, repository: Repository): void {
  if (identity.may('contents', repository)) return;
  throw new Refusal(
    'FORBIDDEN',
    `Resource not accessible by ${identity.kind === 'installation' ? 'integration' : 'personal access token'}`,
  );
}

function findContent(context: Context, repository: Repository, name: string): Promise<Fields | null> {
  checkContents(context, repository);
  return findGitObject(context, repository, name);
}

function toRef(context: Context, repository: Repository, ref: string): Fields | null {
  const oid = repository.refs.get(ref);
  if (oid === undefined) return null;
  const [, prefix = '', name = ''] = /^(refs\/[^/]+\/)(.*)$/.exec(ref) ?? [];
  return {
    __typename: 'Ref',
    name,
    prefix,
    id: toNodeId('REF', `${repository.databaseId}:${ref}`),
    repository: () => toRepository(context, repository),
    target: () => findContent(context, repository, oid),
  };
}

function listRefs(context: Context, repository: Repository, prefix: string, page: PageArguments) {
  const keys = [...repository.refs.keys()].filter((ref) => ref.startsWith(prefix)).toSorted();
  return toConnection(
    keys.map((key) => ({ key })),
    page,
    ({ key }) => toRef(context, repository, key),
  );
}

const toTopic = ({ origin }: Context, name: string): Fields => ({
  __typename: 'RepositoryTopic',
  id: toNodeId('RT', name),
  url: `${origin}/topics/${name}`,
  topic: { __typename: 'Topic', id: toNodeId('T', name), name },
});
