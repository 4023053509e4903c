import type { Repository } from '#model/catalog.ts';
import { catalogFileName } from '#model/catalog-files.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { type GoodState, type KeptFacts, toFullName } from '../../github/facts.ts';
import { formatFault, toGitFault } from '../../github/faults.ts';
import { listDated, listWanted, maxFiles } from '../../github/listing.ts';
import { findKnownState } from '../../github/merge.ts';
import type { GithubClient } from './client.ts';
import type { RemoteGit } from './git.ts';
import { fetchBlobs, type Source, withToken } from './loader.ts';
import type { GithubStore } from './store.ts';

/** A repository that can be read: the state that is shown of it, and where more of it comes from. */
export type OpenRepository = { repository: Repository; tree: string; source: Source };

/** A repository that is to be read, and of which branch. */
export type Wanted = {
  id: string;
  facts: KeptFacts & { isSeen: boolean };
  branch: string;
  client: GithubClient | undefined;
};

type TreeTools = {
  store: GithubStore;
  git: RemoteGit;
  isOffline: boolean;
  /** Whether the configuration asks for a file by its path. */
  isAsked: (path: string) => boolean;
};

export type Opening = { open?: OpenRepository; problems: Problem[]; isFetched: boolean };

/** Opens a repository: its state is in the store, or is fetched now; if neither can be, the last good one is shown. */
export async function openRepository(wanted: Wanted, tools: TreeTools): Promise<Opening> {
  const { facts, branch, client } = wanted;
  const { store } = tools;
  const head = facts.heads[branch];
  if (head && store.hasListing(head.tree)) {
    const state = { ...head, branch, seenAt: facts.seenAt };
    return {
      open: toOpen(wanted, state, facts.isSeen),
      problems: listCuts(wanted, head.tree, store),
      isFetched: false,
    };
  }
  if (!facts.isSeen || tools.isOffline || client === undefined || head === undefined)
    return fallBack(wanted, formatFault(tools.isOffline ? 'offline' : 'unreachable'), tools);
  const message = await fetchTree(facts, head, client, tools);
  if (message !== undefined) return fallBack(wanted, formatFault(toGitFault(message), message), tools);
  const state = { ...head, branch, seenAt: facts.seenAt };
  return { open: toOpen(wanted, state, true), problems: listCuts(wanted, head.tree, store), isFetched: true };
}

function listCuts({ id }: Wanted, tree: string, store: GithubStore): Problem[] {
  if (!store.isCut(tree)) return [];
  const place = { repository: id, path: catalogFileName, line: 1, column: 1 };
  return [toProblem('repository-too-large', { repository: id, limit: maxFiles }, { place })];
}

/**
 * Fetches what a tree holds. The listing is kept last, so that a tree in the store is one of which everything is there:
 * a run that dies before that begins with this repository again.
 */
export async function fetchTree(
  { owner, name }: Pick<KeptFacts, 'owner' | 'name'>,
  head: { commit: string; tree: string },
  client: GithubClient,
  { store, git, isAsked }: Omit<TreeTools, 'isOffline'>,
): Promise<string | undefined> {
  const address = { web: client.addresses.web, owner, name };
  return withToken(client, (token) =>
    git.use(address, token, async (repository) => {
      const fetched = await repository.fetchListing(head.commit, head.tree);
      if ('message' in fetched) return fetched.message;
      const { oids, paths } = listWanted(fetched.listing, isAsked);
      const missing = oids.filter((oid) => !store.hasBlob(oid) && !store.isLarge(oid));
      const message = await fetchBlobs(repository, missing, store);
      if (message !== undefined) return message;
      const dated = listDated(fetched.listing, paths);
      const changes = dated.length === 0 ? [] : await repository.listChanges(head.commit, dated);
      store.keepListing(head.tree, { ...fetched.listing, changes: Object.fromEntries(changes) });
      return undefined;
    }),
  );
}

function fallBack(wanted: Wanted, reason: string, { store }: TreeTools): Opening {
  const { facts, branch, id } = wanted;
  const place = { repository: id, path: catalogFileName, line: 1, column: 1 };
  const failed = toProblem('github-repository-failed', { repository: toFullName(facts), reason });
  const state = findKnownState(facts, branch, store.hasListing);
  if (state === undefined) return { problems: facts.isSeen ? [failed] : [], isFetched: false };
  const stale = toProblem('repository-stale', { repository: id, since: state.seenAt }, { place });
  const problems = facts.isSeen ? [{ ...failed, place }, stale] : [];
  return { open: toOpen(wanted, state, false), problems, isFetched: false };
}

function toOpen({ id, facts, branch, client }: Wanted, state: GoodState, isFresh: boolean): OpenRepository {
  const name = branch === '' ? facts.defaultBranch : branch;
  const repository: Repository = {
    id,
    url: facts.url,
    visibility: facts.visibility,
    ...(name === undefined ? {} : { branch: name }),
    commit: state.commit,
    changedAt: state.committedAt,
    ...(isFresh ? {} : { staleSince: state.seenAt }),
  };
  return {
    repository,
    tree: state.tree,
    source: { nodeId: facts.nodeId, owner: facts.owner, name: facts.name, client },
  };
}
