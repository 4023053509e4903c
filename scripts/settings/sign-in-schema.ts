import { z } from 'zod';

const text = z.string().min(1);
/** One text counts as a list of one. A list that is given is not empty: it would ask for nothing, or for everything. */
const oneOrMore = <Schema extends z.ZodType>(entry: Schema) =>
  z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(entry).min(1));

const address = z
  .url({ protocol: /^https?$/ })
  .refine((value) => isPlain(value), { error: 'must not hold a name and a password, a `?` or a `#`' });

function isPlain(value: string): boolean {
  const { username, password, search, hash } = URL.parse(value) ?? {};
  return !username && !password && !search && !hash;
}

const credential = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z.string().regex(/^[\x21-\x7e]+$/, { error: 'must be one line of plain letters without blanks' }),
);

const domain = z
  .string()
  .regex(/^@?(?:[a-z0-9-]+\.)+[a-z0-9-]+$/i, { error: 'must be a domain, such as `example.org`' });
const organization = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/i, { error: 'must be the name of an organisation' });
const team = z.string().regex(/^[a-z0-9][a-z0-9_-]*\/[a-z0-9][a-z0-9._-]*$/i, {
  error: 'must be `organisation/team`, the team by the name that its address has',
});

/** Each setting of `portal.signIn` by itself. */
export const signInSchema = {
  provider: z.enum(['oidc', 'github']),
  issuer: address,
  host: z.string().regex(/^[\w.-]+(:\d+)?$/, { error: 'must be the name of a host, without scheme' }),
  clientId: credential,
  clientSecret: credential,
  clientAuthentication: z.enum(['client_secret_basic', 'client_secret_post']),
  redirectUris: oneOrMore(address),
  scopes: z.preprocess(
    (value) => (typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : value),
    z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, { error: 'must be the name of a scope' })).min(1),
  ),
  claims: z.strictObject({
    email: text.optional().describe('The claim with the e-mail address; usually `email`'),
    login: text.optional().describe('The claim with the login; usually `preferred_username`'),
    groups: text.optional().describe('The claim with the groups; usually `groups`'),
    person: text.optional().describe('The claim that says who of the catalog it is, if there is one'),
  }),
  sessionKeys: oneOrMore(text),
  hours: z.number().gt(0).max(168),
  afterSignOut: address,
  insecureLoopback: z.boolean(),
} as const;

/** `portal.signIn.allow`: who is let in. */
export const allowSchema = z.strictObject({
  groups: oneOrMore(text).optional().describe('OpenID Connect: groups, as the claim names them'),
  emailDomains: oneOrMore(domain).optional().describe('OpenID Connect: domains of e-mail addresses'),
  organizations: oneOrMore(organization).optional().describe('GitHub: organisations, by their active members'),
  teams: oneOrMore(team).optional().describe('GitHub: teams, as `organisation/team`'),
  users: oneOrMore(text)
    .optional()
    .describe('People, beside the others: an e-mail address, a login, or the name that the issuer has for them'),
});

/** What of it each provider can tell. */
export const allowKeys: Readonly<Record<'oidc' | 'github', readonly (keyof z.infer<typeof allowSchema>)[]>> = {
  oidc: ['groups', 'emailDomains', 'users'],
  github: ['organizations', 'teams', 'users'],
};
