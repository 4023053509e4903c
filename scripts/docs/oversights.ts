import type { Catalog } from '#model/catalog.ts';
import { toFolder } from '#model/paths.ts';
import { type Problem, toProblem } from '#model/problems.ts';
import type { Forge } from '../ports.ts';
import type { OpenTree } from './open-tree.ts';
import type { DocsPlan } from './plan.ts';

/** The problem of a tree that has no page. */
export function toEmpty({ plan }: OpenTree, catalog: Catalog): Problem {
  const [entity = ''] = plan.entities;
  const place = catalog.entities.get(entity)?.place;
  const folder = [plan.repository.id, plan.folder].filter((part) => part !== '').join('/');
  return toProblem('docs-empty', { folder }, { ...(place && { place }), entity });
}

/** Configurations of docs that stand beside a catalog file and that no entity names. */
export async function listUnannounced(catalog: Catalog, plan: DocsPlan, forge: Forge): Promise<Problem[]> {
  const announced = new Set(plan.trees.map(({ repository, folder }) => `${repository.id}\0${folder}`));
  const byFolder = Map.groupBy(
    catalog.entities.values(),
    ({ place }) => `${place.repository}\0${toFolder(place.path)}`,
  );
  const listOnce = new Map<string, Promise<ReadonlySet<string>>>();
  const listFiles = (repository: string) => {
    const known = listOnce.get(repository) ?? forge.listFiles(repository).then((paths) => new Set(paths));
    listOnce.set(repository, known);
    return known;
  };
  const problems: Problem[] = [];
  for (const [key, [first]] of byFolder) {
    if (announced.has(key) || !first) continue;
    const { ref: entity, place } = first;
    const folder = toFolder(place.path);
    const paths = await listFiles(place.repository);
    const names = ['mkdocs.yml', 'mkdocs.yaml'].map((name) => (folder === '' ? name : `${folder}/${name}`));
    const config = names.find((name) => paths.has(name));
    const where = config && { repository: place.repository, path: config, line: 1, column: 1 };
    if (config && where) problems.push(toProblem('docs-not-announced', { config }, { place: where, entity }));
  }
  return problems;
}
