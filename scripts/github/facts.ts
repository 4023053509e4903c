import { z } from 'zod';

/** The name that git gives to content. It is part of paths in the store, so it is looked at closely. */
export const oidSchema = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

/** A name of an owner or a repository. It is part of addresses and of git's configuration, so it is looked at closely. */
export const nameSchema = z.string().regex(/^(?!\.{1,2}$)[\w.@-]{1,200}$/);

/** Where people find a repository; other schemes than these two have no place in a link. */
export const webAddressSchema = z.string().regex(/^https?:\/\/[^\s"'<>]+$/);

/** The commit that a branch stood at, and the tree of it, which says all that files can say. */
const headSchema = z.object({ commit: oidSchema, tree: oidSchema, committedAt: z.string() });

/** What a sweep learns of a repository; kept in the store, so it is a schema and not only a type. */
export const factsSchema = z.object({
  databaseId: z.number(),
  nodeId: z.string(),
  owner: nameSchema,
  name: nameSchema,
  url: webAddressSchema,
  defaultBranch: z.string().optional(),
  visibility: z.enum(['public', 'internal', 'private']),
  topics: z.array(z.string()),
  isArchived: z.boolean(),
  isFork: z.boolean(),
  /** By branch; the default one's key is empty. */
  heads: z.record(z.string(), headSchema),
});

/** What is kept of a repository: its facts, when they held, and the last state of it that was read in whole. */
export const keptFactsSchema = factsSchema.extend({
  seenAt: z.string(),
  good: headSchema.extend({ branch: z.string(), seenAt: z.string() }).optional(),
});

/** Everything that the store knows of an owner. */
export const keptOwnerSchema = z.object({
  repositories: z.array(keptFactsSchema),
  /** Set as long as no list of this owner came to its end, so that repositories may be missing. */
  isPartial: z.boolean().optional(),
});

export type Head = z.infer<typeof headSchema>;
export type RepositoryFacts = z.infer<typeof factsSchema>;
export type KeptFacts = z.infer<typeof keptFactsSchema>;
export type GoodState = NonNullable<KeptFacts['good']>;
export type KeptOwner = z.infer<typeof keptOwnerSchema>;

/** `acme/checkout`, as GitHub spells it. */
export function toFullName({ owner, name }: Pick<RepositoryFacts, 'owner' | 'name'>): string {
  return `${owner}/${name}`;
}
