import type { Facet } from '../rows.ts';
import type { PageOfList } from './catalog-index.ts';
import type { DocsTreeLine } from './docs-page.ts';
import type { EntityLink } from './parts.ts';

/** The columns that the list of all docs can have; those with `number` are set to the right. */
export const docsColumns = {
  name: { label: 'Docs' },
  entity: { label: 'Of' },
  owner: { label: 'Owner' },
  system: { label: 'System' },
  pages: { label: 'Pages', number: true },
  problems: { label: 'Problems', number: true },
  changed: { label: 'Changed' },
} as const satisfies Record<string, { label: string; number?: true }>;

export type DocsColumn = keyof typeof docsColumns;

/** What readers can filter docs by. */
export const docsFacets: readonly Facet[] = [
  { key: 'owner', label: 'Owner' },
  { key: 'system', label: 'System' },
  { key: 'kind', label: 'Kind' },
  { key: 'year', label: 'Last changed' },
];

/** One page of the list of all docs. */
export type DocsListPage = {
  total: number;
  columns: DocsColumn[];
  facets: Facet[];
  rows: DocsTreeLine[];
  page: PageOfList;
  rowsPath: string;
};

/** The health of one docs tree. */
export type DocsHealthLine = Pick<DocsTreeLine, 'title' | 'path' | 'entity' | 'owner' | 'system' | 'pages'> & {
  /** How many problems of each class, by its key. */
  faults: Readonly<Record<string, number>>;
  /** Pages whose last change is known, and those of them that are stale. */
  known: number;
  stale: number;
  /** The day of the oldest change. */
  oldest?: string;
};

/** What readers can filter the health of docs by. */
export const healthFacets: readonly Facet[] = [
  { key: 'fault', label: 'What is wrong' },
  { key: 'owner', label: 'Owner' },
  { key: 'system', label: 'System' },
];

/** The filters' words for what is no class of problem. */
export const healthFaults = { unowned: 'No owner', stale: 'Stale pages' } as const;

/** How many entities of a kind there are, how many of them have docs, and the list of those that have none. */
export type Coverage = { label: string; plural: string; all: number; missing: number; path: string };

/** The same for all that one owner owns, or for what nobody owns. */
export type OwnerCoverage = { owner?: EntityLink; missing: number; kinds: Coverage[] };

/** One page of the health of all docs, worst first. */
export type DocsHealthPage = {
  total: number;
  staleAfter: number;
  /** The newest change of all docs, where one is known. */
  newest?: string;
  /** How many trees have each thing wrong; none of which there are none. */
  sums: { key: string; says: string; trees: number }[];
  /** The columns of numbers that are not all empty: keys of `docsFaults`, and `stale`. */
  columns: string[];
  facets: Facet[];
  rows: DocsHealthLine[];
  page: PageOfList;
  rowsPath: string;
  /** Entities that announce docs which cannot be shown, and the list of them. */
  absent: { count: number; path: string };
  coverage: { kinds: Coverage[]; owners: OwnerCoverage[]; more: number };
};
