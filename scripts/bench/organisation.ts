import { type Chance, createChance } from './chance.ts';
import { toComponents } from './components.ts';
import { apiVersion, type Envelope, list, number, shares, toSentence, type Unit } from './envelopes.ts';

/** A synthetic organisation: its catalog files by path, and how many relations they make, counted from both ends. */
export type Organisation = { total: number; files: ReadonlyMap<string, readonly Envelope[]>; relations: number };

/** How many people, or teams, one file of the `org` repository lists. */
const rosterLimit = 100;

/** How many teams stand above all others: the organisation, then its departments. */
const upperTeams = 8;

/** Makes an organisation of exactly `total` entities; the same one for the same numbers. */
export function createOrganisation(total: number, seed = 1): Organisation {
  const count = (share: number) => Math.max(1, Math.round(total * share));
  const chance = createChance(seed);
  const teams = list(count(shares.Group), (at) => `team-${number(at)}`);
  const domains = list(count(shares.Domain), (at) => `domain-${number(at)}`);
  const systems = list(count(shares.System), (at) => `system-${number(at)}`);
  const units = systems.map((system): Unit => ({ system, owner: `group:${pickTeam(teams, chance)}` }));
  const resources = list(count(shares.Resource), (at) => `resource-${number(at)}`);
  const people = count(shares.User);
  const apis = count(shares.API);
  const others = teams.length + domains.length + systems.length + resources.length + people + apis;
  const files = new Map<string, Envelope[]>([
    ...toRosters(
      'teams',
      teams.map((name, at) => toTeam(name, at, teams, chance)),
    ),
    ...toRosters(
      'people',
      list(people, (at) => toPerson(at, teams, chance)),
    ),
    ['repositories/systems/domains/catalog-info.yaml', domains.map((name) => toDomain(name, teams, chance))],
    ...units.map((unit, at) => toSystemFile(unit, at, { units, domains, resources }, chance)),
    ...toComponents({ count: Math.max(1, total - others), apis, units, resources }, chance),
  ]);
  return { total: [...files.values()].flat().length, files, relations: countRelations(files) };
}

function toTeam(name: string, at: number, teams: readonly string[], chance: Chance): Envelope {
  const type = at === 0 ? 'organization' : at < upperTeams ? 'department' : 'team';
  const parent = at === 0 ? undefined : at < upperTeams ? teams[0] : teams[1 + chance.below(upperTeams - 1)];
  return {
    ...{ apiVersion, kind: 'Group', metadata: { name, description: toSentence(8, chance) } },
    spec: { type, profile: { displayName: name.replace('-', ' ') }, ...(parent && { parent }), children: [] },
  };
}

function toPerson(at: number, teams: readonly string[], chance: Chance): Envelope {
  const name = `person-${number(at)}`;
  const memberOf = [...new Set(list(1 + chance.below(2), () => pickTeam(teams, chance)))];
  const profile = { displayName: `Person ${at}`, email: `${name}@example.com` };
  return { apiVersion, kind: 'User', metadata: { name }, spec: { profile, memberOf } };
}

function toDomain(name: string, teams: readonly string[], chance: Chance): Envelope {
  const metadata = { name, title: name.replace('-', ' '), description: toSentence(14, chance) };
  return { apiVersion, kind: 'Domain', metadata, spec: { owner: `group:${pickTeam(teams, chance)}` } };
}

type Parts = { units: readonly Unit[]; domains: readonly string[]; resources: readonly string[] };

/** A system and the resources that are part of it, in one file. */
function toSystemFile(
  unit: Unit,
  at: number,
  { units, domains, resources }: Parts,
  chance: Chance,
): [string, Envelope[]] {
  const { system, owner } = unit;
  const metadata = { name: system, title: system.replace('-', ' '), description: toSentence(16, chance) };
  const own = resources.filter((_, position) => position % units.length === at);
  return [
    `repositories/systems/${system}/catalog-info.yaml`,
    [
      { apiVersion, kind: 'System', metadata, spec: { owner, domain: domains[at % domains.length] } },
      ...own.map((name) => toResource(name, unit, chance)),
    ],
  ];
}

function toResource(name: string, { system, owner }: Unit, chance: Chance): Envelope {
  const type = chance.pick(['database', 'bucket', 'queue', 'cache']);
  const metadata = { name, description: toSentence(10, chance) };
  return { apiVersion, kind: 'Resource', metadata, spec: { type, owner, system } };
}

function pickTeam(teams: readonly string[], chance: Chance): string {
  const first = Math.min(upperTeams, teams.length - 1);
  return teams[first + chance.below(teams.length - first)] ?? '';
}

function toRosters(name: string, envelopes: readonly Envelope[]): [string, Envelope[]][] {
  return list(Math.ceil(envelopes.length / rosterLimit), (at) => [
    `repositories/org/${name}-${number(at)}/catalog-info.yaml`,
    envelopes.slice(at * rosterLimit, (at + 1) * rosterLimit),
  ]);
}

const relationFields = ['owner', 'system', 'domain', 'parent', 'memberOf', 'dependsOn', 'providesApis', 'consumesApis'];

function countRelations(files: Organisation['files']): number {
  const named = [...files.values()].flat().flatMap(({ spec }) => relationFields.flatMap((field) => spec[field] ?? []));
  return named.length * 2;
}
