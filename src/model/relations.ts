import type { RefText } from './ref.ts';

/** One directed edge of the catalog, as Backstage emits it. */
export type Relation = { source: RefText; type: RelationType; target: RefText };

/** Every relation with its inverse and the words a reader sees on the side that has it. */
export const relationTable = {
  ownedBy: { inverse: 'ownerOf', label: 'owned by' },
  ownerOf: { inverse: 'ownedBy', label: 'owns' },
  partOf: { inverse: 'hasPart', label: 'part of' },
  hasPart: { inverse: 'partOf', label: 'has part' },
  providesApi: { inverse: 'apiProvidedBy', label: 'provides' },
  apiProvidedBy: { inverse: 'providesApi', label: 'provided by' },
  consumesApi: { inverse: 'apiConsumedBy', label: 'consumes' },
  apiConsumedBy: { inverse: 'consumesApi', label: 'consumed by' },
  dependsOn: { inverse: 'dependencyOf', label: 'depends on' },
  dependencyOf: { inverse: 'dependsOn', label: 'dependency of' },
  childOf: { inverse: 'parentOf', label: 'child of' },
  parentOf: { inverse: 'childOf', label: 'parent of' },
  memberOf: { inverse: 'hasMember', label: 'member of' },
  hasMember: { inverse: 'memberOf', label: 'has member' },
} as const;

export type RelationType = keyof typeof relationTable;
