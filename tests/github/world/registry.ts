import type { Organisation, Person, Repository } from './model.ts';

/** Everything there is, by its names. */
export type Registry = {
  organisations: Map<string, Organisation>;
  people: Map<string, Person>;
  repositories: Map<number, Repository>;
  /** The next free id. */
  takeId: () => number;
  /** A moment later than all before: GitHub's own clock, by which it sorts what was made and pushed. */
  takeTime: () => number;
  findOrganisation: (login: string) => Organisation | undefined;
  /** A repository by its present name or a former one; `hasMoved` says which. */
  findRepository: (slug: string) => { repository: Repository; hasMoved: boolean } | undefined;
  /** A repository by its present name; throws where there is none. */
  needRepository: (slug: string) => Repository;
  /** An organisation's repositories in the order of their ids. */
  listRepositories: (login: string) => Repository[];
  /** Gives a repository a name; a name that it had before goes on leading to it. */
  name: (repository: Repository, owner: string, name: string) => void;
  forget: (repository: Repository) => void;
  addFormerName: (repository: Repository, name: string) => void;
};

/** Worlds begin here, so that nothing in them depends on the day of the test. */
export const epoch: number = Date.UTC(2026, 0, 5, 8);
export const minute = 60_000;

const toKey = (slug: string) => slug.toLowerCase();

/** The name by which a repository is addressed. */
export const toSlug = ({ owner, name }: { owner: string; name: string }): string => `${owner}/${name}`;

/** Makes a world without anything in it. */
export function createRegistry(): Registry {
  const organisations = new Map<string, Organisation>();
  const repositories = new Map<number, Repository>();
  const present = new Map<string, Repository>();
  const former = new Map<string, Repository>();
  let lastId = 1000;
  let time = epoch;
  const findRepository: Registry['findRepository'] = (slug) => {
    const repository = present.get(toKey(slug)) ?? former.get(toKey(slug));
    return repository && { repository, hasMoved: !present.has(toKey(slug)) };
  };
  return {
    organisations,
    people: new Map(),
    repositories,
    takeId: () => ++lastId,
    takeTime: () => (time += minute),
    findOrganisation: (login) => organisations.get(toKey(login)),
    findRepository,
    needRepository: (slug) => {
      const repository = present.get(toKey(slug));
      if (!repository) throw new Error(`There is no repository ${slug} in this world.`);
      return repository;
    },
    listRepositories: (login) => [...repositories.values()].filter(({ owner }) => toKey(owner) === toKey(login)),
    name: (repository, owner, name) => {
      if (present.delete(toKey(toSlug(repository)))) former.set(toKey(toSlug(repository)), repository);
      Object.assign(repository, { owner, name });
      former.delete(toKey(toSlug(repository)));
      present.set(toKey(toSlug(repository)), repository);
      repositories.set(repository.databaseId, repository);
    },
    forget: (repository) => {
      repositories.delete(repository.databaseId);
      for (const names of [present, former])
        for (const [slug, named] of names) if (named === repository) names.delete(slug);
    },
    addFormerName: (repository, name) => former.set(toKey(`${repository.owner}/${name}`), repository),
  };
}
