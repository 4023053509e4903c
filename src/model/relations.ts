import { formatRef, parseRef, type Ref, type RefContext, type RefText } from './ref.ts';

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

/** A key of `spec` that refers to other entities, one or a list of them. */
export type ReferenceField = {
  field: string;
  type: RelationType;
  /** The kind that a reference without one means; a field without a default demands the kind. */
  defaultKind?: string;
};

/** One reference as it was written, and where: the path leads to its text. */
export type Reference = { path: readonly (string | number)[]; type: RelationType; target: RefText };

/** A reference that cannot be read, and why. */
export type ReferenceFault = {
  path: readonly (string | number)[];
  text: string;
  fault: 'empty' | 'empty-part' | 'no-kind' | 'not-text';
};

export type DeclaredReferences = { references: Reference[]; faults: ReferenceFault[] };

/** Reads every reference that a `spec` declares; what is left out comes from the entity's own namespace. */
export function parseReferences(
  spec: Readonly<Record<string, unknown>>,
  fields: readonly ReferenceField[],
  namespace: string | undefined,
): DeclaredReferences {
  const declared: DeclaredReferences = { references: [], faults: [] };
  for (const { field, type, defaultKind } of fields) {
    if (!Object.hasOwn(spec, field) || !spec[field]) continue;
    const context: RefContext = {};
    if (defaultKind !== undefined) context.kind = defaultKind;
    if (namespace !== undefined) context.namespace = namespace;
    for (const { path, written } of listWritten(field, spec[field])) {
      const read = readTarget(written, context);
      if (typeof read === 'string') declared.faults.push({ path, text: toText(written), fault: read });
      else declared.references.push({ path, type, target: formatRef(read) });
    }
  }
  return declared;
}

function listWritten(field: string, value: unknown): { path: (string | number)[]; written: unknown }[] {
  if (!Array.isArray(value)) return [{ path: ['spec', field], written: value }];
  return value.map((written: unknown, index) => ({ path: ['spec', field, index], written }));
}

// Backstage still reads the three parts from an object where no schema forbids one (`dependencyOf`).
function readTarget(written: unknown, context: RefContext): Ref | ReferenceFault['fault'] {
  if (!written) return 'empty';
  if (typeof written === 'string') {
    const { value, fault } = parseRef(written, context);
    return value ?? fault;
  }
  if (typeof written !== 'object' || Array.isArray(written)) return 'not-text';
  const parts: Record<string, unknown> = { namespace: 'default', ...context, ...written };
  const { kind, namespace, name } = parts;
  if (typeof kind !== 'string' || typeof namespace !== 'string' || typeof name !== 'string') return 'not-text';
  return kind && namespace && name ? { kind, namespace, name } : 'empty-part';
}

function toText(written: unknown): string {
  return typeof written === 'string' ? written : (JSON.stringify(written) ?? '');
}

/** The edges that an entity's own references make, both directions, each once. */
export function toRelations(source: RefText, references: readonly Reference[]): Relation[] {
  const relations = new Map<string, Relation>();
  for (const { type, target } of references) {
    const back = relationTable[type].inverse;
    relations.set(`${source} ${type} ${target}`, { source, type, target });
    relations.set(`${target} ${back} ${source}`, { source: target, type: back, target: source });
  }
  return [...relations.values()];
}
