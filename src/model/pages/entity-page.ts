import type { ApiDefinition } from '../api-definition.ts';
import type { Entity } from '../entity.ts';
import type { WidgetId } from '../live/widgets.ts';
import type { OwnerState } from '../ownership.ts';
import type { RefText } from '../ref.ts';
import type { BlastRadius, Neighbourhood } from './graph-page.ts';
import type { EntityLine, EntityLink, OutLink, ProblemLine } from './parts.ts';

/** A titled table of related entities, in the words of the side that shows it. */
export type EntitySection = { id: string; title: string; lines: EntityLine[] };

/** A related entity, and the API that the dependence runs through when it is not direct. */
export type DependenceLine = EntityLine & { through?: EntityLink };

/** A person of a group, and how they belong to it. */
export type Member = { link: EntityLink; email?: string; through?: EntityLink };

/** Somebody behind an owner, with the ways to reach them where they are few. */
export type Person = { link: EntityLink; ways: OutLink[] };

/** An owner: how many people it is, the first of them by name, and how it is reached. */
export type Owner = {
  link: EntityLink;
  /** Its name stands for nobody: `unknown`. */
  isNobody?: true;
  people: number;
  named: Person[];
  contacts: OutLink[];
};

/** An entity without an owner who is somebody, and the nearest whole around it that has one. */
export type Unowned = { state: OwnerState; whole?: { link: EntityLink; owners: Owner[] } };

/** How many entities of one kind and type an owner has, in all and through sub-groups. */
export type OwnedCount = { kind: string; plural: string; type: string; direct: number; indirect: number };

/** What a group or a user owns. */
export type Ownership = {
  counts: OwnedCount[];
  /** Owned directly, grouped by system; the entities without one come last. */
  direct: { system?: EntityLink; lines: EntityLine[] }[];
  /** Owned through sub-groups (of a group) or groups (of a user), a row each. */
  through: { owner: EntityLink; lines: EntityLine[]; more: number }[];
};

/** An annotation that would bring something to this page, and the YAML that sets it. */
export type AnnotationHint = { key: string; title: string; brings: string; yaml: string };

/** The definition of an API in short, and the ways to the page and the file that have all of it. */
export type DefinitionCard = Pick<ApiDefinition, 'format' | 'version' | 'counts' | 'servers' | 'entries'> & {
  path: string;
  file: string;
  /** What is wrong with it, if anything is. */
  problems: number;
};

/** A widget that the page has room for, and the ways to the system that owns it, for whoever runs no scripts. */
export type LiveSlot = { id: WidgetId; title: string; system: string; links: OutLink[] };

/** Everything that the page of one entity shows. */
export type EntityPage = {
  ref: RefText;
  kind: string;
  kindLabel: string;
  icon: string;
  /** The place in the navigation. */
  section: string;
  namespace: string;
  name: string;
  title: string;
  type?: string;
  lifecycle?: string;
  /** Plain text, one line, for search engines and link previews. */
  summary: string;
  /** Sanitised HTML. */
  descriptionHtml: string;
  /** Whom to ask: each owner with the people behind it and their contact addresses. */
  owners: Owner[];
  /** Set where nobody owns it who could be asked. */
  unowned?: Unowned;
  /** The named places in the organisation's structure: system, domain, parent. */
  belongs: { label: string; link: EntityLink }[];
  /** The ways in: source, docs, and the entity's own links. */
  links: OutLink[];
  /** Its documentation: the first page, and what stands on the first level of the navigation. */
  docs?: {
    path: string;
    title: string;
    summary: string;
    pages: number;
    sections: { title: string; path: string }[];
    /** Other versions than the default one, each with its first page. */
    versions: { title: string; path: string }[];
  };
  /** What an API looks like, in short. */
  definition?: DefinitionCard;
  /** The questions about now that the page asks the proxy; none on a site that has no proxy. */
  live: LiveSlot[];
  /** The entities of a group that have somebody on call. */
  onCall: EntityLink[];
  /** Who is hit if this is down, directly or through others; absent where nobody is. */
  blast?: BlastRadius;
  /** What this cannot run without, directly. */
  needs: DependenceLine[];
  /** What stands beside it, or in it, as a picture. */
  neighbourhood?: Neighbourhood;
  /** The address of its graph, where it has one. */
  graphPath?: string;
  sections: EntitySection[];
  members: Member[];
  /** How many people there are in all; `members` may name fewer. */
  people: number;
  ownership?: Ownership;
  profile?: { email?: string; picture?: string };
  /** A Location's targets, an API's definition and the like: facts of the kind, as plain text. */
  facts: { label: string; values: string[] }[];
  /** The first of its problems, the worst before the others, and how many more there are. */
  problems: ProblemLine[];
  moreProblems?: { count: number; path: string };
  inbox?: { path: string; count: number };
  hints: AnnotationHint[];
  generic?: string;
  source: {
    repository: string;
    path: string;
    line: number;
    url?: string;
    editUrl?: string;
    changedAt?: string;
    /** When it was last read, where that is no longer possible. */
    staleSince?: string;
  };
  tags: string[];
  labels: [string, string][];
  annotations: [string, string][];
  /** The entity as it was written, unless it is too large for a page. */
  written?: Entity;
  jsonPath: string;
};
