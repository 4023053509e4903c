import { z } from 'zod';
import type { Version } from '#model/catalog.ts';
import { toPageSchema } from './answers.ts';
import { oidSchema } from './facts.ts';

/** The versions of a repository as the store keeps them: each with the tree of its commit, which says all that files can say. */
export const keptVersionsSchema = z.array(
  z.object({ name: z.string(), type: z.enum(['tag', 'branch', 'commit']), commit: oidSchema, tree: oidSchema }),
);

export type KeptVersion = z.infer<typeof keptVersionsSchema>[number];

/** A page of the tags or the branches of a repository. */
export type RefsWish = { nodeId: string; type: 'tag' | 'branch'; after?: string };

/** Fifty repositories with their tags and branches: a hundred lists are one point. */
export const refsOfQuestion = 100;

const prefixes = {
  tag: 'refPrefix: "refs/tags/", orderBy: {field: TAG_COMMIT_DATE, direction: DESC}',
  branch: 'refPrefix: "refs/heads/"',
} as const;

/** Asks for pages of refs of any repositories; the answers are `r0`, `r1` …, in the order of the wishes. */
export function toRefsQuery(wishes: readonly RefsWish[]): string {
  const parts = wishes.map(({ nodeId, type, after }, at) => {
    const page = `first: 100${after === undefined ? '' : `, after: ${JSON.stringify(after)}`}`;
    return `r${at}: node(id: ${JSON.stringify(nodeId)}) { ... on Repository { refs(${prefixes[type]}, ${page}) { ...refs } } }`;
  });
  return `query refs {
  rateLimit { cost limit remaining resetAt }
  ${parts.join('\n  ')}
}
fragment refs on RefConnection { pageInfo { hasNextPage endCursor } nodes { name target { ...tag ...commit } } }
fragment tag on Tag { target { ...commit ... on Tag { target { ...commit } } } }
fragment commit on Commit { oid tree { oid } }`;
}

const answerSchema = z.object({ refs: toPageSchema(z.object({ name: z.string(), target: z.unknown() })) });
const commitSchema = z.object({ oid: oidSchema, tree: z.object({ oid: oidSchema }) });
const tagSchema = z.object({ target: z.unknown() });

/** The versions on a page of refs, and the cursor of the next one; undefined where the answer was refused. */
export function findRefsPage(
  node: unknown,
  type: RefsWish['type'],
): { versions: KeptVersion[]; next?: string } | undefined {
  const { data } = answerSchema.safeParse(node);
  if (!data) return undefined;
  const { nodes, pageInfo } = data.refs;
  const versions = (nodes ?? []).flatMap((ref): KeptVersion[] => {
    const commit = ref && findCommit(ref.target);
    return commit ? [{ name: ref.name, type, ...commit }] : [];
  });
  const next = pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
  return { versions, ...(next !== undefined && { next }) };
}

/** The commit that an object is or, as a tag, was put on. */
function findCommit(target: unknown): Pick<KeptVersion, 'commit' | 'tree'> | undefined {
  const commit = commitSchema.safeParse(target).data;
  if (commit) return { commit: commit.oid, tree: commit.tree.oid };
  const tag = tagSchema.safeParse(target).data;
  return tag && findCommit(tag.target);
}

/** What is kept after asking anew: what there is now, and the commits that somebody asked for by their own name. */
export function mergeVersions(kept: readonly KeptVersion[], now: readonly KeptVersion[]): KeptVersion[] {
  return [...now, ...kept.filter(({ type }) => type === 'commit')];
}

/** The tags and branches among what is kept. */
export function toVersions(kept: readonly KeptVersion[]): Version[] {
  return kept.flatMap(({ tree: _tree, ...version }) => (version.type === 'commit' ? [] : [version]));
}
