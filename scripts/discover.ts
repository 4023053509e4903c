import type { Repository } from '#model/catalog.ts';
import type { Place } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import { type Allows, createRules, type Rules } from './discover/rules.ts';
import { searchRepository } from './discover/search.ts';
import type { FileAddress, Forge } from './ports.ts';
import type { Settings } from './settings.ts';

export type { Allows } from './discover/rules.ts';

/** A catalog file to begin with. */
export type SeedFile = FileAddress & {
  /** `discovery` found it by its name; `location` means that the configuration names it. */
  via: 'discovery' | 'location';
  allows?: Allows;
};

/** A target that the configuration names by its address. */
export type SeedTarget = { target: string; place: Place; allows?: Allows };

export type Discovery = {
  /** Sorted by id. */
  repositories: Repository[];
  /** The ids of those that were looked through; the others only lend a file that the configuration names. */
  searched: string[];
  /** By repository and path, then what the configuration names. */
  files: SeedFile[];
  targets: SeedTarget[];
  /** Files that look as if they were meant to be read; reported unless a Location leads to them. */
  suspects: FileAddress[];
  /** Hosts of git repositories beside the well-known ones. */
  hosts: string[];
  /** The ids of those that hold people and teams, which no rule is about. */
  people?: string[];
  /** Whether `catalog.rules` decides which kinds are taken; without it every kind is. */
  hasRules: boolean;
  /** Whether these files are all that is read: Locations in them are not followed. */
  isClosed: boolean;
  problems: Problem[];
};

/**
 * Finds the catalog files of every repository, and those that `catalog.locations` names: any `catalog-info.yaml` or
 * `.yml` (also with a leading dot) that is not in a skeleton or among test material, whatever a provider's `catalogPath`
 * asks for, Templates at the top or below `templates/`, and a Location `all.yaml` at the top of a repository that has
 * no catalog file there.
 */
export async function discover(forge: Forge, settings: Settings): Promise<Discovery> {
  const rules = createRules(settings.rules);
  const { repositories, people = [], problems } = await forge.listRepositories();
  const named = await listNamed(forge, settings, rules);
  const asked = settings.github.providers.map(({ catalogPath }) => catalogPath);
  const finds = await Promise.all(
    repositories.map(async (repository) => ({ repository, ...(await searchRepository(forge, repository, asked)) })),
  );
  return {
    repositories: unite(
      repositories,
      named.repositories,
      people.map(({ repository }) => repository),
    ),
    searched: repositories.map(({ id }) => id),
    files: [
      ...finds.flatMap(({ repository, files }) => toSeeds(repository, files, rules)),
      ...named.files,
      ...people.flatMap(({ repository, paths }) => paths.map((path) => toGivenSeed(repository.id, path))),
    ],
    targets: named.targets,
    suspects: finds.flatMap(({ repository, suspects }) =>
      suspects.map((path) => ({ repository: repository.id, path })),
    ),
    hosts: settings.github.integrations.map(({ host }) => host),
    people: people.map(({ repository }) => repository.id),
    hasRules: settings.rules !== undefined,
    isClosed: false,
    problems: [...problems, ...named.problems],
  };
}

type Named = { repositories: Repository[]; files: SeedFile[]; targets: SeedTarget[]; problems: Problem[] };

async function listNamed(forge: Forge, settings: Settings, rules: Rules): Promise<Named> {
  const named: Named = { repositories: [], files: [], targets: [], problems: [] };
  for (const location of settings.locations) {
    const { type, target, place, folder } = location;
    const allows = rules(location, location.rules);
    if (type === 'url') named.targets.push({ target, place, ...(allows && { allows }) });
    else if (type !== 'file') named.problems.push(toProblem('location-type-unknown', { type }, { place }));
    else {
      const files = await forge.listLocalFiles(target, folder);
      if (files.length === 0) named.problems.push(toProblem('location-target-missing', { target }, { place }));
      for (const { repository, path } of files) {
        named.repositories.push(repository);
        named.files.push({ repository: repository.id, path, via: 'location', ...(allows && { allows }) });
      }
    }
  }
  return named;
}

function toSeeds(repository: Repository, paths: readonly string[], rules: Rules): SeedFile[] {
  return paths.map((path) => {
    const target = `${repository.url ?? repository.id}/blob/${repository.branch ?? '-'}/${path}`;
    const allows = rules({ type: 'url', target });
    return { repository: repository.id, path, via: 'discovery', ...(allows && { allows }) };
  });
}

const toGivenSeed = (repository: string, path: string): SeedFile => ({ repository, path, via: 'location' });

function unite(...lists: readonly Repository[][]): Repository[] {
  const byId = new Map(lists.flat().map((repository) => [repository.id, repository]));
  return [...byId.values()].toSorted((left, right) => (left.id < right.id ? -1 : 1));
}
