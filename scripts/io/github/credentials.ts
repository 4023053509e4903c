import type { ProxySettings } from '../../../src/proxy/settings.ts';
import { toHostAddresses } from '../../github/hosts.ts';
import type { GithubIntegration } from '../../settings/schema.ts';
import type { Accounts } from './accounts.ts';
import { createMeter } from './meter.ts';

type Tools = { fetch: typeof globalThis.fetch; now: () => number };

/** How the proxy signs in to the hosts of GitHub: an App's installation with an owner, else the token of the host. */
export function toGithubHosts(integrations: readonly GithubIntegration[], tools: Tools): ProxySettings['github'] {
  const { findAccounts } = createAccountsFinder(integrations, tools);
  return integrations.map((integration) => {
    const { host, token: written, apps = [] } = integration;
    const { api, web } = toHostAddresses(host, integration);
    const token = written?.trim() || undefined;
    const ask = async (owner: string): Promise<string | undefined> =>
      apps.length === 0 ? token : (await (await findAccounts()).findClient(host, owner))?.findToken();
    const toCredential = (owner: string) => async (): Promise<Record<string, string>> => {
      const found = await ask(owner).catch(() => undefined);
      return found === undefined ? {} : { authorization: `Bearer ${found}` };
    };
    const hasAny = token !== undefined || apps.length > 0;
    return { host, apiUrl: api, webUrl: web, toCredential: hasAny ? toCredential : () => undefined };
  });
}

/** What Apps need is large, and loaded when the first of them is asked for a token. */
function createAccountsFinder(integrations: readonly GithubIntegration[], tools: Tools) {
  let accounts: Promise<Accounts> | undefined;
  const load = async (): Promise<Accounts> => {
    const { createAccounts } = await import('./accounts.ts');
    const client = { ...tools, meter: createMeter(), secrets: new Set<string>() };
    return createAccounts(integrations, { ...client, stopAt: 0, second: 1000, patience: 5000 });
  };
  return {
    findAccounts: () => {
      accounts ??= load();
      return accounts;
    },
  };
}
