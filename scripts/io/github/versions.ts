import { z } from 'zod';
import { isCommit, type Version } from '#model/catalog.ts';
import {
  findRefsPage,
  type KeptVersion,
  mergeVersions,
  type RefsWish,
  refsOfQuestion,
  toRefsQuery,
  toVersions,
} from '../../github/versions.ts';
import type { GithubClient } from './client.ts';
import type { Parts } from './parts.ts';
import { fetchTree, type OpenRepository } from './trees.ts';

/** What the tags, branches and commits of repositories are. */
export type Versions = {
  list: (open: OpenRepository) => Promise<Version[]>;
  /** The id under which the store lists the files of a commit; undefined when they cannot be had. */
  findTree: (open: OpenRepository, commit: string) => Promise<string | undefined>;
};

/** How long wishes are collected before they are asked for together, in milliseconds. */
const collecting = 5;
/** More tags or branches of one repository are not looked through: ten pages of a hundred. */
const mostPages = 10;

/**
 * Asks for the versions of repositories, those that are wished for at the same time with one question. Without an answer
 * they are those of the last time. The files of a version are fetched once: they are kept by the tree of its commit.
 */
export function createVersions(parts: Parts, noteUnlisted: (id: string) => void): Versions {
  const { store, isOffline } = parts;
  const toKey = ({ repository, source }: OpenRepository) =>
    `${repository.url && new URL(repository.url).host} ${source.nodeId}`;
  const ask = createCollector();
  const trees = new Map<string, Promise<string | undefined>>();
  const fetchOnce = async (open: OpenRepository, commit: string): Promise<string | undefined> => {
    const kept = store.findVersions(toKey(open));
    const tree = kept.find((version) => version.commit === commit)?.tree ?? commit;
    if (store.hasListing(tree)) return tree;
    const { client } = open.source;
    if (isOffline || client === undefined) return undefined;
    const message = await fetchTree(open.source, { commit, tree }, client, parts);
    if (message !== undefined) return undefined;
    if (tree === commit)
      store.keepVersions(toKey(open), [...kept, { name: commit.slice(0, 10), type: 'commit', commit, tree }]);
    return tree;
  };
  return {
    list: async (open) => {
      const kept = store.findVersions(toKey(open));
      const { client, nodeId } = open.source;
      const now = isOffline || client === undefined ? undefined : await ask(client, nodeId);
      if (now === undefined) {
        if (!isOffline && client) noteUnlisted(open.repository.id);
        return toVersions(kept);
      }
      store.keepVersions(toKey(open), mergeVersions(kept, now));
      return toVersions(now);
    },
    findTree: async (open, commit) => {
      if (!isCommit(commit)) return undefined;
      const key = `${toKey(open)} ${commit}`;
      const tree = trees.get(key) ?? fetchOnce(open, commit);
      trees.set(key, tree);
      return tree;
    },
  };
}

type Answered = ReadonlyMap<string, KeptVersion[]>;

/** Asks for the tags and branches of repositories, and puts those that are wished for together into one question. */
function createCollector() {
  const waiting = new Map<GithubClient, { nodeIds: Set<string>; answer: Promise<Answered> }>();
  return async (client: GithubClient, nodeId: string): Promise<KeptVersion[] | undefined> => {
    const nodeIds = waiting.get(client)?.nodeIds ?? new Set();
    const flush = async () => {
      await new Promise((resolve) => setTimeout(resolve, collecting));
      waiting.delete(client);
      return askAll(client, [...nodeIds]);
    };
    const { answer } = waiting.get(client) ?? { answer: flush() };
    waiting.set(client, { nodeIds: nodeIds.add(nodeId), answer });
    return (await answer).get(nodeId);
  };
}

/** All versions of repositories, page by page; those of which a part was refused are not among them. */
async function askAll(client: GithubClient, nodeIds: readonly string[]): Promise<Answered> {
  const found = new Map<string, KeptVersion[]>(nodeIds.map((nodeId) => [nodeId, []]));
  let wishes = nodeIds.flatMap((nodeId): RefsWish[] => [
    { nodeId, type: 'tag' },
    { nodeId, type: 'branch' },
  ]);
  for (let page = 0; page < mostPages && wishes.length > 0; page += 1) {
    const next: RefsWish[] = [];
    for (let at = 0; at < wishes.length; at += refsOfQuestion)
      for (const [wish, node] of await askPages(client, wishes.slice(at, at + refsOfQuestion))) {
        const answered = findRefsPage(node, wish.type);
        if (answered === undefined) found.delete(wish.nodeId);
        found.get(wish.nodeId)?.push(...(answered?.versions ?? []));
        if (answered?.next !== undefined) next.push({ ...wish, after: answered.next });
      }
    wishes = next;
  }
  return found;
}

const answerSchema = z.record(z.string(), z.unknown());

/** Each wish with its part of the answer; a question that is too heavy is asked in halves. */
async function askPages(client: GithubClient, wishes: readonly RefsWish[]): Promise<[RefsWish, unknown][]> {
  const answer = await client.query(toRefsQuery(wishes));
  if (answer.fault === 'heavy' && wishes.length > 1) {
    const half = Math.ceil(wishes.length / 2);
    return [...(await askPages(client, wishes.slice(0, half))), ...(await askPages(client, wishes.slice(half)))];
  }
  const parts = answer.fault === undefined ? (answerSchema.safeParse(answer.data).data ?? {}) : {};
  return wishes.map((wish, at) => [wish, parts[`r${at}`]]);
}
