import { z } from 'zod';

const text = z.string().min(1);
const texts = z.array(text);
const visibility = z.enum(['public', 'internal', 'private']);
const readers = z.object({ repositories: texts.optional(), owners: texts.optional() });

/** One entry of `portal.sources`: a folder whose sub-directories are repositories. */
export const sourceSchema = z.object({ folder: text });

export const audienceSchema = z.object({
  visibility: z.array(visibility).optional(),
  allow: readers.optional(),
  deny: readers.optional(),
});

const allowEntrySchema = z.union([
  text.transform((kind) => ({ kind, type: undefined })),
  z
    .object({ kind: text, 'spec.type': text.optional() })
    .transform((entry) => ({ kind: entry.kind, type: entry['spec.type'] })),
]);

/** One entry of `catalog.rules`, or of the `rules` of a location. */
export const ruleSchema = z.object({
  allow: z.array(allowEntrySchema),
  locations: z.array(z.object({ type: text.optional(), exact: text.optional(), pattern: text.optional() })).optional(),
});

export const locationSchema = z.object({ type: text, target: text, rules: z.array(ruleSchema).optional() });

const amount = z.union([text, z.number()]);

/** A provider of `catalog.providers.github`, as all eras write it. */
export const githubProviderSchema = z
  .object({
    host: text.default('github.com'),
    organization: text.optional(),
    app: amount.optional(),
    catalogPath: text.default('/catalog-info.yaml'),
    validateLocationsExist: z.boolean().default(false),
    filters: z
      .object({
        branch: text.optional(),
        repository: text.refine(isPattern, { message: 'must be a regular expression' }).optional(),
        allowForks: z.boolean().default(true),
        allowArchived: z.boolean().default(false),
        visibility: z.array(z.string().toLowerCase().pipe(visibility)).optional(),
        topic: z
          .union([
            text.transform((topic) => ({ include: [topic], exclude: undefined })),
            z.object({ include: texts.optional(), exclude: texts.optional() }),
          ])
          .optional(),
      })
      .prefault({}),
  })
  .refine(({ organization, app }) => organization !== undefined || app !== undefined, {
    message: 'needs an `organization` or an `app`',
  });

function isPattern(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

/** A provider of `catalog.providers.githubOrg`: people and teams. */
export const githubOrgProviderSchema = z.object({
  id: text.default('default'),
  githubUrl: z.url().default('https://github.com'),
  /** Some examples write the organisation's address here. */
  target: z.url().optional(),
  orgs: texts.optional(),
  excludeSuspendedUsers: z.boolean().default(false),
  defaultUserTransformer: z.object({ useVerifiedEmails: z.boolean().optional() }).optional(),
});

/** An organisation of the time when `catalog.processors.githubMultiOrg` was configured. */
export const multiOrgSchema = z.object({
  name: text,
  groupNamespace: text.optional(),
  userNamespace: text.optional(),
});

export const integrationSchema = z.object({
  host: text.default('github.com'),
  apiBaseUrl: z.url().optional(),
  rawBaseUrl: z.url().optional(),
  token: z.string().optional(),
  apps: z
    .array(
      z.object({
        appId: amount.optional(),
        clientId: text.optional(),
        clientSecret: text.optional(),
        webhookSecret: text.optional(),
        privateKey: text.optional(),
        allowedInstallationOwners: texts.optional(),
      }),
    )
    .optional(),
});

/** `portal.github`: how GitHub is read here, beside what Backstage's own keys say. */
export const githubReadingSchema = z.object({
  /** False where the folders of `portal.sources` stand for the organisation. */
  read: z.boolean().default(true),
  budget: z.object({ stopAt: z.number().min(0).max(1).default(0.2) }).prefault({}),
  store: text.optional(),
  people: z.object({ emails: z.boolean().default(false) }).prefault({}),
});

export const checkLevelSchema = z.enum(['error', 'warning', 'hint']);
export const textSchema = text;
export const urlSchema = z.url();

export type Audience = z.infer<typeof audienceSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type GithubProvider = z.infer<typeof githubProviderSchema> & { id: string };
export type GithubOrgProvider = z.infer<typeof githubOrgProviderSchema> & {
  groupNamespace?: string;
  userNamespace?: string;
};
export type GithubIntegration = z.infer<typeof integrationSchema>;
export type GithubReading = z.infer<typeof githubReadingSchema>;
