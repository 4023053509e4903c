import { z } from 'zod';
import type { ReferenceField } from '../relations.ts';

/** A row of the kinds table: all that the rest of the portal asks of a kind. */
export type KindRow = {
  /** As it is written in a file. */
  kind: string;
  /** The part of an address that lists the kind: `components`. */
  plural: string;
  /** What a reader calls one: `AI resource`. */
  label: string;
  /** The name of a lucide icon. */
  icon: string;
  /** The place in the navigation that its pages belong to; the catalog, when it is left out. */
  section?: string;
  /** One sentence for whoever meets the kind for the first time. */
  about: string;
  /** The versions that Backstage reads. */
  apiVersions: readonly string[];
  /** What `spec` must hold; keys beyond it are allowed. */
  spec: z.ZodObject;
  relations: readonly ReferenceField[];
  /** Why the default engine of Backstage refuses the whole kind, which is shown all the same. */
  beyond?: string;
  /** A `spec` that the default engine refuses and that is shown all the same. */
  variant?: { spec: z.ZodObject; beyond: string };
};

/** A row of the kinds table. */
export function defineKind(row: KindRow): KindRow {
  return row;
}

/** The versions under which the kinds of the software catalog are written. */
export const coreVersions = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'] as const;

/** Text that says something. */
export const text = z.string().min(1);

/** A list of such texts; it may be empty. */
export const texts = z.array(text);

/** Any object, whatever it holds. */
export const anything = z.looseObject({});

/** How people and groups are shown. */
export const profile = z.looseObject({
  displayName: text.optional(),
  email: text.optional(),
  picture: text.optional(),
});

const owner = { field: 'owner', type: 'ownedBy', defaultKind: 'Group' } as const satisfies ReferenceField;
/** Several owners, beyond what Backstage reads; `owner` stays the first of them. */
const owners = { field: 'owners', type: 'ownedBy', defaultKind: 'Group' } as const satisfies ReferenceField;
export const ownership = [owner, owners] as const satisfies ReferenceField[];
export const system = { field: 'system', type: 'partOf', defaultKind: 'System' } as const satisfies ReferenceField;
export const dependencies = [
  { field: 'dependsOn', type: 'dependsOn' },
  { field: 'dependencyOf', type: 'dependencyOf' },
] as const satisfies ReferenceField[];
