import type { FileSource, Files } from '../git/import.ts';
import type { Denial, Person, PullSeed, RunSeed, Visibility } from './model.ts';

/** A repository that is to be made; everything but its name may be left out. */
export type RepositorySeed = {
  name: string;
  /** What the first commit of the default branch holds; without files the repository stays empty. */
  files?: FileSource;
  /** Further branches, each one commit on top of the first. */
  branches?: Readonly<Record<string, Files>>;
  defaultBranch?: string;
  description?: string;
  topics?: readonly string[];
  visibility?: Visibility;
  isArchived?: boolean;
  isFork?: boolean;
  isDisabled?: boolean;
  denial?: Denial;
  /** Names that it had before, each answered with a redirect. */
  formerNames?: readonly string[];
  pulls?: readonly PullSeed[];
  runs?: readonly RunSeed[];
};

export type MemberSeed = Partial<Omit<Person, 'databaseId'>> & { login: string; role?: 'ADMIN' | 'MEMBER' };

export type TeamSeed = {
  slug: string;
  name?: string;
  description?: string;
  parent?: string;
  members?: readonly string[];
  isSecret?: boolean;
};

export type OrganisationSeed = {
  login: string;
  name?: string;
  description?: string;
  hasSso?: boolean;
  members?: readonly MemberSeed[];
  teams?: readonly TeamSeed[];
  repositories?: readonly RepositorySeed[];
  /** Keeps the objects of all repositories in one database, which makes thousands of them quick to write and to read. */
  sharesObjects?: boolean;
};
