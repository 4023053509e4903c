import { z } from 'zod';
import { liveLevelSchema } from './answer.ts';

const workflowSchema = z.strictObject({
  name: z.string(),
  level: liveLevelSchema,
  /** `passed`, `failed`, `running`, `queued`, `cancelled`, `skipped`, `waits for approval`. */
  words: z.string(),
  run: z.number(),
  event: z.string(),
  /** The first line of the commit's message. */
  title: z.string(),
  commit: z.string(),
  startedAt: z.string(),
  /** In seconds; absent while it runs. */
  took: z.number().optional(),
  url: z.string(),
});

const pullRequestSchema = z.strictObject({
  number: z.number(),
  title: z.string(),
  author: z.string(),
  isDraft: z.boolean(),
  openedAt: z.string(),
  updatedAt: z.string(),
  review: z.enum(['approved', 'changes-requested', 'waiting', 'none', 'unknown']),
  url: z.string(),
});

/** What the GitHub widget shows: the last run of each workflow on the default branch, and the open pull requests. */
export const githubSchema = z.strictObject({
  repository: z.string(),
  branch: z.string(),
  /** The worst first. */
  workflows: z.array(workflowSchema),
  /** The oldest first. */
  pullRequests: z.array(pullRequestSchema),
  morePullRequests: z.boolean(),
});
export type GithubData = z.infer<typeof githubSchema>;
