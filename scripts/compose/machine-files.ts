import type { CatalogEntity } from '#model/catalog.ts';
import type { Problem } from '#model/problems.ts';
import { toEntityJsonPath } from '#model/urls.ts';
import type { SiteFile } from './compose.ts';
import { toWritten } from './shown.ts';
import { toSource } from './source.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The catalog for programs, in the shape of Backstage's API: every entity in one list, each alone, and all problems.
 * Relations carry `type` and `targetRef`; where an entity comes from is in the annotations that Backstage uses.
 */
export function* listMachineFiles(around: Surroundings): Generator<SiteFile> {
  const { catalog } = around;
  const problemsOf = (entry: CatalogEntity) => around.problemsByEntity.get(entry.ref) ?? [];
  const texts: string[] = [];
  for (const entry of catalog.entities.values()) {
    const text = JSON.stringify(toApiEntity(entry, around, problemsOf(entry)));
    texts.push(text);
    yield { path: toEntityJsonPath(entry.ref), text: `${text}\n` };
  }
  yield { path: '/api/catalog/entities.json', text: `[\n${texts.join(',\n')}\n]\n` };
  yield {
    path: '/api/problems.json',
    text: `[\n${catalog.problems.map((each) => JSON.stringify(each)).join(',\n')}\n]\n`,
  };
}

function toApiEntity(entry: CatalogEntity, around: Surroundings, problems: readonly Problem[]) {
  const { apiVersion, kind, metadata, spec } = toWritten(entry);
  const source = toSource(entry, around.repositories.get(entry.place.repository));
  const location = source.url ? `url:${source.url.replace(/#.*$/, '')}` : `file:${source.repository}/${source.path}`;
  const errors = problems.filter(({ level }) => level === 'error');
  return {
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      namespace: metadata.namespace ?? 'default',
      annotations: {
        ...(source.url && { 'backstage.io/view-url': source.url }),
        ...(source.editUrl && { 'backstage.io/edit-url': source.editUrl }),
        ...metadata.annotations,
        'backstage.io/managed-by-location': location,
        'backstage.io/managed-by-origin-location': location,
      },
    },
    spec,
    relations: entry.relations.map(({ type, target }) => ({ type, targetRef: target })),
    ...(errors.length > 0 && {
      status: {
        items: errors.map(({ what }) => ({ type: 'backstage.io/catalog-processing', level: 'error', message: what })),
      },
    }),
  };
}
