import { z } from 'zod';
import { capped } from '../../texts/capped.ts';

/** A part that may be absent or null, and that counts as absent when it has another shape. */
const part = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(undefined);

/** More than an application ever has. */
const mostParts = 100;

const sourceAnswer = z.object({ repoURL: part(z.string()), chart: part(z.string()) });
export type SourceAnswer = z.infer<typeof sourceAnswer>;

/** What stands at one revision: a source, or several with a revision each. */
const versions = {
  revision: part(z.string()),
  revisions: part(capped(z.string(), mostParts)),
  source: part(sourceAnswer),
  sources: part(capped(sourceAnswer, mostParts)),
};
const versionsAnswer = z.object(versions);
export type VersionsAnswer = z.infer<typeof versionsAnswer>;

const deploymentAnswer = z.object({
  ...versions,
  id: z.coerce.number(),
  deployedAt: part(z.string()),
  deployStartedAt: part(z.string()),
  initiatedBy: part(z.object({ username: part(z.string()), automated: part(z.boolean()) })),
});
export type DeploymentAnswer = z.infer<typeof deploymentAnswer>;

const operationAnswer = z.object({
  phase: part(z.string()),
  message: part(z.string()),
  finishedAt: part(z.string()),
  syncResult: part(versionsAnswer),
  // A list that is cut by `fields` tells the result of the last sync under this name.
  operation: part(z.object({ sync: part(versionsAnswer) })),
});

/** One application as Argo CD tells it, as far as it is shown. Only its name is a must. */
export const applicationAnswer = z.object({
  metadata: z.object({
    name: z.string().min(1),
    namespace: part(z.string()),
    labels: part(z.record(z.string(), z.string())),
  }),
  spec: part(
    z.object({
      project: part(z.string()),
      source: part(sourceAnswer),
      sources: part(capped(sourceAnswer, mostParts)),
      destination: part(z.object({ name: part(z.string()), server: part(z.string()), namespace: part(z.string()) })),
    }),
  ),
  status: part(
    z.object({
      sync: part(
        z.object({
          status: part(z.string()),
          revision: part(z.string()),
          revisions: part(capped(z.string(), mostParts)),
        }),
      ),
      health: part(z.object({ status: part(z.string()), message: part(z.string()) })),
      history: part(capped(deploymentAnswer, mostParts)),
      conditions: part(capped(z.object({ type: z.string(), message: part(z.string()) }), mostParts)),
      operationState: part(operationAnswer),
    }),
  ),
});
export type ApplicationAnswer = z.infer<typeof applicationAnswer>;

/** A list; `items` is null when there is none. An application that is not understood does not spoil the others. */
export const listAnswer = z.object({ items: z.array(z.unknown()).nullish() });
