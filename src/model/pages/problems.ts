import type { Level } from '../problems.ts';
import type { Facet } from '../rows.ts';
import type { PageOfList } from './catalog-index.ts';
import type { EntityLink, ProblemLine } from './parts.ts';

/** A problem in a list of them: it stands below the file that it is in. */
export type ProblemEntry = Omit<ProblemLine, 'place'> & {
  /** `checkout/catalog-info.yaml`; absent when the problem has no place. */
  file?: string;
  line?: number;
  column?: number;
  owner?: EntityLink;
};

/** One way to look at the problems: a value and how many there are of it. */
export type ProblemCount = { value: string; label: string; count: number; path?: string };

/** What readers can filter problems by. */
export const problemFacets: readonly Facet[] = [
  { key: 'level', label: 'Level' },
  { key: 'code', label: 'Code' },
  { key: 'owner', label: 'Owner' },
  { key: 'repository', label: 'Repository' },
  { key: 'entity', label: 'Entity' },
];

export type LevelCounts = Record<Level, number>;

/** One page of the list of all problems. */
export type ProblemsPage = {
  total: number;
  levels: LevelCounts;
  /** Counts by code, owner and repository, the largest first, at most a screenful of each. */
  summary: { facet: Facet; counts: ProblemCount[]; more: number }[];
  facets: Facet[];
  entries: ProblemEntry[];
  page: PageOfList;
  rowsPath: string;
};

/** One page of the problems in what an owner owns. */
export type InboxPage = {
  owner: EntityLink;
  total: number;
  levels: LevelCounts;
  entries: ProblemEntry[];
  /** Docs with more problems than are listed here: how many more, and the list of all of them. */
  folded: { entity: EntityLink; count: number; path: string }[];
  page: PageOfList;
};
