import { isSecretName } from '#model/annotations/index.ts';
import type { Catalog, CatalogEntity } from '#model/catalog.ts';
import { hiddenWords } from '#model/hidden.ts';

/** What stands for the name of a secret wherever a reader could see it. */
export const secretWords = '(a secret of the proxy)';

/**
 * The catalog as it may be written out: an annotation that names a secret of the proxy says only that it is set. Everything
 * that is composed starts here, so that no page, file or index can tell more.
 */
export function toShownCatalog(catalog: Catalog): Catalog {
  return { ...catalog, entities: new Map(catalog.entities.entries().map(([ref, entry]) => [ref, toShown(entry)])) };
}

/** The entity as it is written out for readers and programs: with the annotations that they may know to be there. */
export function toWritten({ entity, hiddenAnnotations }: CatalogEntity): CatalogEntity['entity'] {
  if (hiddenAnnotations === undefined) return entity;
  const hidden = hiddenAnnotations.map((key) => [key, hiddenWords]);
  const annotations = { ...entity.metadata.annotations, ...Object.fromEntries(hidden) };
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}

function toShown(entry: CatalogEntity): CatalogEntity {
  const { annotations } = entry.entity.metadata;
  if (!annotations || !Object.values(annotations).some(isSecretName)) return entry;
  const shown = Object.entries(annotations).map(([key, value]) => [key, isSecretName(value) ? secretWords : value]);
  const metadata = { ...entry.entity.metadata, annotations: Object.fromEntries(shown) };
  return { ...entry, entity: { ...entry.entity, metadata } };
}
