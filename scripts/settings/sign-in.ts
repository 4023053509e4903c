import type { z } from 'zod';
import type { Place } from '#model/place.ts';
import { toProblem } from '#model/problems.ts';
import type { SectionReader } from './sections.ts';
import { type Defaults, findDefaults } from './sign-in-backstage.ts';
import { listRedirectUris } from './sign-in-places.ts';
import { allowSchemas, signInSchema } from './sign-in-schema.ts';
import type { Tree } from './tree.ts';

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

const path = 'portal.signIn';
const usualHours = 8;

/** Whether the configuration speaks of signing in at all. */
export function isSignInNamed(reader: SectionReader): boolean {
  const tree = reader.findTree(path);
  return tree !== undefined && !(tree.type === 'scalar' && (tree.value === null || tree.value === false));
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

/** Tells of something that is wrong with a setting. */
export type Tell = (key: string, message: string) => undefined;

function findSettings(reader: SectionReader, base: string | undefined): SignInSettings | undefined {
  const place = reader.findTree(path)?.place;
  const tell: Tell = (key, message) => tellWrong(reader, key === '' ? path : `${path}.${key}`, message, place);
  const defaults = findDefaults(reader, tell);
  if (!defaults) return undefined;
  const provider = findProvider(reader, defaults, tell);
  const allow = findAllow(reader, defaults.provider, tell);
  const isInsecure = find(reader, 'insecureLoopback') ?? false;
  const redirectUris = listRedirectUris(reader, base, isInsecure, tell);
  const sessionKeys = listSessionKeys(reader, tell);
  if (!provider || !allow || redirectUris.length === 0) return undefined;
  tellOpen(provider, allow, tell);
  return { provider, redirectUris, allow, sessionKeys, hours: find(reader, 'hours') ?? usualHours };
}

type Name = keyof typeof signInSchema;

const find = <Key extends Name>(reader: SectionReader, key: Key): z.infer<(typeof signInSchema)[Key]> | undefined =>
  reader.find(`${path}.${key}`, signInSchema[key]) as z.infer<(typeof signInSchema)[Key]> | undefined;

function findProvider(reader: SectionReader, defaults: Defaults, tell: Tell): SignInSettings['provider'] | undefined {
  const clientId = find(reader, 'clientId') ?? defaults.clientId;
  const clientSecret = find(reader, 'clientSecret') ?? defaults.clientSecret;
  const scopes = find(reader, 'scopes');
  const isInsecure = find(reader, 'insecureLoopback') ?? false;
  if (clientId === undefined) return tell('clientId', 'is missing');
  const shared = { clientId, ...(scopes && { scopes }), isInsecure };
  if (defaults.provider === 'github') {
    if (clientSecret === undefined) return tell('clientSecret', 'is missing, and GitHub asks for one');
    return { kind: 'github', host: find(reader, 'host') ?? defaults.host ?? 'github.com', clientSecret, ...shared };
  }
  const issuer = find(reader, 'issuer') ?? defaults.issuer;
  if (issuer === undefined) return tell('issuer', 'is missing');
  if (!isSafeAddress(issuer, isInsecure)) return tell('issuer', 'must be https');
  const clientAuthentication = find(reader, 'clientAuthentication') ?? defaults.clientAuthentication;
  const afterSignOut = find(reader, 'afterSignOut');
  return {
    ...{ kind: 'oidc', issuer, claims: toClaims(reader), ...shared },
    ...(clientSecret !== undefined && { clientSecret }),
    ...(clientAuthentication && { clientAuthentication }),
    ...(afterSignOut !== undefined && { afterSignOut }),
  };
}

function toClaims(reader: SectionReader): OidcSettings['claims'] {
  const { email = 'email', login = 'preferred_username', groups = 'groups', person } = find(reader, 'claims') ?? {};
  return { email, login, groups, ...(person !== undefined && { person }) };
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Whether nobody on the way can read or change what is sent to an address. */
export function isSafeAddress(url: string, isInsecure: boolean): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (isInsecure && loopback.test(hostname));
}

function findAllow(reader: SectionReader, provider: 'oidc' | 'github', tell: Tell): Allow | undefined {
  const tree = reader.findTree(`${path}.allow`);
  if (tree === undefined) return {};
  const found: Allow | undefined = reader.find(`${path}.allow`, allowSchemas[provider]);
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

/** The secrets of a list, each as long as a key has to be. */
function listSessionKeys(reader: SectionReader, tell: Tell): string[] {
  const keys = find(reader, 'sessionKeys') ?? [];
  if (keys.length > 10) tell('sessionKeys', 'must be at most ten: what the oldest sealed is long over');
  for (const [at, key] of keys.entries())
    if (toKeyBytes(key).length < 32)
      tell(`sessionKeys[${at}]`, 'must be 32 bytes or more, such as `openssl rand -base64 32` prints');
  return keys;
}

/** The bytes of a secret: of base64 what it stands for, where that is long enough for a key; else its letters. */
export function toKeyBytes(key: string): Uint8Array {
  const letters = new TextEncoder().encode(key);
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(key)) return letters;
  const bytes = findBase64(key);
  return bytes && bytes.length >= 32 ? bytes : letters;
}

function findBase64(text: string): Uint8Array | undefined {
  try {
    const plain = text.replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

const known: ReadonlySet<string> = new Set([...Object.keys(signInSchema), 'allow']);

/** A setting that is misspelt would be missed in silence, and with it what it protects. */
function tellUnknown(reader: SectionReader): void {
  const tree = reader.findTree(path);
  if (tree?.type === 'scalar' && tree.value === true) return;
  if (tree?.type === 'lost') return void reader.problems.push(tree.toProblem(path));
  if (tree?.type !== 'map') return void tellWrong(reader, path, 'must be a map, `true` or `false`', tree?.place);
  for (const [key, { place }] of tree.entries)
    if (!known.has(key)) tellWrong(reader, `${path}.${key}`, 'is no setting of signing in', place);
}

/** `portal.signin`, `portal.sign-in`: somebody meant to lock the door. */
function tellMisspelt(reader: SectionReader): void {
  const tree: Tree | undefined = reader.findTree('portal');
  if (tree?.type !== 'map') return;
  for (const [key, { place }] of tree.entries) {
    const isMeant = key.toLowerCase().replace(/[^a-z]/g, '') === 'signin' && key !== 'signIn';
    if (isMeant) tellWrong(reader, `portal.${key}`, 'is no setting: write `portal.signIn`', place);
  }
}

function tellWrong(reader: SectionReader, key: string, message: string, place: Place | undefined): undefined {
  reader.problems.push(toProblem('setting-wrong-type', { key, message }, place && { place }));
}
