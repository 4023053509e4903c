import type { Version } from './catalog.ts';
import type { RefText } from './ref.ts';

/** An entry of the navigation of a docs tree, by addresses inside the tree. */
export type DocsEntry = { title: string; address?: string; url?: string; entries?: DocsEntry[] };

/** A rendered page of a docs tree. */
export type DocsTreePage = {
  /** Address inside the tree, with a trailing slash; the first page's is empty. */
  address: string;
  /** Path of its source in the repository. */
  path: string;
  title: string;
  summary: string;
  /** The key of its body in the snapshot. */
  body: string;
  headings: { id: string; title: string; level: number }[];
  changedAt?: string;
  /** Where mkdocs.yml says that it is edited, nowhere if that is empty; whether that counts more than its repository. */
  edit?: { url: string; isSure: boolean };
};

/** A docs tree: its pages in order, and everything that does not depend on which entity shows them. */
export type DocsTree = {
  repository: string;
  title: string;
  pages: readonly DocsTreePage[];
  navigation: readonly DocsEntry[];
  /** Addresses that pages had before: an address inside the tree, or elsewhere. */
  redirects: readonly { from: string; address?: string; anchor?: string; url?: string }[];
  /** The entities whose docs these are, sorted; search leads to the first one's. */
  entities: readonly RefText[];
  problems: number;
  /** Which version of the repository this is, where it is not the one that is read for the catalog. */
  version?: Version;
  /** The same docs in other versions, in the order in which they are offered. */
  versions?: readonly DocsVersion[];
};

/** A docs tree in another version, and the part of its address that says which one. */
export type DocsVersion = { slug: string; tree: DocsTree };

/** All docs, and the way to its docs of each entity that has some: its own, or a page of another's. */
export type Docs = {
  trees: readonly DocsTree[];
  ways: ReadonlyMap<RefText, { tree: DocsTree; host: RefText; address: string }>;
  /** The portal's own, which no entity shows; absent where the configuration wants none. */
  handbook?: DocsTree;
};

export const noDocs: Docs = { trees: [], ways: new Map() };

/** The address of a tree's first page: its root, where it has one. */
export function findFirstAddress({ pages }: DocsTree): string {
  return pages.some(({ address }) => address === '') ? '' : (pages[0]?.address ?? '');
}
