import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { startSite } from '../../scripts/commands/serve.ts';
import { listen } from '../../scripts/io/listen.ts';
import { type Browser, createBrowser, type Seen } from './browser.ts';
import type { GithubOauth } from './github-oauth.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { toPerson } from './people.ts';
import { writeSite } from './site-files.ts';

const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Where a portal will be: its port, and what a provider leads back to. */
export type Address = { port: number; origin: string; base: string; top: string; callback: string };

/** Finds a port for a portal, because provider and portal must know of each other before either starts. */
export async function findAddress(base = '/'): Promise<Address> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((done) => server.close(done));
  const [origin, top] = [`http://localhost:${port}`, base === '/' ? '/' : `${base}/`];
  return { port, origin, base, top, callback: `${origin}${top}auth/callback` };
}

/** A portal behind sign-in, and all that it wrote. */
export type Portal = Address & { written: () => string; stop: () => void };

type Wanted = {
  address: Address;
  /** `portal.signIn`. */
  signIn: Readonly<Record<string, unknown>>;
  now?: () => number;
  /** Seconds that a provider has for an answer. */
  patience?: number;
  /** A built site in place of the small one. */
  folder?: string;
  /** What else stands in the configuration. */
  more?: Readonly<Record<string, unknown>>;
};

/** A secret that sessions are sealed with. */
export const createKey = (): string => randomBytes(32).toString('base64');

/** Starts `portolan serve` behind sign-in. */
export async function startPortal({ address, signIn, folder, more = {}, ...outside }: Wanted): Promise<Portal> {
  const root = mkdtempSync(join(tmpdir(), 'portolan-sign-in-'));
  const site = folder ?? join(root, 'dist');
  if (folder === undefined) writeSite(site, address.base);
  writeFileSync(join(root, 'app-config.yaml'), stringify({ portal: { signIn, ...more } }));
  let written = '';
  const output = { write: (text: string) => (written += text) };
  const context = { workingFolder: root, environment: {}, packageFolder, out: output, error: output };
  const { stop } = await startSite({ root, out: site, port: String(address.port) }, context, outside);
  if (written.includes('is taken')) throw new Error(`The port ${address.port} was taken by somebody else.`);
  return {
    ...address,
    written: () => written,
    stop: () => {
      stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** `portal.signIn` for an identity provider. */
export const toOidcSettings = ({ issuer, clientId, clientSecret }: IdentityProvider, { callback }: Address) => ({
  ...{ provider: 'oidc', issuer, clientId, clientSecret, redirectUris: [callback], insecureLoopback: true },
});

/** `portal.signIn` for a GitHub. */
export const toGithubSettings = ({ host, clientId, clientSecret }: GithubOauth, { callback }: Address) => ({
  ...{ provider: 'github', host, clientId, clientSecret, redirectUris: [callback], insecureLoopback: true },
});

/** Goes through the pages of the identity provider, from wherever the portal led to, back to the portal. */
export async function passProvider(browser: Browser, at: Seen, name: string): Promise<Seen> {
  let seen = at;
  if (seen.text.includes('Sign in to Acme'))
    seen = await browser.submit(seen, { email: toPerson(name).email, do: 'login' });
  if (seen.text.includes('Let the portal know')) seen = await browser.submit(seen, { do: 'consent' });
  return seen;
}

/** Somebody who opens a page of the portal and signs in on the way. */
export async function signIn(portal: Address, name = 'amara.okafor', path = portal.top) {
  const browser = createBrowser();
  const seen = await passProvider(browser, await browser.open(portal.origin + path), name);
  return { browser, seen };
}

/** The name of the cookie of a session on loopback http. */
export const sessionCookie = 'portolan-session';
