import { join } from 'node:path';
import { createBareRepository } from '../git/bare.ts';
import { buildRepositories } from './build.ts';
import type { Team } from './model.ts';
import type { Registry } from './registry.ts';
import type { MemberSeed, OrganisationSeed, TeamSeed } from './seed.ts';

/** Makes an organisation with its people, teams and bare repositories below `root`. */
export async function buildOrganisation(registry: Registry, root: string, seed: OrganisationSeed): Promise<void> {
  const { login, name = login, description = null, hasSso = false, members = [], repositories = [] } = seed;
  const databaseId = registry.takeId();
  const teams = (seed.teams ?? []).map((team) => toTeam(registry, team));
  for (const member of members) addPerson(registry, member);
  registry.organisations.set(login.toLowerCase(), {
    databaseId,
    login,
    name,
    description,
    hasSso,
    members: new Map(members.map((member) => [member.login, member.role ?? 'MEMBER'])),
    teams: new Map(teams.map((team) => [team.slug, team])),
  });
  const shared = seed.sharesObjects ? join(root, `${databaseId}-objects.git`) : undefined;
  if (shared) await createBareRepository(shared, 'main');
  await buildRepositories(registry, root, login, repositories, shared);
}

const toTeam = (registry: Registry, { slug, name = slug, ...rest }: TeamSeed): Team => ({
  databaseId: registry.takeId(),
  slug,
  name,
  parent: rest.parent,
  description: rest.description ?? null,
  members: rest.members ?? [],
  isSecret: rest.isSecret ?? false,
});

/** Whoever is in several organisations is one person, known from the first. */
function addPerson({ people, takeId }: Registry, { login, name = null, email = null, bio = null }: MemberSeed): void {
  const key = login.toLowerCase();
  if (!people.has(key)) people.set(key, { databaseId: takeId(), login, name, email, bio });
}
