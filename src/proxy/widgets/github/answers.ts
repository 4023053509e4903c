import { z } from 'zod';
import { capped } from '../../texts/capped.ts';

/** As many as are ever asked for. */
const most = 100;

export const repositoryAnswer = z.object({ default_branch: z.string().min(1).max(255) });

const account = z.object({ login: z.string() }).nullish().catch(undefined);

export const runAnswer = z.object({
  id: z.number(),
  workflow_id: z.number(),
  name: z.string().nullish(),
  path: z.string().nullish(),
  display_title: z.string().nullish(),
  run_number: z.number(),
  event: z.string(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  head_sha: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  run_started_at: z.string().nullish(),
});
export type RunAnswer = z.infer<typeof runAnswer>;

export const runsAnswer = z.object({ workflow_runs: z.array(z.unknown()) });

export const workflowsAnswer = z.object({
  workflows: capped(z.object({ id: z.number(), name: z.string(), state: z.string() }), most),
});

export const pullAnswer = z.object({
  number: z.number(),
  title: z.string(),
  user: account,
  draft: z.boolean().nullish(),
  created_at: z.string(),
  updated_at: z.string(),
  requested_reviewers: z.array(z.unknown()).nullish(),
  requested_teams: z.array(z.unknown()).nullish(),
});

export const pullsAnswer = z.array(z.unknown());

export const reviewsAnswer = capped(z.object({ user: account, state: z.string() }), most);
export type ReviewsAnswer = z.infer<typeof reviewsAnswer>;

/** The rows of a list that are understood; one that is not does not spoil the others. */
export function toUnderstood<Schema extends z.ZodType>(schema: Schema, rows: readonly unknown[]): z.infer<Schema>[] {
  return rows.slice(0, most).flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}
