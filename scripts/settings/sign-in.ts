import type { SectionReader } from './sections.ts';
import { type Defaults, findDefaults } from './sign-in-backstage.ts';
import { listSessionKeys } from './sign-in-keys.ts';
import { isSafeAddress, listRedirectUris } from './sign-in-places.ts';
import { allowKeys, allowSchema, signInSchema as schema } from './sign-in-schema.ts';
import { createTell, signInPath as path, type Tell, tellMisspelt, tellUnknown } from './sign-in-tell.ts';

type Allow = {
  groups?: string[] | undefined;
  emailDomains?: string[] | undefined;
  organizations?: string[] | undefined;
  teams?: string[] | undefined;
  users?: string[] | undefined;
};

export type OidcSettings = {
  kind: 'oidc';
  issuer: string;
  clientId: string;
  clientSecret?: string;
  clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  scopes?: string[];
  claims: { email: string; login: string; groups: string; person?: string };
  /** Where the issuer leads to after somebody signed out there. */
  afterSignOut?: string;
  /** The issuer is on this machine and speaks plain http; never outside of a test. */
  isInsecure: boolean;
};

export type GithubSignIn = {
  kind: 'github';
  host: string;
  clientId: string;
  clientSecret: string;
  scopes?: string[];
  isInsecure: boolean;
};

/** How people sign in, checked. */
export type SignInSettings = {
  provider: OidcSettings | GithubSignIn;
  /** Exact addresses that the provider leads back to. */
  redirectUris: string[];
  allow: Allow;
  /** Secrets that sessions are sealed with, as they were written; none where each process makes its own. */
  sessionKeys: string[];
  hours: number;
};

/** What `portal.signIn` says: nothing, something that can be used, or something that is wrong, which opens nothing. */
export type SignInConfiguration = { kind: 'absent' } | { kind: 'wrong' } | { kind: 'used'; settings: SignInSettings };

const usualHours = 8;

/** Whether the configuration speaks of signing in at all; only `false` says that nobody has to. */
export function isSignInNamed(reader: SectionReader): boolean {
  const tree = reader.findTree(path);
  return tree !== undefined && !(tree.type === 'scalar' && tree.value === false);
}

/** Reads how people sign in. Whatever is wrong in it makes all of it wrong: half of a lock is none. */
export function toSignIn(reader: SectionReader, base: string | undefined): SignInConfiguration {
  const before = reader.problems.length;
  tellMisspelt(reader);
  if (!isSignInNamed(reader)) return { kind: reader.problems.length > before ? 'wrong' : 'absent' };
  tellUnknown(reader);
  const settings = findSettings(reader, base);
  return settings && reader.problems.length === before ? { kind: 'used', settings } : { kind: 'wrong' };
}

function findSettings(reader: SectionReader, base: string | undefined): SignInSettings | undefined {
  const tell = createTell(reader);
  const defaults = findDefaults(reader, tell);
  if (!defaults) return undefined;
  const provider = findProvider(reader, defaults, tell);
  const allow = findAllow(reader, defaults.provider, tell);
  const isInsecure = reader.find(at('insecureLoopback'), schema.insecureLoopback) ?? false;
  const redirectUris = listRedirectUris(reader, base, isInsecure, tell);
  const sessionKeys = listSessionKeys(reader, tell);
  if (!provider || !allow || redirectUris.length === 0) return undefined;
  tellOpen(provider, allow, tell);
  return { provider, redirectUris, allow, sessionKeys, hours: reader.find(at('hours'), schema.hours) ?? usualHours };
}

const at = (key: keyof typeof schema) => `${path}.${key}`;

function findProvider(reader: SectionReader, defaults: Defaults, tell: Tell): SignInSettings['provider'] | undefined {
  const clientId = reader.find(at('clientId'), schema.clientId) ?? defaults.clientId;
  const clientSecret = reader.find(at('clientSecret'), schema.clientSecret) ?? defaults.clientSecret;
  const scopes = reader.find(at('scopes'), schema.scopes);
  const isInsecure = reader.find(at('insecureLoopback'), schema.insecureLoopback) ?? false;
  if (clientId === undefined) return tell('clientId', 'is missing');
  const shared = { clientId, ...(scopes && { scopes }), isInsecure };
  if (defaults.provider === 'github') {
    if (clientSecret === undefined) return tell('clientSecret', 'is missing, and GitHub asks for one');
    return {
      kind: 'github',
      host: reader.find(at('host'), schema.host) ?? defaults.host ?? 'github.com',
      clientSecret,
      ...shared,
    };
  }
  const issuer = reader.find(at('issuer'), schema.issuer) ?? defaults.issuer;
  if (issuer === undefined) return tell('issuer', 'is missing');
  if (!isSafeAddress(issuer, isInsecure)) return tell('issuer', 'must be https');
  const clientAuthentication =
    reader.find(at('clientAuthentication'), schema.clientAuthentication) ?? defaults.clientAuthentication;
  const afterSignOut = reader.find(at('afterSignOut'), schema.afterSignOut);
  return {
    ...{ kind: 'oidc', issuer, claims: toClaims(reader), ...shared },
    ...(clientSecret !== undefined && { clientSecret }),
    ...(clientAuthentication && { clientAuthentication }),
    ...(afterSignOut !== undefined && { afterSignOut }),
  };
}

function toClaims(reader: SectionReader): OidcSettings['claims'] {
  const {
    email = 'email',
    login = 'preferred_username',
    groups = 'groups',
    person,
  } = reader.find(at('claims'), schema.claims) ?? {};
  return { email, login, groups, ...(person !== undefined && { person }) };
}

function findAllow(reader: SectionReader, provider: 'oidc' | 'github', tell: Tell): Allow | undefined {
  const tree = reader.findTree(`${path}.allow`);
  if (tree === undefined) return {};
  if (tree.type === 'map')
    for (const [key, entry] of tree.entries)
      if (entry.tree.type === 'scalar' && entry.tree.value === null) tell(`allow.${key}`, 'must not be empty');
  const found: Allow | undefined = reader.find(`${path}.allow`, allowSchema);
  const foreign = Object.keys(found ?? {}).filter((key) => !allowKeys[provider].some((own) => own === key));
  for (const key of foreign) tell(`allow.${key}`, `cannot be told by the provider \`${provider}\``);
  // What is there and says nothing was meant to say something.
  if (!found || Object.keys(found).length === 0) return tell('allow', 'must say who is let in');
  return found;
}

/** Issuers that sign in anybody in the world. */
const worldwide =
  /^https:\/\/(accounts\.google\.com|gitlab\.com|login\.microsoftonline\.com\/(common|organizations|consumers)(\/.*)?|appleid\.apple\.com|login\.yahoo\.com|www\.facebook\.com|www\.linkedin\.com\/oauth)\/?$/i;

function tellOpen(provider: SignInSettings['provider'], allow: Allow, tell: Tell): void {
  const isWorldwide = provider.kind === 'github' || worldwide.test(provider.issuer);
  if (isWorldwide && Object.keys(allow).length === 0)
    tell('allow', 'is missing: anybody in the world can sign in there, so say who is let in');
}
