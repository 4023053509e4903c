import type { Catalog, Repository } from '#model/catalog.ts';
import type { LivePlaces } from '#model/live/places.ts';
import { listOwners } from '#model/ownership.ts';
import type { ProblemLine } from '#model/pages/parts.ts';
import { formatPlace } from '#model/place.ts';
import type { Problem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { type Estate, toEstate } from './graph/estate.ts';
import { createLookup, type Lookup } from './lookup.ts';
import { createOwners, type Owners } from './owners.ts';
import { findPlaceUrl } from './source.ts';

/** Facts about the whole catalog that single pages need, worked out once. */
export type Surroundings = {
  catalog: Catalog;
  lookup: Lookup;
  /** Who owns what, with the people behind each owner. */
  owners: Owners;
  /** Who depends on whom. */
  estate: Estate;
  /** Where the systems are that a proxy asks; absent when there is none. */
  live: LivePlaces | undefined;
  repositories: ReadonlyMap<string, Repository>;
  /** The problems of each entity. */
  problemsByEntity: ReadonlyMap<RefText, readonly Problem[]>;
  /** Who gets a problem, where that can be told. */
  findOwner: FindOwner;
  /** The problems that each owner gets; those of nobody are under no key. */
  problemsByOwner: ReadonlyMap<RefText, readonly Problem[]>;
  toProblemLine: (problem: Problem) => ProblemLine;
};

type FindOwner = (problem: Problem) => RefText | undefined;

/**
 * Who gets a problem: the owner of its entity, or the group or user that it is about. Where the entity was refused, or
 * the file is broken, whoever owns everything else in the same file, or else in the same repository.
 */
function createOwnerFinder(catalog: Catalog): FindOwner {
  const byPlace = new Map<string, Set<RefText>>();
  const ownerOf = (ref: RefText) => {
    const entry = catalog.entities.get(ref);
    return entry && listOwners(entry).find((owner) => catalog.entities.has(owner));
  };
  for (const { ref, place } of catalog.entities.values()) {
    const owner = ownerOf(ref);
    if (owner === undefined) continue;
    for (const key of [place.repository, `${place.repository}/${place.path}`])
      byPlace.set(key, (byPlace.get(key) ?? new Set()).add(owner));
  }
  return ({ entity, place }) => {
    if (entity !== undefined && catalog.entities.has(entity))
      return /^(group|user):/.test(entity) ? entity : ownerOf(entity);
    const owners = place && (byPlace.get(`${place.repository}/${place.path}`) ?? byPlace.get(place.repository));
    return owners?.size === 1 ? [...owners][0] : undefined;
  };
}

/** Works them out, for a portal whose proxy, if it has one, asks these systems. */
export function toSurroundings(catalog: Catalog, live?: LivePlaces): Surroundings {
  const lookup = createLookup(catalog, live);
  const repositories = new Map(catalog.repositories.map((repository) => [repository.id, repository]));
  const withEntity = catalog.problems.filter((problem) => problem.entity !== undefined);
  const findOwner = createOwnerFinder(catalog);
  const problemsByOwner = Map.groupBy(catalog.problems, (problem) => findOwner(problem) ?? '');
  problemsByOwner.delete('');
  return {
    catalog,
    live,
    lookup,
    owners: createOwners(lookup),
    estate: toEstate(catalog),
    repositories,
    problemsByEntity: Map.groupBy(withEntity, (problem) => problem.entity ?? ''),
    findOwner,
    problemsByOwner,
    toProblemLine: ({ code, level, what, mend, place, entity }) => ({
      code,
      level,
      what,
      mend,
      place: place && formatPlace(place),
      url: place && findPlaceUrl(repositories.get(place.repository), place),
      entity: entity === undefined ? undefined : lookup.toLink(entity),
    }),
  };
}
