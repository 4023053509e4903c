import type { Repository, Version } from '#model/catalog.ts';
import type { Problem } from '#model/problems.ts';
import type { PageSlice, PreparedPage, TreeFrame } from './docs/prepare-pages.ts';

/** A file of a repository, by the repository's id and the path inside it. */
export type FileAddress = { repository: string; path: string };

/** Why a file could not be had. `outside` covers links that leave the tree as well as links as such. */
export type FetchFault = 'absent' | 'outside' | 'too-large' | 'unreadable';

/** The text of a file, with what identifies its content (a hash, or a blob's id), or why there is none. */
export type FetchedText = { text: string; hash: string; fault?: undefined } | { fault: FetchFault };

/** The bytes of a file with what identifies them, or why there are none. */
export type FetchedBytes = { bytes: Uint8Array; hash: string; fault?: undefined } | { fault: FetchFault };

/** Repositories that were read together: an organisation, or a folder. */
export type SourceReading = {
  /** `github.com/acme`, or what the folder is called. */
  name: string;
  type: 'github' | 'folder';
  /** When most of it was last read, ISO 8601 in UTC; absent where that is in this run. */
  readAt?: string;
  /** The ids of its repositories. */
  repositories: readonly string[];
};

/** All repositories in reach, sorted by id, and what is wrong with the others. */
export type ListedRepositories = {
  repositories: Repository[];
  /** People and teams of organisations, as entities in files; all of them are read, whatever `catalog.rules` say. */
  people?: { repository: Repository; paths: readonly string[] }[];
  /** What they were read from; a repository that only a Location leads to is in none. */
  sources?: SourceReading[];
  problems: Problem[];
};

/** Where repositories come from: a folder on the disk, an organisation on GitHub. */
export type Forge = {
  listRepositories: () => Promise<ListedRepositories>;
  /** A repository that is not among the listed ones but can be read, by the address of it or of something in it. */
  findRepository?: (address: string) => Promise<Repository | undefined>;
  /** The paths of a repository's regular files, sorted; links, `.git` and `node_modules` are left out. */
  listFiles: (repository: string) => Promise<readonly string[]>;
  /** The text of one file; never of one outside the repository's tree. */
  fetchText: (repository: string, path: string) => Promise<FetchedText>;
  /** The bytes of one file of at most 20 MiB; never of one outside the repository's tree. */
  fetchBytes: (repository: string, path: string) => Promise<FetchedBytes>;
  /** When files were last changed, ISO 8601 in UTC, by path; those that are not known are left out. */
  listChanges: (repository: string, paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** The tags and branches of a repository that lead to a commit; none where its history is not at hand. */
  listVersions: (repository: string) => Promise<readonly Version[]>;
  /** This forge, with one repository as it was at a commit; undefined when that commit is not there in whole. */
  findState: (repository: string, commit: string) => Promise<Forge | undefined>;
  /** The files that the operator's configuration names on this machine, by a path or a glob, from a folder on. */
  listLocalFiles: (target: string, folder: string) => Promise<{ repository: Repository; path: string }[]>;
};

/** What outlives a build: texts by key. A lost entry costs time, never correctness. */
export type Cache = {
  find: (key: string) => string | undefined;
  keep: (key: string, value: string) => void;
};

/** What the docs stage keeps from build to build, and what the site takes from there. */
export type DocsStore = {
  findResult: (key: string) => string | undefined;
  keepResult: (key: string, value: string) => void;
  /** Keeps the HTML of a page; answers the key that it is read by. */
  keepBody: (html: string) => string;
  readBody: (key: string) => string;
  /** How many bytes a body has. */
  measureBody: (key: string) => number;
  hasBody: (key: string) => boolean;
  /** Keeps a file for the site under its hash; answers its address below the site's base. */
  keepFile: (bytes: Uint8Array, ending: string) => string;
  hasFile: (path: string) => boolean;
  /** Marks what a kept result is made of as still in use. */
  use: (bodies: readonly string[], files: readonly string[]) => void;
  /** Removes all that this build did not use. */
  sweep: () => void;
};

export type DrawingKind = 'mermaid' | 'graphviz';
export type Drawing = { svg: string } | { message: string };

/** Who draws: answers SVG that is safe in a page, or why there is none. Never rejects because of a source. */
export type Diagrams = { draw: (kind: DrawingKind, source: string) => Promise<Drawing>; close: () => Promise<void> };

/** Who renders the pages of docs trees: this thread, or several. */
export type PageWorkers = {
  /** Makes a tree known; its pages can be rendered until it is closed. */
  open: (frame: TreeFrame) => void;
  prepare: (tree: string, slice: PageSlice) => Promise<PreparedPage[]>;
  close: (tree: string) => void;
  end: () => Promise<void>;
};

/** What the docs stage asks of the machine that it runs on. */
export type DocsTools = {
  store: DocsStore;
  pages: PageWorkers;
  /** Draws a diagram as SVG that is safe in a page, or says why it cannot be drawn. */
  diagrams: Diagrams;
  /** The size of a picture, as it is seen. */
  measure: (bytes: Uint8Array) => { width: number; height: number } | undefined;
  /** Digest of the program that renders. */
  program: string;
  base: string;
  /** The full address of the portal, where it is known. */
  address?: string | undefined;
  /** Hosts whose pages may be framed. */
  frameHosts: readonly string[];
  /** Schemes that links may have beside the usual ones, without the colon. */
  schemes: readonly string[];
  /** Where readers may have PlantUML drawn, if the operator names a server. */
  plantumlServer?: string;
  /** Compresses a text without any header, as PlantUML servers take it. */
  deflate: (text: string) => Uint8Array;
  /** Hosts of the integrations, beside those that everybody knows. */
  hosts: readonly string[];
};

/** What the stage that renders the definitions of APIs asks of the machine that it runs on. */
export type ApiTools = {
  store: Pick<DocsStore, 'findResult' | 'keepResult' | 'keepBody' | 'hasBody' | 'use' | 'sweep'>;
  /** Paints code with classes, where the language is known. */
  highlight: (code: string, language: string) => string | undefined;
  /** Digest of the program that renders. */
  program: string;
};

/** Some text of a page; code counts for less than what is said about it. */
export type SearchPart = { text: string; isCode: boolean };

/** What stands below one heading of a page; it has an address of its own by the heading's id. */
export type SearchSection = { id: string; title: string; level: number; parts: SearchPart[] };

/** The text of a page, read when it has to be: what it is identified by, and about how many bytes it has. */
export type SearchText = { key: string; bytes: number; read: () => SearchSection[] };

/** One page as text search knows it: where it is, its words, what a result shows, and what it can be narrowed by. */
export type SearchRecord = {
  /** Address below the site's base. */
  url: string;
  /** Its text: all of it, or what it is read by once it has to be. */
  content: string | SearchText;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
};

/** Records that are indexed together; a bundle whose records did not change is not indexed again. */
export type SearchBundle = { name: string; records: readonly SearchRecord[] };

/** What became of a bundle. */
export type IndexedBundle = { name: string; records: number; isKept: boolean };

/** Full text search over the site. */
export type Indexer = {
  /** Makes the site's text index consist of exactly these bundles, in this order. */
  writeBundles: (bundles: readonly SearchBundle[]) => Promise<IndexedBundle[]>;
};

/** A file as a store keeps it and serves it. */
export type StoredFile = {
  /** Its path below the place that is published to, without a slash at its beginning. */
  key: string;
  /** What is kept: compressed already where `encoding` says so. */
  bytes: Uint8Array;
  type: string;
  cacheControl: string;
  encoding?: 'gzip';
};

/** When a file may be written: only where there is none, or only over the one with this tag. */
export type WriteCondition = { kind: 'absent' } | { kind: 'unchanged'; tag: string };

/** What a store says of a file without its bytes. `tag` changes with the bytes; `md5` (hex) is absent where the store does not tell it. */
export type ListedFile = { key: string; tag: string; bytes: number; md5?: string };

/** Where a site is published to: a bucket below a prefix, or a folder. Rejects with a `PortalError` that says where, what and what to do. */
export type Store = {
  /** As it was named: `s3://portal-site/portal`. */
  name: string;
  /** It keeps bytes alone: no types, no cache times, nothing compressed. Whoever serves them adds that. */
  isPlain?: true;
  /** A file's bytes as they are kept, or a part of them; undefined where there is none. */
  fetchFile: (
    key: string,
    part?: { from: number; bytes: number },
  ) => Promise<{ bytes: Uint8Array; tag: string } | undefined>;
  /** Writes a file, its content checked by the store; `refused` where the condition does not hold. */
  putFile: (file: StoredFile, condition?: WriteCondition) => Promise<{ tag: string } | 'refused'>;
  /** Every file whose key begins so, in any order. */
  listFiles: (prefix: string) => AsyncIterable<ListedFile>;
  /** The names of the folders right below a folder (`''` or `previews/`), without slashes. */
  listFolders: (folder: string) => Promise<string[]>;
  /** Removes files; those that are not there count as removed. */
  removeFiles: (keys: readonly string[]) => Promise<void>;
  close: () => void;
};
