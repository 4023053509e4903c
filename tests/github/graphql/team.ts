import type { Context } from '../context.ts';
import type { Organisation, Team } from '../world/model.ts';
import { type PageArguments, toConnection } from './connection.ts';
import type { Fields } from './fields.ts';
import { toNodeId } from './node-id.ts';
import { toOrganisation } from './owner.ts';
import { toPerson } from './person.ts';

type MemberArguments = PageArguments & { membership?: 'ALL' | 'IMMEDIATE' | 'CHILD_TEAM' | null };

/** A team as GraphQL shows it. */
export function toTeam(context: Context, organisation: Organisation, team: Team): Fields {
  const { databaseId, slug, name, description, parent, isSecret } = team;
  const url = `${context.origin}/orgs/${organisation.login}/teams/${slug}`;
  const parentTeam = parent === undefined ? undefined : organisation.teams.get(parent);
  return {
    __typename: 'Team',
    databaseId,
    slug,
    name,
    description,
    url,
    id: toNodeId('T', databaseId),
    combinedSlug: `${organisation.login}/${slug}`,
    avatarUrl: `${context.origin}/avatars/t/${databaseId}`,
    editTeamUrl: `${url}/edit`,
    privacy: isSecret ? 'SECRET' : 'VISIBLE',
    organization: () => toOrganisation(context, organisation),
    parentTeam: () => (parentTeam ? toTeam(context, organisation, parentTeam) : null),
    members: ({ membership, ...page }: MemberArguments) => {
      const logins = members[membership ?? 'ALL'](organisation, team);
      const people = [...logins].flatMap((login) => context.world.people.get(login.toLowerCase()) ?? []);
      const rows = people.map((person) => ({ key: person.login, person }));
      return toConnection(rows, page, ({ person }) => toPerson(context, person));
    },
  };
}

type ListLogins = (organisation: Organisation, team: Team) => Set<string>;

const listBelow: ListLogins = (organisation, { slug }) => {
  const below = [...organisation.teams.values()].filter(({ parent }) => parent === slug);
  return new Set(below.flatMap((team) => [...team.members, ...listBelow(organisation, team)]));
};

const members: Record<'ALL' | 'IMMEDIATE' | 'CHILD_TEAM', ListLogins> = {
  ALL: (organisation, team) => new Set([...team.members, ...listBelow(organisation, team)]),
  IMMEDIATE: (_organisation, team) => new Set(team.members),
  CHILD_TEAM: listBelow,
};
