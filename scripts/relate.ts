import type { Catalog, CatalogEntity, Repository } from '#model/catalog.ts';
import { formatPlace } from '#model/place.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { RefText } from '#model/ref.ts';
import { type Relation, toRelations } from '#model/relations.ts';
import type { ValidEntity } from '#model/verdict.ts';
import { judgeCycles } from './relate/cycles.ts';
import { judgeHierarchy } from './relate/hierarchy.ts';
import { byPlace, byRef, byTypeAndTarget } from './relate/order.ts';
import { judgeReferences } from './relate/references.ts';

/**
 * Joins the entities to a catalog: each ref once, every relation on both of its sides, what does not fit reported. What
 * stands for something hidden is no entity, and a reference to it is no problem.
 */
export function relate(
  validated: { entities: readonly ValidEntity[]; problems: readonly Problem[] },
  repositories: readonly Repository[],
  hidden?: ReadonlySet<RefText>,
): Catalog {
  const { kept, duplicates } = keepFirst(validated.entities);
  const relations = collectRelations(kept);
  const entities = [...kept.values()]
    .toSorted(byRef)
    .map((entity) => [entity.ref, toEntry(entity, relations)] as const);
  const problems = [
    ...duplicates,
    ...judgeReferences(kept, hidden),
    ...judgeHierarchy(kept, relations),
    ...judgeCycles(kept),
  ];
  return {
    entities: new Map(entities),
    repositories,
    problems: [...validated.problems, ...problems].toSorted(byPlace),
    ...(hidden && { hidden }),
  };
}

/** The catalog with problems that were found after it was made, in their places among the others. */
export function addProblems(catalog: Catalog, problems: readonly Problem[]): Catalog {
  return { ...catalog, problems: [...catalog.problems, ...problems].toSorted(byPlace) };
}

function keepFirst(entities: readonly ValidEntity[]) {
  const kept = new Map<RefText, ValidEntity>();
  const duplicates: Problem[] = [];
  for (const entity of entities) {
    const first = kept.get(entity.ref);
    if (!first) {
      kept.set(entity.ref, entity);
      continue;
    }
    const where = { place: entity.locate(['metadata', 'name']), entity: entity.ref };
    const facts = { ref: entity.ref, first: formatPlace(first.place) };
    duplicates.push(toProblem('duplicate-entity', facts, where));
  }
  return { kept, duplicates };
}

// An edge from an entity to itself says nothing to a reader; it is reported instead.
function collectRelations(kept: ReadonlyMap<RefText, ValidEntity>): Map<RefText, Relation[]> {
  const bySource = new Map<RefText, Map<string, Relation>>([...kept.keys()].map((ref) => [ref, new Map()]));
  for (const { ref, references } of kept.values()) {
    for (const relation of toRelations(ref, references)) {
      if (relation.source === relation.target) continue;
      bySource.get(relation.source)?.set(`${relation.type} ${relation.target}`, relation);
    }
  }
  return new Map([...bySource].map(([ref, edges]) => [ref, [...edges.values()].toSorted(byTypeAndTarget)]));
}

function toEntry(valid: ValidEntity, relations: ReadonlyMap<RefText, Relation[]>): CatalogEntity {
  const { ref, entity, place, changedAt, sources, generic, hiddenAnnotations } = valid;
  const entry: CatalogEntity = { ref, entity, place, relations: relations.get(ref) ?? [] };
  if (changedAt !== undefined) entry.changedAt = changedAt;
  if (sources !== undefined) entry.sources = sources;
  if (generic !== undefined) entry.generic = generic;
  if (hiddenAnnotations !== undefined) entry.hiddenAnnotations = hiddenAnnotations;
  return entry;
}
