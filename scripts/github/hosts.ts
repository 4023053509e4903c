import { isLoopbackName } from '#model/loopback.ts';
import type { GithubIntegration } from '../settings/schema.ts';

/** Where a host is asked: `https://api.github.com` for its answers, `https://github.com` for git and for people. */
export type HostAddresses = { host: string; api: string; web: string };

/** The addresses of a host: `apiBaseUrl` where the integration says it, else what GitHub's own products use. */
export function toHostAddresses(host: string, integration?: Pick<GithubIntegration, 'apiBaseUrl'>): HostAddresses {
  const api = integration?.apiBaseUrl?.replace(/\/+$/, '') ?? toDefaultApi(host);
  const { protocol, hostname } = new URL(api);
  const web = `${isLoopbackName(hostname) && protocol === 'http:' ? 'http' : 'https'}://${host}`;
  return { host, api, web };
}

/** Whether a token may travel to this address: over TLS, or not leaving the machine. */
export function isSafeAddress(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackName(hostname));
}

function toDefaultApi(host: string): string {
  if (host === 'github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`;
}
