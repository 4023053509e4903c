export type Visibility = 'public' | 'internal' | 'private';

/** Why nobody reads a repository although it is there: taken down, or behind a sign-in that the token did not pass. */
export type Denial = 'blocked' | 'sso';

export type Repository = {
  databaseId: number;
  owner: string;
  name: string;
  /** The bare repository that git serves. */
  folder: string;
  /** The bare repository that its objects are read from and written to; another one where repositories share objects. */
  objects: string;
  defaultBranch: string;
  /** Objects by the full name of the branch or tag that points at them. */
  refs: Map<string, string>;
  description: string | null;
  topics: readonly string[];
  visibility: Visibility;
  isArchived: boolean;
  isFork: boolean;
  isDisabled: boolean;
  denial?: Denial;
  /** Milliseconds since 1970. */
  createdAt: number;
  pushedAt: number;
  /** Commits ever made, so that each has a time of its own. */
  commits: number;
  pulls: readonly PullSeed[];
  runs: readonly RunSeed[];
};

export type PullSeed = { number: number; title: string; author: string; isDraft?: boolean };

export type RunSeed = {
  id: number;
  name: string;
  path: string;
  status: 'queued' | 'in_progress' | 'completed';
  conclusion: 'success' | 'failure' | 'cancelled' | null;
};

export type Person = {
  databaseId: number;
  login: string;
  name: string | null;
  email: string | null;
  bio: string | null;
};

export type Team = {
  databaseId: number;
  slug: string;
  name: string;
  description: string | null;
  parent?: string;
  members: readonly string[];
  isSecret: boolean;
};

export type Organisation = {
  databaseId: number;
  login: string;
  name: string;
  description: string | null;
  /** Tokens of people must have passed the organisation's sign-in. */
  hasSso: boolean;
  members: Map<string, 'ADMIN' | 'MEMBER'>;
  teams: Map<string, Team>;
};
