import type { EntityLink } from './parts.ts';

/** An entry of a docs tree's navigation: a page of the tree, a link out of it, or a heading over others. */
export type DocsNavEntry = {
  title: string;
  /** Address of a page below the site's base. */
  path?: string;
  /** Address of something elsewhere. */
  url?: string;
  isHere?: boolean;
  /** What is below; left out where it is folded away, so that no page carries a whole tree. */
  entries?: DocsNavEntry[];
  /** How many pages are folded away below. */
  folded?: number;
};

/** A heading of a page, for the contents beside it. */
export type DocsHeading = { id: string; title: string; level: number };

/** Another version of the same page, or the first page of that version where it has no such page. */
export type DocsVersionLink = { name: string; path: string; isHere?: true; isFirst?: true };

/** Which version of its docs a page is of. */
export type DocsPageVersion = {
  name: string;
  /** All versions, the one that is read by default first; empty where there is only this one. */
  versions: DocsVersionLink[];
  /** Where this page is now, on a page of another version than the default one. */
  current?: DocsVersionLink;
};

/** What a page of documentation shows whoever has it: an entity, or the portal itself. */
export type DocsText = {
  title: string;
  /** The first sentence, as plain text. */
  summary: string;
  /** The key of the rendered body in the snapshot: `docs/<key>.html`. */
  body: string;
  navigation: DocsNavEntry[];
  headings: DocsHeading[];
  /** The way from the tree's first page to this one, this one left out. */
  trail: { title: string; path?: string }[];
  previous?: { title: string; path: string };
  next?: { title: string; path: string };
};

/** A page of the portal's own handbook. */
export type HandbookPage = DocsText & { tree: { title: string; path: string } };

/** Everything that one page of an entity's documentation shows. */
export type DocsPage = DocsText & {
  tree: { title: string; path: string; entity: EntityLink; owners: EntityLink[] };
  /** The address below the site's base that this text is best known by; absent where it has none. */
  canonical?: string;
  /** Absent where the docs have the version that is read by default alone. */
  version?: DocsPageVersion;
  source: {
    place: string;
    url?: string;
    editUrl?: string;
    issueUrl?: string;
    commit?: string;
    commitUrl?: string;
    changedAt?: string;
    /** When it was last read, where that is no longer possible. */
    staleSince?: string;
  };
};

/** A docs tree as the list of all of them shows it. */
export type DocsTreeLine = {
  title: string;
  path: string;
  entity: EntityLink;
  owner?: EntityLink;
  system?: EntityLink;
  pages: number;
  /** How many versions of it there are, where there are several. */
  versions?: number;
  problems: number;
  changedAt?: string;
};

/** The list of all docs. */
export type DocsIndex = { trees: DocsTreeLine[] };
