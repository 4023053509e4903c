import { z } from 'zod';
import { parseRef } from '#model/ref.ts';
import { findMinutes } from './schedule.ts';

const text = z.string().min(1);
const texts = z.array(text);
const visibility = z.enum(['public', 'internal', 'private']);
/** A glob of ids or names of repositories. What negates is left out: `!a` beside `!b` would mean everything. */
const repositoryGlob = text.refine((glob) => !/^\s*!|^\s|\s$/.test(glob), {
  message: 'must be the name of a repository or a glob such as `acme/payments-*`, without `!`',
});
/** A group or a user in any spelling of Backstage. */
const ownerName = text.refine(
  (owner) => parseRef(owner, { kind: 'group' }).value !== undefined && !/[\s*!]/.test(owner),
  { message: 'must be a group or a user such as `payments` or `user:default/jane`' },
);
const readers = z.strictObject({
  repositories: z
    .array(repositoryGlob)
    .optional()
    .describe('Repositories, by `owner/name` or by their name here; globs'),
  owners: z.array(ownerName).optional().describe('Owners, by their refs; groups with all below them'),
});
const ageWords = 'must be a length of time such as `36h` or `2d`, or `false`';

/** `portal.staleAfter`: from how many seconds on what is shown counts as old; `false` is never. */
export const ageLimitSchema = z.union([z.literal(false), text], { error: ageWords }).transform((length, context) => {
  if (length === false) return 'never';
  const minutes = findMinutes(length);
  if (minutes !== undefined && minutes >= 1) return minutes * 60;
  context.addIssue({ code: 'custom', message: ageWords });
  return z.NEVER;
});

/** One entry of `portal.sources`: a folder whose sub-directories are repositories. */
export const sourceSchema = z.object({ folder: text.describe('The folder, relative to the file that names it') });

/** `portal.audience`: a key that is not known is refused, because a misspelt one would show what it should hide. */
export const audienceSchema = z.strictObject({
  visibility: z.array(visibility).optional().describe('Repositories of which visibility are shown; all when left out'),
  allow: readers.optional().describe('These are shown whatever their visibility'),
  deny: readers.optional().describe('These are not shown, whatever else is said'),
});

/** One text counts as a list of one. */
const oneOrMore = z.preprocess((value) => (typeof value === 'string' ? [value] : value), texts.min(1));

/** A glob of names of tags or branches: without blanks, no path from `refs/` on, and its brackets are closed. */
const isRefGlob = (glob: string) =>
  !/[\s~^:\\]|^!?\/|^!?refs\/|\.\./.test(glob) && /^(?:[^[\]{}]|\[[^[\]]+\]|\{[^{}]+\})+$/.test(glob);

/** One entry of `portal.docs.versions`: which versions of docs are shown beside the one that is read by default. */
export const docsVersionSchema = z.object({
  pattern: oneOrMore
    .refine((globs) => globs.every(isRefGlob), {
      message: 'must be a glob of names of tags or branches, such as `v*`',
    })
    .describe('Globs of names; one that begins with `!` takes names away'),
  count: z
    .number()
    .refine((count) => Number.isInteger(count) && count >= 1 && count <= 50, {
      message: 'must be a number from 1 to 50',
    })
    .default(3)
    .describe('How many, the newest first, at most 50'),
  type: z.enum(['tags', 'branches']).default('tags').describe('What the names are of'),
  repositories: oneOrMore.optional().describe('Globs of repositories; all when left out'),
  per: z.enum(['major', 'minor']).optional().describe('Only the newest of each; all when left out'),
});

const allowEntrySchema = z.union([
  text.transform((kind) => ({ kind, type: undefined })),
  z
    .object({ kind: text, 'spec.type': text.optional() })
    .transform((entry) => ({ kind: entry.kind, type: entry['spec.type'] })),
]);

/** One entry of `catalog.rules`, or of the `rules` of a location. */
export const ruleSchema = z.object({
  allow: z.array(allowEntrySchema).describe('Kinds, or maps of a `kind` and a `spec.type`'),
  locations: z
    .array(z.object({ type: text.optional(), exact: text.optional(), pattern: text.optional() }))
    .optional()
    .describe('The places that the rule is about; all when left out'),
});

export const locationSchema = z.object({
  type: text.describe('`file`, `url`, or a way of discovering of the time before providers'),
  target: text.describe('A path or an address; with `*` and `**`, several'),
  rules: z.array(ruleSchema).optional().describe('What may come from there'),
});

const amount = z.union([text, z.number()]);

/** A provider of `catalog.providers.github`, as all eras write it. */
export const githubProviderSchema = z
  .object({
    host: text.default('github.com').describe('Which host of `integrations.github`'),
    organization: text.optional().describe('The organisation that is read'),
    app: amount.optional().describe('In its place an App: every organisation that it is installed with is read'),
    catalogPath: text.default('/catalog-info.yaml').describe('Where catalog files are, beside their usual names'),
    validateLocationsExist: z
      .boolean()
      .default(false)
      .describe('Only files that are there count, as they always do here'),
    filters: z
      .object({
        branch: text.optional().describe('The branch that is read; else the default one'),
        repository: text
          .refine(isPattern, { message: 'must be a regular expression' })
          .optional()
          .describe('A regular expression of names'),
        allowForks: z.boolean().default(true).describe('Whether forks are read'),
        allowArchived: z.boolean().default(false).describe('Whether archived repositories are read'),
        visibility: z
          .array(z.string().toLowerCase().pipe(visibility))
          .optional()
          .describe('Repositories of which visibility are read; all when left out'),
        topic: z
          .union([
            text.transform((topic) => ({ include: [topic], exclude: undefined })),
            z.object({ include: texts.optional(), exclude: texts.optional() }),
          ])
          .optional()
          .describe('Topics that a repository must have (`include`) or must not (`exclude`)'),
      })
      .prefault({})
      .describe('Which repositories of the organisation'),
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
  id: text.default('default').describe('A name for it'),
  githubUrl: z.url().default('https://github.com').describe('The host'),
  target: z.url().optional().describe('The address of an organisation, as some examples write it'),
  orgs: texts.optional().describe('The organisations; all that can be seen when left out'),
  excludeSuspendedUsers: z.boolean().default(false).describe('Whether suspended people are left out'),
  defaultUserTransformer: z
    .object({ useVerifiedEmails: z.boolean().optional().describe('Addresses that the organisation has verified') })
    .optional()
    .describe('How people become entities'),
});

/** An organisation of the time when `catalog.processors.githubMultiOrg` was configured. */
export const multiOrgSchema = z.object({
  name: text.describe('The organisation'),
  groupNamespace: text.optional().describe('The namespace of its teams'),
  userNamespace: text.optional().describe('The namespace of its people'),
});

export const integrationSchema = z.object({
  host: text.default('github.com').describe('The host, `github.com` or one of GitHub Enterprise'),
  apiBaseUrl: z.url().optional().describe('The address of its API; the usual one when left out'),
  rawBaseUrl: z.url().optional().describe('Not needed here'),
  token: z.string().optional().describe('A token that can read'),
  apps: z
    .array(
      z.object({
        appId: amount.optional().describe('The id of the App'),
        clientId: text.optional().describe('Not needed here'),
        clientSecret: text.optional().describe('Not needed here'),
        webhookSecret: text.optional().describe('Not needed here'),
        privateKey: text.optional().describe('Its private key in PEM'),
        allowedInstallationOwners: texts
          .optional()
          .describe('The organisations that it is used for; all when left out'),
      }),
    )
    .optional()
    .describe('GitHub Apps in the place of a token'),
});

/** `portal.github`: how GitHub is read here, beside what Backstage's own keys say. */
export const githubReadingSchema = z.object({
  read: z.boolean().default(true).describe('`false` where the folders of `portal.sources` stand for the organisation'),
  budget: z
    .object({
      stopAt: z.number().min(0).max(1).default(0.2).describe('The share of the rate limit that is left to others'),
    })
    .prefault({})
    .describe('What of the rate limit is used'),
  store: text
    .optional()
    .describe('Where what was read is kept, relative to `app-config.yaml`; `store` in the snapshot when left out'),
  people: z
    .object({ emails: z.boolean().default(false).describe('Whether pages show e-mail addresses') })
    .prefault({})
    .describe('What is shown of people'),
});

/** `portal.guard.maxEntityDrop`: per cent, as a number or as `20%`. */
export const dropSchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*\d+(?:\.\d+)?\s*%?\s*$/)
      .transform((share) => Number.parseFloat(share)),
  ])
  .refine((share) => share >= 0 && share <= 100, { message: 'must be from 0 to 100 per cent' });

/** `portal.publish`: where `portolan publish` puts the site when no place is named, and how it is kept there. */
export const publishSchema = z.object({
  target: text.optional().describe('A bucket as `s3://name/prefix`, or a folder'),
  endpoint: z.url().optional().describe("The address of the bucket's server; of AWS when left out"),
  region: text.optional().describe('The region of the bucket'),
  grace: text
    .refine((length) => findMinutes(length) !== undefined, {
      message: 'must be a length of time, such as `24h` or `7d`',
    })
    .optional()
    .describe('How long files stay that are gone from the site'),
  keep: z.int().positive().optional().describe('How many releases can be put back'),
});

/** After how many days without a change a page of docs is stale. */
export const staleAfterSchema = z.int().positive();

export const textSchema = text;
/** On or off. */
export const switchSchema = z.boolean();
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
