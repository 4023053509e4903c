import type { ApiDefinition } from '../api-definition.ts';
import type { EntityLine, EntityLink, ProblemLine } from './parts.ts';

/** Everything that the page of an API's definition shows, its body aside. */
export type ApiPage = Omit<ApiDefinition, 'entries'> & {
  title: string;
  /** Plain text, one line. */
  summary: string;
  api: EntityLink;
  type: string;
  lifecycle?: string;
  owners: EntityLink[];
  /** Who provides it and who consumes it. */
  providers: EntityLine[];
  consumers: EntityLine[];
  /** The definition as a file: its address, and its size in characters. */
  file: { path: string; size: number };
  /** Where it is written, and the address of that where it has one. */
  source: { place: string; url?: string };
  problems: ProblemLine[];
};
