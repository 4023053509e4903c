import { type AnsweredRepository, findAnsweredRepository, sweepSchema } from '../../github/answers.ts';
import type { RepositoryFacts } from '../../github/facts.ts';
import { type AnswerError, type Fault, toPartFault } from '../../github/faults.ts';
import { findSmallerPage, largestPage, toLargerPage } from '../../github/page-size.ts';
import { type SweepShape, toSweepQuery } from '../../github/queries.ts';
import type { GithubClient } from './client.ts';
import type { GithubStore } from './store.ts';

/** A repository of which something was refused; its name is not always said. */
export type Refused = { name?: string; facts?: RepositoryFacts; fault: Fault; message: string };

/** What a sweep saw, and why it ended early if it did. */
export type Sweep = {
  repositories: RepositoryFacts[];
  refused: Refused[];
  end?: { fault: Fault; message: string };
};

type SweepTools = {
  client: GithubClient;
  store: GithubStore;
  /** Whether texts are wanted too, because nothing is known yet. */
  isCold: boolean;
  tell: (listed: number, total: number) => void;
};

/** Lists the repositories of an owner, page by page; what came with them is in the store before the next page is asked for. */
export async function sweepOwner(login: string, shape: SweepShape, tools: SweepTools): Promise<Sweep> {
  const { client, store, tell } = tools;
  const text = toSweepQuery(shape);
  const sweep: Sweep = { repositories: [], refused: [] };
  const cursors = new Set<string>();
  let after: string | null = null;
  for (let size = largestPage, whole = tools.isCold; ; ) {
    const answer = await client.query(text, { login, first: size, after, whole });
    const smaller = findSmallerPage(size);
    if (answer.fault === 'heavy' && (smaller !== undefined || whole)) {
      if (smaller === undefined) whole = false;
      size = smaller ?? size;
      continue;
    }
    if (answer.fault !== undefined) return { ...sweep, end: answer };
    const { data } = sweepSchema.safeParse(answer.data);
    if (!data?.repositoryOwner) return { ...sweep, end: toEnd(answer.errors, data !== undefined) };
    const { nodes, pageInfo, totalCount } = data.repositoryOwner.repositories;
    if (!nodes && smaller !== undefined) {
      // One repository may take its whole page with it; a page of one says which.
      size = smaller;
      continue;
    }
    if (!nodes) sweep.refused.push(toRefused(undefined, undefined, answer.errors[0]));
    takeNodes(nodes ?? [], answer.errors, sweep, shape, store);
    tell(sweep.repositories.length, totalCount);
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return sweep;
    if (cursors.has(pageInfo.endCursor)) return { ...sweep, end: { fault: 'invalid', message: 'the same page twice' } };
    cursors.add(pageInfo.endCursor);
    after = pageInfo.endCursor;
    size = toLargerPage(size);
    whole = tools.isCold;
  }
}

/** Adds what a page says to a sweep. A repository that moved between two pages is on both of them, and is taken once. */
function takeNodes(
  nodes: readonly unknown[],
  errors: readonly AnswerError[],
  sweep: Sweep,
  shape: SweepShape,
  store: GithubStore,
): void {
  const known = new Set(sweep.repositories.map(({ databaseId }) => databaseId));
  for (const [at, node] of nodes.entries()) {
    const error = errors.find(({ path }) => path[2] === 'nodes' && path[3] === at);
    const found = findAnsweredRepository(node, shape);
    if (found) keepTexts(found, store);
    if (error || !found) sweep.refused.push(toRefused(node, found, error));
    else if (!known.has(found.facts.databaseId)) sweep.repositories.push(found.facts);
  }
}

/** Keeps the texts that came along. */
export function keepTexts({ texts }: AnsweredRepository, store: GithubStore): void {
  for (const [oid, text] of texts) if (!store.hasBlob(oid)) store.keepBlob(oid, new TextEncoder().encode(text));
}

function toEnd([error]: readonly AnswerError[], isUnderstood: boolean): NonNullable<Sweep['end']> {
  if (error === undefined) return { fault: isUnderstood ? 'absent' : 'invalid', message: '' };
  return { fault: toPartFault(error), message: error.message };
}

function toRefused(node: unknown, found: AnsweredRepository | undefined, error: AnswerError | undefined): Refused {
  const hasName = typeof node === 'object' && node !== null && 'name' in node && typeof node.name === 'string';
  const name = hasName ? { name: String(node.name) } : {};
  const why: Pick<Refused, 'fault' | 'message'> = error
    ? { fault: toPartFault(error), message: error.message }
    : { fault: 'invalid', message: '' };
  return { ...name, ...(found && { facts: found.facts }), ...why };
}
