import type { Facet } from '../rows.ts';
import type { PageOfList } from './catalog-index.ts';
import type { EntityLink } from './parts.ts';

/** The kinds of keys by which somebody who is no reader of the catalog calls a thing, with the words for one. */
export const ownershipKeys = {
  repository: 'Repository',
  repositoryUrl: 'Repository address',
  api: 'API',
  kubernetesId: 'Kubernetes id',
  kubernetesLabelSelector: 'Kubernetes label selector',
  argocdApplication: 'Argo CD application',
  argocdSelector: 'Argo CD selector',
  pagerdutyService: 'PagerDuty service',
  prometheusRule: 'Prometheus rule',
  prometheusAlert: 'Prometheus alert',
  domain: 'Domain name',
} as const;

export type OwnershipKey = keyof typeof ownershipKeys;

/** Whether a word is a kind of key. */
export const isOwnershipKey = (word: string): word is OwnershipKey => Object.hasOwn(ownershipKeys, word);

/** One key, what it leads to, and whose that is; of many the first are named and the others counted. */
export type OwnershipLine = {
  kind: OwnershipKey;
  key: string;
  entities: EntityLink[];
  more: number;
  owners: EntityLink[];
  contacts: { url: string; title: string }[];
};

/** What readers can filter keys by. */
export const ownershipFacets: readonly Facet[] = [
  { key: 'key', label: 'Kind of key' },
  { key: 'owner', label: 'Owner' },
];

/** One page of the reverse look-up: from a key to whom to ask. */
export type OwnershipPage = {
  total: number;
  /** How many keys of each kind there are, and the page on which they begin. */
  kinds: { key: OwnershipKey; label: string; count: number; path: string }[];
  rows: OwnershipLine[];
  page: PageOfList;
  rowsPath: string;
};
