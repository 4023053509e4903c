import { isCommit } from '#model/catalog.ts';
import type { DocsTreePage } from '#model/docs.ts';
import type { Problem } from '#model/problems.ts';
import type { DocsFile } from '../render/files.ts';
import { resolveLink } from '../render/links.ts';
import type { WrittenLink } from '../render/render-page.ts';
import { type AddressBook, toPageAddress } from './addresses.ts';
import type { OpenTree } from './open-tree.ts';
import type { SiteCopy } from './tree-files.ts';

/** What a page came to, with all that it depends on, so that it need not be rendered again. */
export type KeptPage = {
  path: string;
  row: DocsTreePage;
  /** The title that the navigation gives it. */
  navTitle: string | null;
  links: WrittenLink[];
  ids: string[];
  /** With places in the repository. */
  problems: Problem[];
  /** The texts that were read, with what identifies them: its own and those that it includes. */
  texts: [path: string, hash: string][];
  /** Where its links lead, as Markdown and as HTML have them. */
  lookups: [href: string, found: string][];
  finds: [path: string, found: string][];
  /** The files that it shows, and the addresses on the web, with what was made of them. */
  copies: [source: string, copy: SiteCopy | null][];
  elsewhere: [url: string, found: string | null][];
};

/** What rendering a tree gave: what all of its pages depend on, the files that links can lead to, and its pages. */
export type KeptTree = {
  frame: string;
  files: string;
  pages: KeptPage[];
  /** Of a version: the commit that it was made of, and when its pages were last changed then. */
  commit?: string;
  changes?: [path: string, changedAt: string][];
};

/** What identifies a tree, whatever it consists of. */
export const toTreeKey = ({ plan }: OpenTree): string =>
  JSON.stringify([plan.repository.id, plan.version?.name ?? null, plan.folder, plan.config ?? null]);

/** What every page of a tree depends on. The navigation is left out: of it a page shows nothing but its own title. */
export function toFrameKey({ name, site }: OpenTree, { program, base }: { program: string; base: string }): string {
  const written = { ...site.written, nav: null, pages: null };
  return JSON.stringify([program, base, name, { ...site, nav: null, faults: null, written }]);
}

export const toFilesKey = ({ docs }: OpenTree): string =>
  JSON.stringify([...docs.files.values()].map(({ source, path }) => [source, path]));

/** What an earlier build made of a tree. */
export function parseKept(text: string | undefined): KeptTree | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as KeptTree); // written by this program, as its frame says
}

/** Whether a tree was kept as of the commit that is asked for, of which nothing can have changed. */
export const isSameCommit = (kept: KeptTree | undefined, { plan: { version } }: OpenTree): boolean =>
  kept?.commit !== undefined && isCommit(kept.commit) && kept.commit === version?.commit;

/** What a build knows now of that which a kept page depends on. */
export type Present = {
  hashOf: (path: string) => string;
  titles: ReadonlyMap<string, string>;
  files: ReadonlyMap<string, DocsFile>;
  book: AddressBook;
  /** Whether links can lead to the same files as when the page was kept. */
  hasSameFiles: boolean;
  /** Whether nothing of the tree itself can have changed. */
  isSameCommit: boolean;
  keepFile: (source: string) => Promise<SiteCopy | undefined>;
  hasFile: (path: string) => boolean;
  findElsewhere: (url: string) => string | undefined;
};

/** Whether a page would come out as it was kept. The texts that it depends on must have been fetched. */
export async function isCurrent(kept: KeptPage, file: DocsFile, present: Present): Promise<boolean> {
  const { hashOf, titles, findElsewhere } = present;
  if (kept.elsewhere.some(([url, found]) => (findElsewhere(url) ?? null) !== found)) return false;
  if (present.isSameCommit) return kept.copies.every(([, copy]) => !copy || present.hasFile(copy.path));
  if (kept.navTitle !== (titles.get(file.path) ?? null)) return false;
  if (kept.texts.some(([path, hash]) => hashOf(path) !== hash)) return false;
  if (!present.hasSameFiles && !leadsAlike(kept, file, present)) return false;
  const copies = await Promise.all(kept.copies.map(([source]) => present.keepFile(source)));
  return kept.copies.every(([, copy], at) => JSON.stringify(copy) === JSON.stringify(copies[at] ?? null));
}

const leadsAlike = ({ row, lookups, finds }: KeptPage, file: DocsFile, { files, book }: Present): boolean =>
  row.address === toPageAddress(file.address) &&
  lookups.every(([href, found]) => resolveLink(href, file, files).href === found) &&
  finds.every(([path, found]) => (book.find(path, file)?.path ?? '') === found);
