import type { ProxySettings } from '../../../src/proxy/settings.ts';
import type { GithubIntegration } from '../../settings/schema.ts';
import { createAccounts } from './accounts.ts';
import { createMeter } from './meter.ts';

/** How the proxy signs in to the hosts of GitHub: an App's installation with an owner, else the token of the host. */
export function toGithubHosts(
  integrations: readonly GithubIntegration[],
  { fetch, now }: { fetch: typeof globalThis.fetch; now: () => number },
): ProxySettings['github'] {
  const accounts = createAccounts(integrations, {
    ...{ fetch, now, meter: createMeter(), secrets: new Set<string>() },
    ...{ stopAt: 0, second: 1000, patience: 5000 },
  });
  return integrations.map(({ host }) => {
    const { api, web } = accounts.toAddresses(host);
    const toCredential = (owner: string) => async (): Promise<Record<string, string>> => {
      const token = await accounts.findClient(host, owner).then(
        (client) => client?.findToken(),
        () => undefined,
      );
      return token === undefined ? {} : { authorization: `Bearer ${token}` };
    };
    return {
      host,
      apiUrl: api,
      webUrl: web,
      toCredential: accounts.hasCredential(host) ? toCredential : () => undefined,
    };
  });
}
