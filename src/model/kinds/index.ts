import { aiResource } from './ai-resource.ts';
import { api } from './api.ts';
import { component } from './component.ts';
import { anything, defineKind, dependencies, type KindRow, ownership, system as systemField } from './define.ts';
import { domain } from './domain.ts';
import { group } from './group.ts';
import { location } from './location.ts';
import { resource } from './resource.ts';
import { system } from './system.ts';
import { template } from './template.ts';
import { user } from './user.ts';

/** Every kind with a place of its own, in the order in which lists and menus show them. */
export const kinds: readonly KindRow[] = [
  component,
  api,
  resource,
  system,
  domain,
  group,
  user,
  template,
  location,
  aiResource,
];

/** How an entity is shown whose kind nobody here knows. */
export const genericKind = defineKind({
  kind: '',
  plural: 'others',
  label: 'Other',
  icon: 'shapes',
  about: 'Entities of a kind that this portal does not know; they are shown as they are written.',
  apiVersions: [],
  spec: anything,
  relations: [...ownership, systemField, ...dependencies],
});

const rows = new Map(kinds.map((row) => [row.kind.toLowerCase(), row]));

/** The row of a kind, however its case is written; the generic row when there is none. */
export function findKind(kind: string): KindRow {
  return rows.get(kind.toLowerCase()) ?? genericKind;
}
