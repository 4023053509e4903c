import { toRepositoryKey } from '#model/git-url.ts';
import { findAnsweredRepository, lookupSchema } from '../../github/answers.ts';
import { type KeptFacts, toFullName } from '../../github/facts.ts';
import { toPartFault } from '../../github/faults.ts';
import { mergeFacts } from '../../github/merge.ts';
import { listHosts } from '../../github/planning.ts';
import { defaultShape, toLookupQuery } from '../../github/queries.ts';
import type { Settings } from '../../settings.ts';
import type { GithubClient } from './client.ts';
import type { OwnerReading } from './owner.ts';
import type { Parts } from './parts.ts';
import { type OpenRepository, openRepository } from './trees.ts';

type Known = { facts: KeptFacts & { isSeen: boolean }; client: GithubClient | undefined };

type Around = {
  /** The repositories that are read already. */
  listOpened: () => OpenRepository[];
  /** What was seen of all others of their owners. */
  listReadings: () => OwnerReading[];
};

/**
 * Reads repositories that Locations lead to and that no provider takes, each once: `host/owner/name` in lower case. Only
 * hosts of the configuration are asked; what was seen of them last time is shown where they do not answer.
 */
export function createVisitor({ github }: Settings, parts: Parts, around: Around) {
  const hosts = new Set([...listHosts(github), ...github.integrations.map(({ host }) => host)]);
  const visits = new Map<string, Promise<OpenRepository | undefined>>();
  const visit = async (key: string): Promise<OpenRepository | undefined> => {
    const [host = '', owner, name, ...rest] = key.split('/');
    if (owner === undefined || name === undefined || rest.length > 0 || !hosts.has(host)) return undefined;
    const known = findListed(key, around.listReadings()) ?? (await lookUp(host, owner, name, parts));
    if (known === undefined) return undefined;
    const [branch] = '' in known.facts.heads ? [''] : Object.keys(known.facts.heads);
    if (branch === undefined) return undefined;
    const id = parts.toId(host, toFullName(known.facts));
    const renamed = around.listOpened().find(({ repository }) => repository.id === id);
    if (renamed) return renamed;
    return (await openRepository({ id, branch, ...known }, parts)).open;
  };
  return async (key: string): Promise<OpenRepository | undefined> => {
    const open = around.listOpened().find(({ repository }) => toRepositoryKey(repository.url ?? '') === key);
    return open ?? visits.get(key) ?? remember(visits, key, visit(key));
  };
}

function findListed(key: string, readings: readonly OwnerReading[]): Known | undefined {
  for (const { repositories, client } of readings) {
    const facts = repositories.find(({ url }) => toRepositoryKey(url) === key);
    if (facts) return { facts, client };
  }
  return undefined;
}

function remember<Value>(known: Map<string, Promise<Value>>, key: string, value: Promise<Value>): Promise<Value> {
  known.set(key, value);
  return value;
}

async function lookUp(host: string, owner: string, name: string, parts: Parts): Promise<Known | undefined> {
  const { accounts, store, time } = parts;
  const isOffline = parts.isOffline || parts.only !== undefined;
  const key = `${host}/${owner}/${name}`;
  const kept = store.findVisited(host)?.repositories.find(({ url }) => toRepositoryKey(url) === key);
  if (isOffline) return kept && { facts: { ...kept, isSeen: true }, client: undefined };
  const client = (await accounts.findClient(host, owner)) ?? (await accounts.findGuest(host));
  if (client === undefined) return kept && { facts: { ...kept, isSeen: false }, client };
  const ask = () => client.query(toLookupQuery(), { owner, name });
  const first = await ask();
  const answer = first.fault === 'heavy' ? await ask() : first;
  if (answer.fault !== undefined) return kept && { facts: { ...kept, isSeen: false }, client };
  const found = findAnsweredRepository(lookupSchema.safeParse(answer.data).data?.repository, defaultShape);
  if (found === undefined) {
    const isGone = answer.errors.some((error) => toPartFault(error) === 'absent');
    return isGone || kept === undefined ? undefined : { facts: { ...kept, isSeen: false }, client };
  }
  const seen = { repositories: [found.facts], refused: [], isWhole: false };
  const merged = mergeFacts(store.findVisited(host)?.repositories ?? [], seen, time, store.hasListing);
  store.keepVisited(host, { repositories: merged.toSorted((left, right) => left.databaseId - right.databaseId) });
  const [facts] = merged;
  return facts && { facts: { ...facts, isSeen: true }, client };
}
