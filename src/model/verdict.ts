import type { CatalogDocument } from './catalog.ts';
import type { Entity } from './entity.ts';
import type { Place } from './place.ts';
import type { Problem } from './problems.ts';
import type { RefText } from './ref.ts';
import type { Reference } from './relations.ts';

/** An entity that is shown, before the catalog around it is known. */
export type ValidEntity = {
  ref: RefText;
  entity: Entity;
  place: Place;
  changedAt?: string;
  sources?: CatalogDocument['sources'];
  /** Why it is shown although Backstage's default engine refuses it. */
  generic?: string;
  /** Annotations that were taken away, because they name what this audience may not see. */
  hiddenAnnotations?: readonly string[];
  /** What it refers to, as it is written. */
  references: readonly Reference[];
  /** The place of one of its keys. */
  locate: CatalogDocument['locate'];
};

/** What is to be said of one document. */
export type Verdict = {
  document: CatalogDocument;
  /** Absent when the document does not say its kind and its name. */
  ref?: RefText;
  /** What the default engine of Backstage says of this document. */
  ok: boolean;
  /** Absent when nothing can be shown. */
  shown?: ValidEntity;
  problems: readonly Problem[];
};
