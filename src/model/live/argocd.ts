import { z } from 'zod';
import { liveLevelSchema } from './answer.ts';

/** What one source of an application is at: a commit, or the version of a chart. */
const revisionSchema = z.strictObject({
  /** The repository without its scheme, or the chart: `github.com/acme/checkout`. */
  source: z.string(),
  isChart: z.boolean(),
  /** A commit in seven characters, or a version. */
  revision: z.string(),
  /** The commit's page, where its forge is known. */
  url: z.string().optional(),
});

const deploymentSchema = z.strictObject({
  id: z.number(),
  deployedAt: z.string(),
  /** How long it took, in seconds. */
  took: z.number().optional(),
  /** Who began it: a login, or `automatic`. */
  by: z.string().optional(),
  revisions: z.array(revisionSchema),
});

const applicationSchema = z.strictObject({
  instance: z.string(),
  name: z.string(),
  project: z.string(),
  /** The cluster and namespace that it is deployed to. */
  destination: z.string().optional(),
  level: liveLevelSchema,
  sync: z.enum(['Synced', 'OutOfSync', 'Unknown']),
  health: z.enum(['Healthy', 'Progressing', 'Degraded', 'Suspended', 'Missing', 'Unknown']),
  /** What its last operation came to: `Running`, `Succeeded`, `Failed`, `Error`. */
  phase: z.string().optional(),
  message: z.string().optional(),
  conditions: z.array(z.string()),
  syncedAt: z.string().optional(),
  revisions: z.array(revisionSchema),
  /** Latest first. */
  history: z.array(deploymentSchema),
  url: z.string(),
});
export type LiveApplication = z.infer<typeof applicationSchema>;

/** What the Argo CD widget shows. */
export const argocdSchema = z.strictObject({ applications: z.array(applicationSchema), more: z.number() });
export type ArgocdData = z.infer<typeof argocdSchema>;
