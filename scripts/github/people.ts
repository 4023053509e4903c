import { stringify } from 'yaml';
import { z } from 'zod';

export const personSchema = z.object({
  login: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  bio: z.string().nullish(),
  avatarUrl: z.string().nullish(),
  email: z.string().nullish(),
  organizationVerifiedDomainEmails: z.array(z.string()).nullish(),
  suspendedAt: z.string().nullish(),
});

export const teamSchema = z.object({
  slug: z.string(),
  combinedSlug: z.string(),
  name: z.string(),
  description: z.string().nullish(),
  avatarUrl: z.string().nullish(),
  editTeamUrl: z.string().nullish(),
  parentTeam: z.object({ slug: z.string() }).nullish(),
  members: z.array(z.string()),
});

/** The people and teams of an organisation, as they are kept in the store. */
export const crowdSchema = z.object({
  organization: z.string(),
  seenAt: z.string(),
  people: z.array(personSchema),
  teams: z.array(teamSchema),
});

export type Person = z.infer<typeof personSchema>;
export type Team = z.infer<typeof teamSchema>;
export type Crowd = z.infer<typeof crowdSchema>;

/** How the people of some organisations become entities. */
export type PeopleOptions = {
  /** `https://github.com` */
  web: string;
  /** The namespace of an organisation's groups, and of its people. */
  toNamespaces: (organization: string) => { groups: string; users: string };
  emails: 'none' | 'public' | 'verified';
};

/** The files of an organisation: a path, which is also that of the page on GitHub, and the text of an entity. */
export type PeopleFiles = { organization: string; files: [path: string, text: string][] };

/**
 * Makes what `GithubOrgEntityProvider` makes: a Group of each team, a User of each member. A person of several
 * organisations is one User, with the groups of them all, beside the first one's.
 */
export function toPeopleFiles(crowds: readonly Crowd[], options: PeopleOptions): PeopleFiles[] {
  const memberships = listMemberships(crowds, options);
  const known = new Set<string>();
  return crowds.map((crowd) => {
    const people = crowd.people.filter(({ login }) => !known.has(login) && known.add(login));
    const teams = crowd.teams.map((team): [string, string] => [
      `teams/${team.slug}`,
      stringify(toGroup(team, crowd, options)),
    ]);
    const users = people.map((person): [string, string] => [
      `people/${person.login}`,
      stringify(toUser(person, crowd, memberships.get(person.login) ?? [], options)),
    ]);
    return { organization: crowd.organization, files: [...users, ...teams].toSorted(byPath) };
  });
}

const byPath = ([left]: [string, string], [right]: [string, string]) => (left < right ? -1 : 1);

function listMemberships(crowds: readonly Crowd[], { toNamespaces }: PeopleOptions): Map<string, string[]> {
  const memberships = new Map<string, string[]>();
  for (const { organization, teams } of crowds) {
    const { groups, users } = toNamespaces(organization);
    for (const { slug, members } of teams)
      for (const login of members) {
        const group = users === groups ? slug : `${groups}/${slug}`;
        memberships.set(login, [...(memberships.get(login) ?? []), group]);
      }
  }
  return memberships;
}

function toGroup(team: Team, { organization, teams }: Crowd, { web, toNamespaces }: PeopleOptions) {
  const { groups, users } = toNamespaces(organization);
  const toMember = (login: string) => (groups === users ? login : `${users}/${login}`);
  const children = teams.filter(({ parentTeam }) => parentTeam?.slug === team.slug).map(({ slug }) => slug);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: team.slug,
      ...(groups === 'default' ? {} : { namespace: groups }),
      ...(team.description ? { description: team.description } : {}),
      annotations: {
        ...toLocations(`${web}/orgs/${organization}/teams/${team.slug}`),
        'github.com/team-slug': team.combinedSlug,
        ...(team.editTeamUrl ? { 'backstage.io/edit-url': team.editTeamUrl } : {}),
      },
    },
    spec: {
      type: 'team',
      profile: { displayName: team.name, ...(team.avatarUrl ? { picture: team.avatarUrl } : {}) },
      ...(team.parentTeam ? { parent: team.parentTeam.slug } : {}),
      children: children.toSorted(),
      members: team.members.toSorted().map(toMember),
    },
  };
}

function toUser(person: Person, { organization }: Crowd, memberOf: readonly string[], options: PeopleOptions) {
  const { users } = options.toNamespaces(organization);
  const email = findEmail(person, options.emails);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: person.login,
      ...(users === 'default' ? {} : { namespace: users }),
      ...(person.bio ? { description: person.bio } : {}),
      annotations: {
        ...toLocations(`${options.web}/${person.login}`),
        'github.com/user-login': person.login,
        'github.com/user-id': person.id,
      },
    },
    spec: {
      profile: {
        ...(person.name ? { displayName: person.name } : {}),
        ...(email ? { email } : {}),
        ...(person.avatarUrl ? { picture: person.avatarUrl } : {}),
      },
      memberOf: memberOf.toSorted(),
    },
  };
}

const toLocations = (address: string) => ({
  'backstage.io/managed-by-location': `url:${address}`,
  'backstage.io/managed-by-origin-location': `url:${address}`,
});

function findEmail(person: Person, emails: PeopleOptions['emails']): string | undefined {
  if (emails === 'none') return undefined;
  const verified = emails === 'verified' ? person.organizationVerifiedDomainEmails?.[0] : undefined;
  return verified ?? person.email ?? undefined;
}
