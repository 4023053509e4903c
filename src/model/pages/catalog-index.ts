import type { OwnerState } from '../ownership.ts';
import type { Facet } from '../rows.ts';
import type { EntityLine, EntityLink } from './parts.ts';

/** A row of an index: a line with everything that one of its columns shows. */
export type CatalogRow = EntityLine & {
  /** One line of plain text. */
  description?: string;
  name: string;
  kindLabel: string;
  namespace: string;
  systems: EntityLink[];
  teams: EntityLink[];
  tags: string[];
  targets: string[];
  hasDocs?: boolean;
  /** Its other owners, where there are several. */
  alsoOwners?: EntityLink[];
  /** How well it is owned; absent for what needs no owner. */
  ownership?: OwnerState;
  /** Set for a group with people in it, or in a group below it. */
  hasPeople?: boolean;
};

/** The columns that an index can have, with their headings; those with `sort` order the list. */
export const catalogColumns = {
  name: { label: 'Name', sort: true },
  owner: { label: 'Owner', sort: true },
  system: { label: 'System', sort: true },
  kind: { label: 'Kind', sort: true },
  namespace: { label: 'Namespace', sort: true },
  type: { label: 'Type', sort: true },
  lifecycle: { label: 'Lifecycle', sort: true },
  team: { label: 'Teams', sort: true },
  description: { label: 'Description', sort: false },
  targets: { label: 'Targets', sort: false },
  tags: { label: 'Tags', sort: false },
} as const;

export type CatalogColumn = keyof typeof catalogColumns;

/** Everything that a reader can filter an index by, in the order of the menus. */
export const catalogFacets: readonly Facet[] = [
  { key: 'kind', label: 'Kind' },
  { key: 'owner', label: 'Owner' },
  { key: 'type', label: 'Type' },
  { key: 'lifecycle', label: 'Lifecycle' },
  { key: 'system', label: 'System' },
  { key: 'team', label: 'Team' },
  { key: 'tag', label: 'Tag', every: true },
  { key: 'docs', label: 'Docs' },
  { key: 'ownership', label: 'Ownership', quiet: true },
  { key: 'members', label: 'Members', quiet: true },
  { key: 'namespace', label: 'Namespace' },
];

/** Where a page stands among the pages of its list. */
export type PageOfList = {
  /** Counts from 1. */
  number: number;
  count: number;
  /** Address of the first page; it is also the one that carries filters. */
  first: string;
  /** What the addresses of the others begin with, before their number. */
  further: string;
};

/** One page of the index of a kind, or of all kinds. */
export type CatalogIndexPage = {
  /** `components`, or `all`. */
  plural: string;
  title: string;
  about: string;
  total: number;
  kinds: { plural: string; kind: string; label: string; path: string; count: number }[];
  columns: CatalogColumn[];
  /** The filters that would tell rows of this list apart. */
  facets: Facet[];
  rows: CatalogRow[];
  page: PageOfList;
  rowsPath: string;
  /** For an empty list: what to write to have something in it. */
  sample?: string;
};

/** Users and groups, for a reader to say who they are: `groups` are the places in `refs` of the groups that each is in. */
export type People = { refs: string[]; labels: string[]; groups: number[][] };
