import type { Context } from '../context.ts';
import type { Organisation, Repository, Team } from '../world/model.ts';
import { type PageArguments, toConnection } from './connection.ts';
import type { Fields } from './fields.ts';
import { toNodeId } from './node-id.ts';
import { toPerson } from './person.ts';
import { blockedBySso, Refusal } from './refusal.ts';
import { toRepository } from './repository.ts';
import { toTeam } from './team.ts';

/** Whoever has this name, as an owner of repositories; null for nobody. */
export function toOwner(context: Context, login: string): Fields | null {
  const organisation = context.world.findOrganisation(login);
  if (organisation) return toOrganisation(context, organisation);
  const person = context.world.people.get(login.toLowerCase());
  return person ? toPerson(context, person) : null;
}

/** An organisation as GraphQL shows it. */
export function toOrganisation(context: Context, organisation: Organisation): Fields {
  const { databaseId, login, name, description, members, teams } = organisation;
  const url = `${context.origin}/${login}`;
  return {
    __typename: 'Organization',
    databaseId,
    login,
    name,
    description,
    url,
    id: toNodeId('O', databaseId),
    email: null,
    location: null,
    websiteUrl: null,
    resourcePath: `/${login}`,
    avatarUrl: `${context.origin}/avatars/${login}`,
    repositories: (page: RepositoryArguments) => {
      const rows = listRepositories(context, login, page);
      return toConnection(rows, page, ({ repository }) => toRepository(context, repository));
    },
    repository: ({ name: wanted }: { name: string }) => {
      const found = context.world.findRepository(`${login}/${wanted}`)?.repository;
      return found && context.identity.sees(found) ? toRepository(context, found) : null;
    },
    teams: (page: PageArguments & { rootTeamsOnly?: boolean }) => {
      checkMembers(context, organisation);
      const rows = listTeams(teams, page.rootTeamsOnly).map((team) => ({ key: team.slug, team }));
      return toConnection(rows, page, ({ team }) => toTeam(context, organisation, team));
    },
    team: ({ slug }: { slug: string }) => {
      checkMembers(context, organisation);
      const team = teams.get(slug);
      return team ? toTeam(context, organisation, team) : null;
    },
    membersWithRole: (page: PageArguments) => {
      checkMembers(context, organisation);
      const people = [...members.keys()].flatMap((member) => context.world.people.get(member.toLowerCase()) ?? []);
      const rows = people.map((person) => ({ key: person.login, person }));
      return toConnection(rows, page, ({ person }) => toPerson(context, person));
    },
  };
}

const listTeams = (teams: ReadonlyMap<string, Team>, rootTeamsOnly?: boolean) =>
  [...teams.values()].filter(({ parent }) => !rootTeamsOnly || parent === undefined);

/** Throws where the people of an organisation may not be seen. */
function checkMembers({ identity }: Context, organisation: Organisation): void {
  if (!identity.hasPassedSso(organisation)) throw blockedBySso();
  if (identity.may('members', organisation)) return;
  if (identity.kind === 'installation') throw new Refusal('FORBIDDEN', 'Resource not accessible by integration');
  throw new Refusal(
    'INSUFFICIENT_SCOPES',
    `Your token has not been granted the required scopes to execute this query. It requires one of the following scopes: ['read:org'], but your token has only been granted the: [${(identity.scopes ?? []).map((scope) => `'${scope}'`).join(', ')}] scopes.`,
  );
}

type Order = { field: 'CREATED_AT' | 'UPDATED_AT' | 'PUSHED_AT' | 'NAME' | 'STARGAZERS'; direction: 'ASC' | 'DESC' };

type RepositoryArguments = PageArguments & {
  orderBy?: Order | null;
  isArchived?: boolean | null;
  isFork?: boolean | null;
  privacy?: 'PUBLIC' | 'PRIVATE' | null;
  visibility?: 'PUBLIC' | 'PRIVATE' | 'INTERNAL' | null;
};

function listRepositories({ world, identity }: Context, login: string, wanted: RepositoryArguments) {
  const { isArchived, isFork, privacy, visibility, orderBy } = wanted;
  const found = world
    .listRepositories(login)
    .filter(
      (repository) =>
        identity.sees(repository) &&
        (isArchived ?? repository.isArchived) === repository.isArchived &&
        (isFork ?? repository.isFork) === repository.isFork &&
        (visibility ?? repository.visibility.toUpperCase()) === repository.visibility.toUpperCase() &&
        (!privacy || (privacy === 'PUBLIC') === (repository.visibility === 'public')),
    );
  const rows = found.map((repository) => ({ key: String(repository.databaseId), repository }));
  if (!orderBy) return rows;
  const sorted = rows.toSorted((a, b) => orders[orderBy.field](a.repository, b.repository));
  return orderBy.direction === 'DESC' ? sorted.reverse() : sorted;
}

const orders: Record<Order['field'], (a: Repository, b: Repository) => number> = {
  CREATED_AT: (a, b) => a.createdAt - b.createdAt,
  UPDATED_AT: (a, b) => a.pushedAt - b.pushedAt,
  PUSHED_AT: (a, b) => a.pushedAt - b.pushedAt,
  NAME: (a, b) => (a.name < b.name ? -1 : 1),
  STARGAZERS: (a, b) => a.databaseId - b.databaseId,
};
