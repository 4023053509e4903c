import { z } from 'zod';

const text = z.string().min(1);
const texts = z.array(text);
const visibility = z.enum(['public', 'internal', 'private']);
const durationUnits: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };
const durationWords = 'must be a duration such as `36h` or `2d`, or `false`';

/** `portal.staleAfter`: from how many seconds on what is shown counts as old; `false` is never. */
export const ageLimitSchema = z.preprocess(
  (value) => (value === false ? 'never' : typeof value === 'string' ? value.trim() : ''),
  z
    .string()
    .regex(/^(?:never|[1-9]\d{0,4}\s?[mhdw])$/, { error: durationWords })
    .transform((text) =>
      text === 'never' ? ('never' as const) : Number.parseInt(text, 10) * (durationUnits[text.slice(-1)] ?? 0),
    ),
);

const readers = z.object({ repositories: texts.optional(), owners: texts.optional() });

/** One entry of `portal.sources`: a folder whose sub-directories are repositories. */
export const sourceSchema = z.object({ folder: text });

export const audienceSchema = z.object({
  visibility: z.array(visibility).optional(),
  allow: readers.optional(),
  deny: readers.optional(),
});

/** One text counts as a list of one. */
const oneOrMore = z.preprocess((value) => (typeof value === 'string' ? [value] : value), texts.min(1));

/** A glob of names of tags or branches: without blanks, no path from `refs/` on, and its brackets are closed. */
const isRefGlob = (glob: string) =>
  !/[\s~^:\\]|^!?\/|^!?refs\/|\.\./.test(glob) && /^(?:[^[\]{}]|\[[^[\]]+\]|\{[^{}]+\})+$/.test(glob);

/** One entry of `portal.docs.versions`: which versions of docs are shown beside the one that is read by default. */
export const docsVersionSchema = z.object({
  pattern: oneOrMore.refine((globs) => globs.every(isRefGlob), {
    message: 'must be a glob of names of tags or branches, such as `v*`',
  }),
  count: z
    .number()
    .refine((count) => Number.isInteger(count) && count >= 1 && count <= 50, {
      message: 'must be a number from 1 to 50',
    })
    .default(3),
  type: z.enum(['tags', 'branches']).default('tags'),
  repositories: oneOrMore.optional(),
  per: z.enum(['major', 'minor']).optional(),
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

/** `portal.guard.maxEntityDrop`: per cent, as a number or as `20%`. */
export const dropSchema = z
  .preprocess((value) => (typeof value === 'string' && isShare(value) ? Number.parseFloat(value) : value), z.number())
  .refine((share) => share >= 0 && share <= 100, { message: 'must be from 0 to 100 per cent' });

const isShare = (value: string) => /^\s*\d+(?:\.\d+)?\s*%?\s*$/.test(value);

/** After how many days without a change a page of docs is stale. */
export const staleAfterSchema = z.int().positive();

export const checkLevelSchema = z.enum(['error', 'warning', 'hint']);
export const textSchema = text;
export const urlSchema = z.url();
/** A host as it stands in an address, with its port where it has one; no pattern. */
export const hostSchema = text
  .toLowerCase()
  .refine((host) => /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?$/.test(host), {
    message: 'must be a host such as `video.example.org`, without a scheme or a pattern',
  });
/** The scheme of an address, with or without its colon. */
export const protocolSchema = text.transform((value) => value.toLowerCase().replace(/:$/, ''));
export const webAddressSchema = z.url({ protocol: /^https?$/ });

export type Audience = z.infer<typeof audienceSchema>;
export type DocsVersionRule = z.infer<typeof docsVersionSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type GithubProvider = z.infer<typeof githubProviderSchema> & { id: string };
export type GithubOrgProvider = z.infer<typeof githubOrgProviderSchema> & {
  groupNamespace?: string;
  userNamespace?: string;
};
export type GithubIntegration = z.infer<typeof integrationSchema>;
export type GithubReading = z.infer<typeof githubReadingSchema>;
