import type { Repository } from '#model/catalog.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { type Crowd, type PeopleOptions, toPeopleFiles } from '../../github/people.ts';
import { toHost, toNamespaces } from '../../github/planning.ts';
import type { GithubOrgProvider } from '../../settings/schema.ts';
import type { Accounts } from './accounts.ts';
import { fetchCrowd } from './crowd.ts';
import type { GithubStore } from './store.ts';
import { toBlobId } from './store.ts';

/** The people and teams of an organisation: a repository of which every file is generated. */
export type PeopleRepository = { repository: Repository; texts: ReadonlyMap<string, { text: string; hash: string }> };

export type ReadPeople = { people: PeopleRepository[]; problems: Problem[] };

type PeopleTools = {
  accounts: Accounts;
  store: GithubStore;
  isOffline: boolean;
  emails: boolean;
  time: string;
  toId: (host: string, organization: string) => string;
};

type Organization = { name: string; provider: GithubOrgProvider };

/** Reads the people of every organisation that the configuration names, or that an App is installed with. */
export async function readPeople(providers: readonly GithubOrgProvider[], tools: PeopleTools): Promise<ReadPeople> {
  const byHost = Map.groupBy(providers, toHost);
  const read = await Promise.all([...byHost].map(([host, own]) => readHost(host, own, tools)));
  return { people: read.flatMap(({ people }) => people), problems: read.flatMap(({ problems }) => problems) };
}

/** Members and teams are seen by every member of their organisation. */
const ofPeople = { hasPages: true, visibility: 'internal' } as const;

async function readHost(
  host: string,
  providers: readonly GithubOrgProvider[],
  tools: PeopleTools,
): Promise<ReadPeople> {
  const problems: Problem[] = [];
  const organizations = await listOrganizations(host, providers, tools, problems);
  const crowds: Crowd[] = [];
  for (const { name, provider } of organizations) {
    const { crowd, problem } = await readCrowd(host, name, provider, tools);
    if (crowd) crowds.push(crowd);
    if (problem) problems.push(problem);
  }
  const { web } = tools.accounts.toAddresses(host);
  const files = toPeopleFiles(crowds, toOptions(web, organizations, tools.emails));
  const people = files.map(({ organization, files: own }) => ({
    repository: { id: tools.toId(host, organization), url: `${web}/orgs/${organization}`, ...ofPeople },
    texts: new Map(own.map(([path, text]) => [path, { text, hash: toBlobId(new TextEncoder().encode(text)) }])),
  }));
  return { people, problems };
}

async function listOrganizations(
  host: string,
  providers: readonly GithubOrgProvider[],
  { accounts, store, isOffline }: PeopleTools,
  problems: Problem[],
): Promise<Organization[]> {
  const found = new Map<string, Organization>();
  for (const provider of providers) {
    const installed = async () => {
      if (isOffline) return store.listCrowds(host);
      const { organizations, fault } = await accounts.listOrganizations(host);
      if (fault !== undefined) problems.push(toProblem('github-owner-failed', { owner: host, reason: fault }));
      return organizations;
    };
    for (const name of provider.orgs ?? (await installed()))
      if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { name, provider });
  }
  return [...found.values()];
}

function toOptions(web: string, organizations: readonly Organization[], emails: boolean): PeopleOptions {
  const byName = new Map(organizations.map(({ name, provider }) => [name, provider]));
  const isVerified = organizations.some(({ provider }) => provider.defaultUserTransformer?.useVerifiedEmails);
  return {
    web,
    toNamespaces: (name) => toNamespaces(name, organizations.length === 1, byName.get(name) ?? {}),
    emails: emails ? (isVerified ? 'verified' : 'public') : 'none',
  };
}

/** The people of an organisation as they are now, or as they were when that could last be seen. */
async function readCrowd(host: string, name: string, provider: GithubOrgProvider, tools: PeopleTools) {
  const { accounts, store, isOffline, emails, time } = tools;
  const before = store.findCrowd(host, name);
  if (isOffline) return { crowd: before };
  const client = await accounts.findClient(host, name);
  if (client === undefined) {
    const { fault: reason } = await accounts.listOrganizations(host);
    const problem =
      reason === undefined
        ? toProblem('github-credentials-missing', { host, owners: `people of ${name}` })
        : toProblem('github-people-partial', { organization: name, reason });
    return { crowd: before, problem };
  }
  const options = { emails, withoutSuspended: provider.excludeSuspendedUsers };
  const fetched = await fetchCrowd(client, name, options, time);
  if (fetched.reason !== undefined)
    return {
      crowd: before,
      problem: toProblem('github-people-partial', { organization: name, reason: fetched.reason }),
    };
  store.keepCrowd(host, fetched.crowd);
  return { crowd: fetched.crowd };
}
