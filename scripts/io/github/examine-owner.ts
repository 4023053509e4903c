import { z } from 'zod';
import { toTokenKind } from '../../github/doctor/credential.ts';
import type { Counted, OwnerFacts } from '../../github/doctor/owner.ts';
import { type Answer, formatAnswerFault } from '../../github/faults.ts';
import { peopleExamQuery, repositoriesExamQuery } from '../../github/queries.ts';
import type { GithubClient } from './client.ts';
import type { Parts } from './parts.ts';

const countSchema = z.object({ totalCount: z.number() });
const commitSchema = z.object({ oid: z.string(), tree: z.object({ oid: z.string() }) });
const repositoriesSchema = z.object({
  repositoryOwner: z.object({
    all: countSchema.extend({
      nodes: z.array(
        z.object({ name: z.string(), defaultBranchRef: z.object({ target: commitSchema }).nullish() }).nullable(),
      ),
    }),
    hidden: countSchema,
  }),
});
const peopleSchema = z.object({
  organization: z.object({ membersWithRole: countSchema.nullish(), teams: countSchema.nullish() }).nullish(),
});

/** Sees what a credential sees of an owner, and fetches one small thing with git. */
export async function examineOwner(
  client: GithubClient,
  login: string,
  wantsPeople: boolean,
  parts: Parts,
): Promise<OwnerFacts> {
  const answer = await client.query(repositoriesExamQuery, { login });
  const found = answer.fault === undefined ? repositoriesSchema.safeParse(answer.data).data : undefined;
  const owner = found?.repositoryOwner;
  if (answer.fault === 'spent')
    return { kind: 'other', repositories: { count: 0 }, private: 0, unasked: formatAnswerFault(answer) };
  const token = await client.findToken();
  const fetched = owner && (await tryGit(client, login, owner.all.nodes, token, parts));
  return {
    kind: token === undefined ? 'other' : toKind(token),
    repositories: owner ? { count: owner.all.totalCount } : { fault: formatAnswerFault(answer) },
    private: owner?.hidden.totalCount ?? 0,
    ...(wantsPeople && { people: toPeople(await client.query(peopleExamQuery, { login })) }),
    ...(fetched && { fetched }),
  };
}

/** The token of an installed App is not granted anything by itself. */
function toKind(token: string): OwnerFacts['kind'] {
  const kind = toTokenKind(token, undefined);
  return kind === 'installation' ? 'app' : kind === 'other' ? 'classic' : kind;
}

function toPeople(answer: Answer): NonNullable<OwnerFacts['people']> {
  const organization = answer.fault === undefined ? peopleSchema.safeParse(answer.data).data?.organization : undefined;
  const toCounted = (counted: { totalCount: number } | null | undefined): Counted =>
    counted ? { count: counted.totalCount } : { fault: formatAnswerFault(answer) };
  return { members: toCounted(organization?.membersWithRole), teams: toCounted(organization?.teams) };
}

type Node = z.infer<typeof repositoriesSchema>['repositoryOwner']['all']['nodes'][number];

async function tryGit(
  client: GithubClient,
  owner: string,
  nodes: readonly Node[],
  token: string | undefined,
  { git }: Parts,
): Promise<OwnerFacts['fetched']> {
  const node = nodes.find((each) => each?.defaultBranchRef);
  const target = node?.defaultBranchRef?.target;
  if (!node || !target) return undefined;
  const repository = `${owner}/${node.name}`;
  const address = { web: client.addresses.web, owner, name: node.name };
  const fetched = await git.use(address, token, (remote) => remote.fetchListing(target.oid, target.tree.oid));
  if ('message' in fetched) return { repository, fault: fetched.message.split('\n', 1)[0] ?? '' };
  return { repository, files: fetched.listing.files.length };
}
