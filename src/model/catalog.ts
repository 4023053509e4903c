import type { Entity } from './entity.ts';
import type { Place } from './place.ts';
import type { Problem } from './problems.ts';
import type { RefText } from './ref.ts';
import type { Relation } from './relations.ts';

/** Who may see a repository: everybody, everybody of the organisation or enterprise, or whom it is shared with. */
export type Visibility = 'public' | 'internal' | 'private';

/** A repository that was read, and what is known of where it lives. */
export type Repository = {
  /** Unique in a catalog, and the first part of every place: `checkout`, or `acme/checkout` from a forge. */
  id: string;
  /** Browser address without a trailing slash, `https://github.com/acme/checkout`; absent for a plain folder. */
  url?: string;
  /** The branch that was read, for links that stay right tomorrow. */
  branch?: string;
  /** The commit that was read, 40 hex digits. */
  commit?: string;
  /** When that commit was made, ISO 8601 in UTC. */
  changedAt?: string;
  /** Set when it could not be read this time: when that was last possible, ISO 8601 in UTC. */
  staleSince?: string;
  /** Who may see it at its forge; absent where nobody says. */
  visibility?: Visibility;
  /** Whether its paths are pages below its address, as those of an organisation's teams, rather than files of a branch. */
  hasPages?: boolean;
};

/** A state of a repository by the name of a tag or a branch, or a commit by its own. */
export type Version = { name: string; type: 'tag' | 'branch' | 'commit'; commit: string };

/** Whether what a version calls its commit is one of git, whose content never changes; a folder may stand in for it. */
export const isCommit = (text: string): boolean => /^[0-9a-f]{40,64}$/.test(text);

/** Files of repositories that texts of a document were taken from, by the path of their key. */
export type TextSources = ReadonlyMap<string, { repository: string; path: string }>;

/** One YAML document of a catalog file, as it was read: placeholders replaced, nothing judged yet. */
export type CatalogDocument = {
  /** Where the document begins. */
  place: Place;
  /** Its position in the file, counting every document, empty ones included, from 0. */
  docIndex: number;
  /** The plain value; absent when the YAML could not be read (then `problems` says why). */
  value?: unknown;
  /** What went wrong in reading it. An error here means that Backstage refuses the document. */
  problems: Problem[];
  /** The place of the key at a path of the value, or of its nearest parent that exists. Cheap until called. */
  locate: (path: readonly (string | number)[]) => Place;
  /** Kinds that `catalog.rules` allow here; absent when nothing restricts the document (`check`). */
  allows?: (entity: { kind: string; type?: string }) => boolean;
  /** When the file was last changed, ISO 8601 in UTC, where git knows. */
  changedAt?: string;
  /** The files that texts were taken from, by the path of the key in the value (`spec.definition`). */
  sources?: TextSources;
};

/** An entity that was accepted, with everything that is known of it. */
export type CatalogEntity = {
  ref: RefText;
  /** As written, placeholders replaced, secrets withheld. */
  entity: Entity;
  place: Place;
  changedAt?: string;
  /** Its own edges in both directions over the whole catalog: every relation whose source it is. Sorted. */
  relations: Relation[];
  /** The files that its texts were taken from, where they do not stand in the catalog file. */
  sources?: TextSources;
  /** Why it is shown generically: its kind or apiVersion is unknown to Backstage's own engine. */
  generic?: string;
  /** Annotations that are not among its own here, because they name what this audience may not see; sorted. */
  hiddenAnnotations?: readonly string[];
};

/** All that the pages are made of. Entities are sorted by ref, problems by place. */
export type Catalog = {
  entities: ReadonlyMap<RefText, CatalogEntity>;
  repositories: readonly Repository[];
  problems: readonly Problem[];
  /** What stands for entities that this audience may not see; absent where it may see everything. */
  hidden?: ReadonlySet<RefText>;
};

/** How many repositories are shown as they were before, and how many there are; nothing when all of them are as they are. */
export function findStale(repositories: readonly Repository[]): { count: number; total: number } | undefined {
  const own = repositories.filter(({ hasPages }) => !hasPages);
  const count = own.filter(({ staleSince }) => staleSince !== undefined).length;
  return count > 0 ? { count, total: own.length } : undefined;
}
