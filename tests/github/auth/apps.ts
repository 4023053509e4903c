import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { toDate } from '../git/objects.ts';
import type { Repository } from '../world/model.ts';
import type { Identity, Limits } from './identity.ts';
import type { Permissions } from './permissions.ts';

export type InstallationSeed = {
  id: number;
  /** The organisation that it is installed in. */
  account: string;
  /** Names of the repositories it was given; all of them when left out. */
  repositories?: readonly string[];
  permissions?: Permissions;
  isSuspended?: boolean;
};

export type AppSeed = {
  id: number;
  slug: string;
  permissions?: Permissions;
  installations: readonly InstallationSeed[];
  limits?: Partial<Limits>;
  /** How long an installation's token is good for; an hour when left out. */
  tokenSeconds?: number;
};

/** An App with its keys, made at the start. */
export type App = AppSeed & { permissions: Permissions; privateKey: string; publicKey: KeyObject };

/** What the portal asks of an organisation when it is installed. */
const usualPermissions: Permissions = { metadata: 'read', contents: 'read', members: 'read', administration: 'read' };

/** Gives an App the keys that it proves itself with. */
export async function createApp(seed: AppSeed): Promise<App> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const text = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { permissions: usualPermissions, ...seed, privateKey: text, publicKey };
}

/** The App itself: it may speak of its installations and read no repository. */
export function toAppIdentity({ id, slug }: App): Identity {
  return {
    kind: 'app',
    title: `App ID ${id}`,
    login: `${slug}[bot]`,
    appId: id,
    limits: { core: 5000, graphql: 0 },
    sees: () => false,
    may: () => false,
    hasPassedSso: () => true,
  };
}

export type IssuedToken = {
  token: string;
  expiresAt: number;
  app: App;
  installation: InstallationSeed;
  only?: Narrowing;
};
export type Narrowing = { repositories?: readonly string[]; permissions?: Permissions };

/** An App in one organisation: it sees what it was given, and sign-ins of people do not concern it. */
export function toInstallation({ app, installation, only = {} }: IssuedToken): Identity {
  const { account, id, repositories } = installation;
  const permissions = only.permissions ?? installation.permissions ?? app.permissions;
  const owns = (login: string) => login.toLowerCase() === account.toLowerCase();
  const isGiven = ({ owner, name }: Repository) =>
    owns(owner) && [repositories, only.repositories].every((names) => !names || names.includes(name));
  const sees = (repository: Repository) => repository.visibility === 'public' || isGiven(repository);
  return {
    kind: 'installation',
    title: `installation ID ${id}`,
    login: `${app.slug}[bot]`,
    appId: app.id,
    installationId: id,
    sees,
    isGiven,
    hasPassedSso: () => true,
    limits: { core: 5000, graphql: 5000, ...app.limits },
    may: (permission, of) => {
      if ('visibility' in of && of.visibility === 'public' && !owns(of.owner)) return permission !== 'members';
      return permission in permissions && ('visibility' in of ? sees(of) : owns(of.login));
    },
  };
}

/** The token as GitHub hands it out. */
export const toTokenBody = ({ token, expiresAt, app, installation, only }: IssuedToken) => ({
  token,
  expires_at: toDate(expiresAt),
  permissions: only?.permissions ?? installation.permissions ?? app.permissions,
  repository_selection: (installation.repositories ?? only?.repositories) ? 'selected' : 'all',
});
