import type { EntityLine, EntityLink } from './parts.ts';

/** The first page: what there is, what changed, and how well it is. */
export type HomePage = {
  /** Sanitised HTML from the configuration's `content/home.md`; empty without one. */
  textHtml: string;
  kinds: { label: string; plural: string; icon: string; count: number }[];
  /** Systems by domain; those without a domain come last. */
  domains: { domain?: EntityLink; systems: (EntityLine & { parts: number })[]; more: number }[];
  recent: { line: EntityLine; changedAt: string }[];
  problems: { level: string; count: number }[];
  /** How many of the repositories are shown as they were before, because they could not be read; absent where none is. */
  stale?: { count: number; total: number };
  worst: { owner: EntityLink; path: string; count: number }[];
};
