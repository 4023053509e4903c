import { z } from 'zod';
import { type Head, nameSchema, oidSchema, type RepositoryFacts, webAddressSchema } from './facts.ts';
import type { SweepShape } from './queries.ts';

const blobSchema = z.object({
  oid: oidSchema,
  byteSize: z.number(),
  isBinary: z.boolean().nullish(),
  isTruncated: z.boolean(),
  text: z.string().nullish(),
});

const commitSchema = z.object({
  oid: oidSchema,
  committedDate: z.string(),
  tree: z.object({ oid: oidSchema }),
});

const repositorySchema = z.looseObject({
  id: z.string(),
  databaseId: z.number(),
  name: nameSchema,
  owner: z.object({ login: nameSchema }),
  url: webAddressSchema,
  visibility: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['public', 'internal', 'private'])),
  isArchived: z.boolean(),
  isFork: z.boolean(),
  repositoryTopics: z.object({
    nodes: z.array(z.object({ topic: z.object({ name: z.string() }) }).nullable()).nullish(),
  }),
  defaultBranchRef: z.object({ name: z.string() }).nullish(),
});

const pageInfoSchema = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

/** A page of a list of nodes, of which some may have been refused. */
export const toPageSchema = <Node extends z.ZodType>(node: Node) =>
  z.object({ pageInfo: pageInfoSchema, nodes: z.array(node.nullable()).nullish() });

export const sweepSchema = z.object({
  repositoryOwner: z.object({ repositories: toPageSchema(z.unknown()).extend({ totalCount: z.number() }) }).nullable(),
});

export const lookupSchema = z.object({ repository: z.unknown() });

export const whereaboutsSchema = z.object({
  nodes: z.array(
    z
      .object({ id: z.string(), databaseId: z.number(), name: z.string(), owner: z.object({ login: z.string() }) })
      .partial()
      .nullable(),
  ),
});

/** A text that came with an answer; `byteSize` tells one that is too long from one that is not there. */
export type AnsweredBlob = z.infer<typeof blobSchema>;

/** What an answer says of a repository: its facts, and the texts that came along. */
export type AnsweredRepository = { facts: RepositoryFacts; texts: [oid: string, text: string][] };

/** Reads a repository of an answer; undefined where GitHub refused to say what it is. */
export function findAnsweredRepository(node: unknown, shape: SweepShape): AnsweredRepository | undefined {
  const parsed = repositorySchema.safeParse(node);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const heads: Record<string, Head> = {};
  const texts: AnsweredRepository['texts'] = [];
  for (const [at, branch] of shape.branches.entries()) {
    const commit = commitSchema.safeParse(data[`head${at}`]);
    if (!commit.success) continue;
    const { oid, tree, committedDate } = commit.data;
    heads[branch] = { commit: oid, tree: tree.oid, committedAt: toUtc(committedDate) };
    for (const number of shape.paths.keys()) {
      const text = findText(data[`text${at}_${number}`]);
      if (text) texts.push(text);
    }
  }
  return { facts: toFacts(data, heads), texts };
}

function toFacts(data: z.infer<typeof repositorySchema>, heads: Record<string, Head>): RepositoryFacts {
  const topics = (data.repositoryTopics.nodes ?? []).flatMap((node) => (node ? [node.topic.name] : []));
  return {
    databaseId: data.databaseId,
    nodeId: data.id,
    owner: data.owner.login,
    name: data.name,
    url: data.url.replace(/\/+$/, ''),
    ...(data.defaultBranchRef ? { defaultBranch: data.defaultBranchRef.name } : {}),
    visibility: data.visibility,
    topics: topics.toSorted(),
    isArchived: data.isArchived,
    isFork: data.isFork,
    heads,
  };
}

/** The id and the text of a blob that came whole. */
export function findText(node: unknown): [string, string] | undefined {
  const { data } = blobSchema.safeParse(node);
  return data && typeof data.text === 'string' && !data.isTruncated && data.isBinary !== true
    ? [data.oid, data.text]
    : undefined;
}

/** A blob of an answer, however much of it came. */
export function findAnsweredBlob(node: unknown): AnsweredBlob | undefined {
  return blobSchema.safeParse(node).data;
}

const toUtc = (date: string) => new Date(date).toISOString().replace('.000Z', 'Z');
