import type { Context } from '../context.ts';
import type { Person } from '../world/model.ts';
import { type PageArguments, toConnection } from './connection.ts';
import type { Fields } from './fields.ts';
import { toNodeId } from './node-id.ts';

/** A person as GraphQL shows them; like on GitHub, an App is told no e-mail. */
export function toPerson({ identity, origin }: Context, person: Person): Fields {
  const { databaseId, login, name, bio, email } = person;
  return {
    __typename: 'User',
    databaseId,
    login,
    name,
    bio,
    url: `${origin}/${login}`,
    id: toNodeId('U', databaseId),
    email: identity.kind === 'installation' ? '' : (email ?? ''),
    avatarUrl: `${origin}/avatars/${login}`,
    resourcePath: `/${login}`,
    suspendedAt: null,
    organizationVerifiedDomainEmails: () => (email === null ? [] : [email]),
    repositories: (page: PageArguments) => toConnection([], page, () => null),
  };
}
