import { z } from 'zod';
import { findSafeUrl } from '../urls.ts';

/** A row of the annotation table: what is known of one well-known annotation. */
export type AnnotationRow = {
  key: string;
  /** What a reader calls it: `GitHub repository`. */
  title: string;
  schema: z.ZodType<string>;
  /** What the schema accepts, as the object of “write …”. */
  expects: string;
  /** The address that the value leads to, where it leads to one. */
  /** The name of a lucide icon beside the link; a chain link when absent. */
  icon?: string;
  toLink?: (value: string) => string | undefined;
  /** A write credential: its value is kept out of every output. The text says what to do in its place. */
  withheld?: { instead: string };
  /** The key that has taken its place. */
  deprecated?: string;
  /** What it brings to the page of these kinds, and a value to begin with. */
  missing?: { kinds: readonly string[]; brings: string; toValue: (entity: { name: string }) => string };
};

/** A row of the annotation table. */
export function defineAnnotation(row: AnnotationRow): AnnotationRow {
  return row;
}

/** Any value that is not blank and stays on one line. */
export const line = z.string().regex(/^[^\n\r]*\S[^\n\r]*$/);

/** `owner/repository` or longer, as forges and registries write it. */
export const slug = z.string().regex(/^[\w.-]+(?:\/[\w.-]+)+$/);

/** An address that a page may link to. */
export const webAddress = z.string().refine((value) => findSafeUrl(value) !== undefined);
