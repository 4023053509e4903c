import { z } from 'zod';
import { formatFault } from '../../github/faults.ts';
import { type HostAddresses, toHostAddresses } from '../../github/hosts.ts';
import type { GithubIntegration } from '../../settings/schema.ts';
import { type AppCredentials, type ClientTools, createClient, type GithubClient } from './client.ts';

/** The hosts of a configuration, and with which credential each owner on them is read. */
export type Accounts = {
  toAddresses: (host: string) => HostAddresses;
  /** Whether there is any credential for a host. */
  hasCredential: (host: string) => boolean;
  /** An App's installation with this owner, else the token of the host. */
  findClient: (host: string, owner: string) => Promise<GithubClient | undefined>;
  /** Any client of a host, for what everybody may read. */
  findGuest: (host: string) => Promise<GithubClient | undefined>;
  /** The organisations that Apps of a host are installed with, or why they cannot be had. */
  listOrganizations: (host: string, app?: string) => Promise<{ organizations: string[]; fault?: string }>;
};

type App = AppCredentials & { owners: ReadonlySet<string> | undefined };
type Installation = { app: App; id: number; owner: string; isOrganization: boolean };
type Found = { installations: Installation[]; fault?: string };

const installationsSchema = z.array(
  z.object({
    id: z.number(),
    account: z.object({ login: z.string() }).nullish(),
    target_type: z.string(),
    suspended_at: z.string().nullish(),
  }),
);

/** Makes the clients of a configuration, each when it is first needed. */
export function createAccounts(integrations: readonly GithubIntegration[], tools: ClientTools): Accounts {
  const findIntegration = (host: string) => integrations.find((each) => each.host.toLowerCase() === host.toLowerCase());
  const toAddresses = (host: string) => toHostAddresses(host, findIntegration(host));
  const clients = new Map<string, GithubClient>();
  const findOrCreate = (key: string, create: () => GithubClient) => {
    const client = clients.get(key) ?? create();
    clients.set(key, client);
    return client;
  };
  const found = new Map<string, Promise<Found>>();
  const listInstallations = (host: string): Promise<Found> => {
    const known = found.get(host) ?? findInstallations(toAddresses(host), toApps(findIntegration(host)), tools);
    found.set(host, known);
    return known;
  };
  const toInstalled = (host: string, { app: { appId, privateKey }, id }: Installation) => {
    const credential = { type: 'installation', appId, privateKey, installation: id } as const;
    return findOrCreate(`${host} ${id}`, () => createClient(toAddresses(host), credential, tools));
  };
  const findClient = async (host: string, owner: string) => {
    const integration = findIntegration(host);
    const { installations } = await listInstallations(host);
    const own = installations.find((each) => each.owner.toLowerCase() === owner.toLowerCase());
    if (own) return toInstalled(host, own);
    const token = integration?.token?.trim();
    if (!token) return undefined;
    return findOrCreate(`${host} token`, () => createClient(toAddresses(host), { type: 'token', token }, tools));
  };
  return {
    toAddresses,
    hasCredential: (host) => {
      const integration = findIntegration(host);
      return Boolean(integration?.token?.trim()) || toApps(integration).length > 0;
    },
    findClient,
    findGuest: async (host) => {
      const [first] = (await listInstallations(host)).installations;
      return first && toInstalled(host, first);
    },
    listOrganizations: async (host, app) => {
      const { installations, fault } = await listInstallations(host);
      const organizations = installations
        .filter((each) => each.isOrganization && (app === undefined || each.app.appId === app))
        .map(({ owner }) => owner);
      return { organizations: [...new Set(organizations)].toSorted(), ...(fault ? { fault } : {}) };
    },
  };
}

function toApps(integration: GithubIntegration | undefined): App[] {
  return (integration?.apps ?? []).flatMap(({ appId, privateKey, allowedInstallationOwners: owners }) =>
    appId === undefined || privateKey === undefined
      ? []
      : [{ appId: String(appId), privateKey, owners: owners && new Set(owners.map((owner) => owner.toLowerCase())) }],
  );
}

async function findInstallations(addresses: HostAddresses, apps: readonly App[], tools: ClientTools): Promise<Found> {
  const lists = await Promise.all(apps.map((app) => listOfApp(addresses, app, tools)));
  const fault = lists.find((list) => list.fault)?.fault;
  return { installations: lists.flatMap(({ installations }) => installations), ...(fault ? { fault } : {}) };
}

/** One that is suspended answers nothing, and one with an owner that is not allowed is left alone. */
async function listOfApp(addresses: HostAddresses, app: App, tools: ClientTools): Promise<Found> {
  const { appId, privateKey } = app;
  const answer = await createClient(addresses, { type: 'app', appId, privateKey }, tools).list('/app/installations');
  if (answer.fault !== undefined) return { installations: [], fault: formatFault(answer.fault, answer.message) };
  const rows = installationsSchema.safeParse(answer.data).data ?? [];
  const installations = rows.flatMap(({ id, account, target_type: type, suspended_at: suspended }) => {
    if (!account || suspended || (app.owners && !app.owners.has(account.login.toLowerCase()))) return [];
    return [{ app, id, owner: account.login, isOrganization: type === 'Organization' }];
  });
  return { installations };
}
