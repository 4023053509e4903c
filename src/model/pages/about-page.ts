import type { Level } from '../problems.ts';
import type { Facet } from '../rows.ts';
import type { PageOfList } from './catalog-index.ts';

/** A repository that was read, at the commit that was read of it. */
export type RepositoryLine = {
  id: string;
  url?: string;
  /** What it was read from; absent where only a Location leads to it. */
  source?: string;
  branch?: string;
  commit?: string;
  commitUrl?: string;
  /** When that commit was made. */
  changedAt?: string;
  /** When it was last read, where it could not be read this time. */
  staleSince?: string;
  entities: number;
  problems: number;
};

/** What readers can filter repositories by. */
export const repositoryFacets: readonly Facet[] = [
  { key: 'source', label: 'Read from' },
  { key: 'state', label: 'State' },
];

/** What is said of a repository that could not be read this time. */
export const staleState = 'as it was before';

/** Repositories that were read together. */
export type SourceLine = { name: string; type: 'github' | 'folder'; repositories: number; stale: number };

export type RepositoryColumn = 'source' | 'branch' | 'commit' | 'changed';

/** One page of what the portal is made of; the first says more than the list of repositories. */
export type AboutPage = {
  /** The version of Portolan; empty where it is not known. */
  version: string;
  sources: SourceLine[];
  /** How many repositories are shown as they were before. */
  stale: number;
  counts: { label: string; count: number; path?: string }[];
  problems: { level: Level; count: number }[];
  total: number;
  /** The columns that say something: none is empty, and none says the same of every repository. */
  columns: RepositoryColumn[];
  facets: Facet[];
  rows: RepositoryLine[];
  page: PageOfList;
  rowsPath: string;
};
