/** Whether a target asks only whether the server lives: exactly one of two addresses at its root. */
export function isProbe(target: string): boolean {
  return target === '/healthz' || target === '/readyz';
}

/** The host of a `Host` header without its port, in lower case. */
function toHostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * The redirect URI of the host that a request is for: the one that fits to the port, else to the name. Nothing where we do not
 * answer for that host. What a request says only chooses among what the operator wrote.
 */
export function findRedirectUri(host: string, redirectUris: readonly string[]): string | undefined {
  const wanted = host.toLowerCase();
  return (
    redirectUris.find((uri) => new URL(uri).host === wanted) ??
    redirectUris.find((uri) => new URL(uri).hostname === toHostName(wanted))
  );
}

/** Whether a request wants a page to look at, rather than something for a page. */
export function isNavigation(method: string, findHeader: (name: string) => string | undefined): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return findHeader('sec-fetch-mode') === 'navigate' || /\btext\/html\b/i.test(findHeader('accept') ?? '');
}

/** Whether a request that changes something comes from a page of ours. */
export function isOwnRequest(origin: string, findHeader: (name: string) => string | undefined): boolean {
  const [site, from] = [findHeader('sec-fetch-site'), findHeader('origin')];
  if (site !== undefined && site !== 'same-origin') return false;
  return from === undefined ? site === 'same-origin' : from === origin;
}
