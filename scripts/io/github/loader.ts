import { z } from 'zod';
import { findAnsweredBlob, findText } from '../../github/answers.ts';
import { maxBlobBytes, planQuestions } from '../../github/blob-plan.ts';
import { toGitFault } from '../../github/faults.ts';
import { toBlobsQuery } from '../../github/queries.ts';
import type { GithubClient } from './client.ts';
import type { RemoteGit, RemoteRepository } from './git.ts';
import type { GithubStore } from './store.ts';

/** A repository as the loader needs it. */
export type Source = { nodeId: string; owner: string; name: string; client: GithubClient | undefined };

export type Loader = {
  /** Sees to it that these blobs are in the store, as far as they can be had. */
  load: (source: Source, oids: readonly string[]) => Promise<void>;
};

type LoaderTools = { store: GithubStore; git: RemoteGit };

/** How long needs are collected before they are met together, in milliseconds. */
const collecting = 5;

/**
 * Fetches blobs that are not in the store. Needs that arise at the same time are met together: a few texts of many
 * repositories with one question, many of one repository, and what is no text, with git.
 */
export function createLoader({ store, git }: LoaderTools): Loader {
  const needs = new Map<Source, Set<string>>();
  let next: Promise<void> | undefined;
  const flush = async () => {
    await new Promise((resolve) => setTimeout(resolve, collecting));
    const due = [...needs].map(([source, oids]) => ({ source, oids: [...oids] }));
    needs.clear();
    next = undefined;
    await loadAll(due, { store, git });
  };
  return {
    load: async (source, oids) => {
      const missing = oids.filter((oid) => !store.hasBlob(oid) && !store.isLarge(oid));
      if (missing.length === 0 || source.client === undefined) return;
      const own = needs.get(source) ?? new Set();
      for (const oid of missing) own.add(oid);
      needs.set(source, own);
      next ??= flush();
      await next;
    },
  };
}

type Need = { source: Source; oids: string[] };

async function loadAll(needs: readonly Need[], tools: LoaderTools): Promise<void> {
  await Promise.all(planQuestions(needs).map((batch) => ask(batch, tools.store)));
  await Promise.all(needs.map((need) => fetchLeft(need, tools)));
}

const isThere = (oid: string, store: GithubStore) => store.hasBlob(oid) || store.isLarge(oid);

/** Fetches with git what no question was asked for, and what is no text or did not come whole. */
async function fetchLeft({ source, oids }: Need, { store, git }: LoaderTools): Promise<void> {
  const missing = oids.filter((oid) => !isThere(oid, store));
  if (missing.length === 0 || source.client === undefined) return;
  const { web } = source.client.addresses;
  const { owner, name, client } = source;
  await withToken(client, (token) =>
    git.use({ web, owner, name }, token, (repository) => fetchBlobs(repository, missing, store)),
  );
}

/** Does something with the token of a client that answers what went wrong; once more with a fresh one if it was the token. */
export async function withToken(
  client: GithubClient,
  run: (token: string | undefined) => Promise<string | undefined>,
): Promise<string | undefined> {
  const token = await client.findToken();
  const message = await run(token);
  if (message === undefined || toGitFault(message) !== 'unknown') return message;
  const fresh = await client.renewToken(token);
  return fresh === token ? message : run(fresh);
}

/** Fetches blobs into the store; answers why that was not possible, if it was not. */
export async function fetchBlobs(
  repository: RemoteRepository,
  oids: readonly string[],
  store: GithubStore,
): Promise<string | undefined> {
  const { message } = await repository.fetchBlobs(oids, ({ oid, bytes }) => {
    if (bytes === undefined) store.keepLarge(oid);
    else store.keepBlob(oid, bytes);
  });
  return message;
}

const answerSchema = z.record(z.string(), z.unknown());

/** Asks for the texts of a batch, whose repositories share a client; halves it where it is too heavy. */
async function ask(batch: readonly Need[], store: GithubStore): Promise<void> {
  const [first] = batch;
  if (first?.source.client === undefined) return;
  const text = toBlobsQuery(batch.map(({ source, oids }) => ({ nodeId: source.nodeId, oids })));
  const answer = await first.source.client.query(text);
  if (answer.fault === 'heavy' && batch.length > 1) {
    const half = Math.ceil(batch.length / 2);
    await Promise.all([ask(batch.slice(0, half), store), ask(batch.slice(half), store)]);
  }
  if (answer.fault !== undefined) return;
  const repositories = Object.values(answerSchema.safeParse(answer.data).data ?? {});
  for (const repository of repositories)
    for (const node of Object.values(answerSchema.safeParse(repository).data ?? {})) {
      const found = findText(node);
      if (found) store.keepBlob(found[0], new TextEncoder().encode(found[1]));
      else keepIfLarge(node, store);
    }
}

function keepIfLarge(node: unknown, store: GithubStore): void {
  const blob = findAnsweredBlob(node);
  if (blob && blob.byteSize > maxBlobBytes) store.keepLarge(blob.oid);
}
