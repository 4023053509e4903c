import type { Organisation, Repository } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { type Permission, type Permissions, scopesFor } from './permissions.ts';

export type Limits = { core: number; graphql: number };

/** Who asks, and what GitHub lets them see. */
export type Identity = {
  kind: 'anonymous' | 'user' | 'app' | 'installation';
  /** As GitHub's refusals name them: `user ID 1001`. */
  title: string;
  login: string;
  limits: Limits;
  /** True where the repository exists for them at all. */
  sees: (repository: Repository) => boolean;
  /** True where an installation was given the repository, which public ones are not by being public. */
  isGiven?: (repository: Repository) => boolean;
  /** True where they may read such a thing of a repository or an organisation that they see. */
  may: (permission: Permission, of: Repository | Organisation) => boolean;
  /** True where the organisation's sign-in does not stand in their way. */
  hasPassedSso: (organisation: Organisation | undefined) => boolean;
  /** The scopes of a classic token. */
  scopes?: readonly string[];
  appId?: number;
  installationId?: number;
};

/** A token of a person: classic with `scopes`, or fine-grained with `permissions`. */
export type TokenSeed = {
  login: string;
  scopes?: readonly string[];
  permissions?: Permissions;
  /** Organisations whose sign-in the token has passed. */
  sso?: readonly string[];
  limits?: Partial<Limits>;
};

export const anonymous: Identity = {
  kind: 'anonymous',
  title: '127.0.0.1',
  login: '',
  limits: { core: 60, graphql: 0 },
  sees: ({ visibility }) => visibility === 'public',
  may: (permission, of) => permission !== 'members' && 'visibility' in of && of.visibility === 'public',
  hasPassedSso: () => true,
};

/** The person behind a token. Members of an organisation see all of its repositories as far as the token's scopes go. */
export function toUser(world: World, seed: TokenSeed): Identity {
  const { login, scopes = [], permissions, sso = [], limits } = seed;
  const isMember = (owner: string) => world.findOrganisation(owner)?.members.has(login) ?? false;
  const has = (permission: Permission) =>
    permissions ? permission in permissions : scopesFor[permission].some((scope) => scopes.includes(scope));
  const sees = ({ visibility, owner }: Repository) => visibility === 'public' || (isMember(owner) && has('metadata'));
  return {
    kind: 'user',
    login,
    limits: { core: 5000, graphql: 5000, ...limits },
    sees,
    title: `user ID ${world.people.get(login.toLowerCase())?.databaseId ?? 0}`,
    may: (permission, of) => {
      if ('visibility' in of && of.visibility === 'public' && !permissions) return true;
      return has(permission) && ('visibility' in of ? sees(of) : isMember(of.login));
    },
    hasPassedSso: (organisation) => !organisation?.hasSso || sso.includes(organisation.login),
    ...(permissions ? {} : { scopes }),
  };
}
