import type { Measure } from '../catalog-health.ts';
import type { Facet } from '../rows.ts';
import type { PageOfList } from './catalog-index.ts';
import type { EntityLink } from './parts.ts';

/** Of how many entities a thing can be asked, how many have it not, and the list of those. */
export type Share = { all: number; missing: number; path: string };

/** Shares by measure; a measure that is asked of none of them is absent. */
export type Shares = Partial<Record<Measure['key'], Share>>;

/** How well the things of one owner are kept; of nobody where `owner` is absent. */
export type OwnerHealthLine = {
  owner?: EntityLink;
  /** Nobody who could be asked: a word for nobody, or defined nowhere. */
  isNobody?: true;
  entities: number;
  /** How many people it is; absent for what is no group. */
  people?: number;
  shares: Shares;
};

/** What readers can filter owners by. */
export const healthPageFacets: readonly Facet[] = [{ key: 'missing', label: 'What is missing' }];

/** One page of the health of the catalog, the worst first. */
export type HealthPage = {
  /** What has no owner who could be asked: how many of each sort, with the worst of the names that lead nowhere. */
  unowned: { unknown: number; undefined: number; none: number };
  nowhere: { link: EntityLink; entities: number; path: string }[];
  moreNowhere: number;
  all: Shares;
  kinds: { label: string; path: string; entities: number; shares: Shares }[];
  total: number;
  /** The measures that the things of some owner lack; each is a column of the list of owners. */
  columns: string[];
  facets: Facet[];
  rows: OwnerHealthLine[];
  page: PageOfList;
  rowsPath: string;
};
