export type DemoWorkflow = { id: number; name: string; path: string; state?: string };

export type DemoRun = {
  id: number;
  /** The id of its workflow. */
  workflow: number;
  number: number;
  event: string;
  branch: string;
  status: string;
  conclusion: string | null;
  title: string;
  commit: string;
  author: string;
  startedAt: string;
  updatedAt: string;
};

export type DemoPull = {
  number: number;
  title: string;
  author: string;
  isDraft?: boolean;
  openedAt: string;
  updatedAt: string;
  /** Who is asked for a review. */
  requested?: readonly string[];
  reviews?: readonly { author: string; state: string; at: string }[];
};

export type DemoRepository = {
  /** `acme/checkout`. */
  slug: string;
  defaultBranch: string;
  workflows: readonly DemoWorkflow[];
  runs: readonly DemoRun[];
  pulls: readonly DemoPull[];
  /** What the token may not read of it. */
  refuses?: readonly ('actions' | 'pulls')[];
  /** The number of the repository that it is now, after it was renamed. */
  movedTo?: number;
};

/** All that a made-up GitHub knows. */
export type GithubWorld = {
  token: string;
  /** How many questions may be asked yet; any number when absent. */
  remaining?: number;
  repositories: readonly DemoRepository[];
};
