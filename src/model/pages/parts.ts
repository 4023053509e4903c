import type { WidgetId } from '../live/widgets.ts';
import type { Level } from '../problems.ts';
import type { RefText } from '../ref.ts';

/** An entity as other pages mention it. */
export type EntityLink = {
  ref: RefText;
  kind: string;
  icon: string;
  /** Its title, or its name. */
  label: string;
  /** Absent when there is no page to link to. */
  path?: string;
  /** Why there is no page: nothing by that name, or this audience may not see it. */
  absent?: 'missing' | 'hidden';
};

/** One line of a table of entities: what a reader needs to choose among them. */
export type EntityLine = EntityLink & {
  type?: string;
  lifecycle?: string;
  owner?: EntityLink;
  /** The widgets that it has; absent without any, and on a site that has no proxy. */
  widgets?: readonly WidgetId[];
};

/** A way out of the portal. */
export type OutLink = { url: string; title: string; icon: string };

/** A problem as pages show it, with the address of the offending line where the repository has one. */
export type ProblemLine = {
  code: string;
  level: Level;
  what: string;
  mend: string;
  place?: string;
  url?: string;
  entity?: EntityLink;
};
