import { toDecoded } from './paths.ts';

/** What a browser address of a git host says: the repository, and the file in it where one is named. */
export type GitAddress = {
  /** The repository's own address, lower-case host, no trailing slash, no `.git`. */
  repository: string;
  /** The branch, tag or commit; absent when the address names none or leaves it open (`-`, `HEAD`). */
  reference?: string;
  /** Path inside the repository; absent when the address names the repository alone. */
  path?: string;
};

type AddressRow = {
  /** Whether addresses of this host are read this way. */
  fits: (host: string, path: string) => boolean;
  /** `owner` is everything before the repository's name; `rest` begins with the reference. */
  pattern: RegExp;
  toHost?: (host: string) => string;
};

const isHost = (name: string) => (host: string) => host === name || host.startsWith(`${name.split('.')[0]}.`);

/** One row a way of writing addresses; the first that fits is taken, so the most telling forms come first. */
const rows: AddressRow[] = [
  {
    fits: (host) => host === 'raw.githubusercontent.com',
    pattern: /^\/(?<owner>[^/]+)\/(?<name>[^/]+)\/(?:refs\/heads\/)?(?<rest>.+)$/,
    toHost: () => 'github.com',
  },
  {
    fits: (_host, path) => /\/-\/(?:blob|tree|raw|edit)\//.test(path),
    pattern: /^\/(?<owner>.+?)\/(?<name>[^/]+)\/-\/(?:blob|tree|raw|edit)\/(?<rest>.+)$/,
  },
  {
    fits: isHost('bitbucket.org'),
    pattern: /^\/(?<owner>[^/]+)\/(?<name>[^/]+)(?:\/(?:src|raw)\/(?<rest>.+))?/,
  },
  {
    fits: (_host, path) => /\/(?:src|raw)\/(?:branch|tag|commit)\//.test(path),
    pattern: /^\/(?<owner>[^/]+)\/(?<name>[^/]+)\/(?:src|raw)\/(?:branch|tag|commit)\/(?<rest>.+)$/,
  },
  {
    fits: isHost('gitlab.com'),
    pattern: /^\/(?<owner>[^/]+(?:\/[^/]+)*?)\/(?<name>[^/]+)(?:\/(?:blob|tree|raw|edit)\/(?<rest>.+))?$/,
  },
  {
    fits: () => true,
    pattern: /^\/(?<owner>[^/]+)\/(?<name>[^/]+?)(?:\.git)?(?:\/(?:blob|tree|raw|edit)\/(?<rest>.+))?\/?$/,
  },
];

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Finds what an `https:` address of a git host names; `branch` helps to tell a branch with slashes from the path. */
export function findGitAddress(text: string, branch?: string): GitAddress | undefined {
  const url = parseUrl(text);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return undefined;
  const row = rows.find(({ fits }) => fits(url.hostname, url.pathname));
  const groups = row?.pattern.exec(url.pathname)?.groups;
  if (row === undefined || groups?.owner === undefined || groups.name === undefined) return undefined;
  const host = row.toHost?.(url.host) ?? url.host;
  const repository = `${url.protocol}//${host}/${groups.owner}/${groups.name.replace(/\.git$/, '')}`;
  if (groups.rest === undefined) return { repository };
  const rest = toDecoded(groups.rest);
  const known = branch !== undefined && rest.startsWith(`${branch}/`) ? branch : undefined;
  const reference = known ?? rest.split('/', 1)[0] ?? '';
  const path = rest.slice(reference.length + 1);
  const isOpen = reference === '-' || reference === 'HEAD';
  return { repository, ...(isOpen ? {} : { reference }), path };
}

/** The hosts whose addresses Backstage knows as git hosts without being told. */
const knownHosts: ReadonlySet<string> = new Set(['github.com', 'gitlab.com', 'bitbucket.org', 'dev.azure.com']);

/** Whether an address is on a git host: one that everybody knows, or one of `hosts` (from `integrations`). */
export function isGitHost(text: string, hosts: readonly string[] = []): boolean {
  const host = parseUrl(text)?.host;
  return host !== undefined && (knownHosts.has(host) || hosts.includes(host));
}

/** Whether two repository addresses are the same one; case, a trailing slash and `.git` do not matter. */
export function isSameRepository(left: string, right: string): boolean {
  return toRepositoryKey(left) === toRepositoryKey(right);
}

/** A repository's address in the one spelling that is compared: host and path, lower case. */
export function toRepositoryKey(address: string): string {
  return address
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/i, '')
    .toLowerCase();
}

/**
 * Finds the browser address of a git remote, whichever way it is written (`git@host:owner/name.git`, `ssh://`, `https://`
 * with or without credentials, which are dropped). Undefined for a path on the disk.
 */
export function findBrowserUrl(remote: string): string | undefined {
  const scp = /^(?:[^@/\s]+@)?([A-Za-z0-9.-]+):(?!\/\/)([^\s]+)$/.exec(remote);
  const written = scp ? `ssh://${scp[1]}/${scp[2]}` : remote;
  const url = parseUrl(written);
  if (url === undefined || !/^(?:https?|ssh|git):$/.test(url.protocol) || url.hostname === '') return undefined;
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  if (path === '') return undefined;
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb ? `${url.protocol}//${url.host}${path}` : `https://${url.hostname}${path}`;
}
