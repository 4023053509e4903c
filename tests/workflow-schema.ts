import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const access = z.enum(['read', 'write', 'none']);
const permissions = z
  .strictObject({ contents: access, pages: access, issues: access, 'id-token': z.enum(['write', 'none']) })
  .partial();
const concurrency = z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() });

/** What GitHub takes for a step: an action or a command, never both. */
const shared = {
  id: z.string().regex(/^[A-Za-z_][\w-]*$/),
  name: z.string(),
  if: z.string(),
  env: z.record(z.string(), scalar),
};
const step = z.union([
  z
    .strictObject({ uses: z.string(), with: z.record(z.string(), scalar).optional() })
    .extend(z.object(shared).partial().shape),
  z.strictObject({ run: z.string() }).extend(z.object(shared).partial().shape),
]);

/** The form of a workflow, as far as ours go: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export const workflowSchema = z.strictObject({
  name: z.string(),
  on: z
    .strictObject({
      schedule: z.array(z.strictObject({ cron: z.string().regex(/^(?:[\d*/,-]+ ){4}[\d*/,-]+$/) })),
      workflow_dispatch: z.strictObject({
        inputs: z.record(
          z.string(),
          z.strictObject({ description: z.string(), type: z.enum(['boolean', 'string']), default: scalar }),
        ),
      }),
      repository_dispatch: z.strictObject({ types: z.array(z.string()) }),
      push: z.strictObject({ paths: z.array(z.string()) }),
      pull_request: z.strictObject({ types: z.array(z.enum(['opened', 'synchronize', 'reopened'])) }),
    })
    .partial(),
  concurrency,
  permissions,
  env: z.record(z.string(), scalar).optional(),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.number(),
      steps: z.array(step),
      needs: z.union([z.string(), z.array(z.string())]).optional(),
      if: z.string().optional(),
      permissions: permissions.optional(),
      outputs: z.record(z.string(), z.string()).optional(),
      environment: z.strictObject({ name: z.string(), url: z.string() }).optional(),
    }),
  ),
});
