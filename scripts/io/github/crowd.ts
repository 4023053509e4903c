import { z } from 'zod';
import { toPageSchema } from '../../github/answers.ts';
import { formatAnswerFault, formatFault } from '../../github/faults.ts';
import { findSmallerPage } from '../../github/page-size.ts';
import { type Crowd, type Person, personSchema, type Team, teamSchema } from '../../github/people.ts';
import { teamMembersQuery, teamsQuery, toMembersQuery } from '../../github/queries.ts';
import type { GithubClient } from './client.ts';

/** What is asked of people beside their names. */
export type CrowdOptions = { emails: boolean; withoutSuspended: boolean };

/** The people and teams of an organisation, or why they cannot be had. */
export type FetchedCrowd = { crowd: Crowd; reason?: undefined } | { reason: string };

/** Reads members and teams, a page of a hundred people or fifty teams for a point. */
export async function fetchCrowd(
  client: GithubClient,
  organization: string,
  options: CrowdOptions,
  seenAt: string,
): Promise<FetchedCrowd> {
  const people = await fetchPeople(client, organization, options);
  if (people.reason !== undefined) return people;
  const teams = await fetchTeams(client, organization);
  if (teams.reason !== undefined) return teams;
  return {
    crowd: { organization, seenAt, people: people.found.toSorted(byLogin), teams: teams.found.toSorted(bySlug) },
  };
}

const byLogin = (left: Person, right: Person) => (left.login < right.login ? -1 : 1);
const bySlug = (left: Team, right: Team) => (left.slug < right.slug ? -1 : 1);

type Found<Value> = { found: Value[]; reason?: undefined } | { reason: string };

/** Only Enterprise hosts say who is suspended; one that does not know the question is asked without it. */
async function fetchPeople(client: GithubClient, login: string, options: CrowdOptions): Promise<Found<Person>> {
  const { emails, withoutSuspended } = options;
  const ask = (suspended: boolean) =>
    fetchPages(client, toMembersQuery({ emails, suspended }), { login, first: 100 }, membersPath, personSchema);
  const isAsked = withoutSuspended && client.addresses.host !== 'github.com';
  const first = await ask(isAsked);
  const people = isAsked && first.reason?.includes('suspendedAt') ? await ask(false) : first;
  if (people.reason !== undefined) return people;
  return { found: people.found.filter(({ suspendedAt }) => !withoutSuspended || !suspendedAt) };
}

const membersPath = ['organization', 'membersWithRole'];
const loginSchema = z.object({ login: z.string() });
const answeredTeamSchema = teamSchema.extend({ members: toPageSchema(loginSchema) });

async function fetchTeams(client: GithubClient, login: string): Promise<Found<Team>> {
  const teams = await fetchPages(
    client,
    teamsQuery,
    { login, first: 50 },
    ['organization', 'teams'],
    answeredTeamSchema,
  );
  if (teams.reason !== undefined) return teams;
  const found: Team[] = [];
  for (const { members, ...team } of teams.found) {
    const logins = toLogins(members.nodes ?? []);
    if (members.pageInfo.hasNextPage) {
      const variables = { login, slug: team.slug, first: 100 };
      const more = await fetchPages(
        client,
        teamMembersQuery,
        variables,
        teamPath,
        loginSchema,
        members.pageInfo.endCursor,
      );
      if (more.reason !== undefined) return more;
      logins.push(...toLogins(more.found));
    }
    found.push({ ...team, members: logins.toSorted() });
  }
  return { found };
}

const teamPath = ['organization', 'team', 'members'];
const toLogins = (nodes: readonly ({ login: string } | null)[]) => nodes.flatMap((node) => (node ? [node.login] : []));

/** All nodes of a list that an answer holds at a path. */
async function fetchPages<Node extends z.ZodType>(
  client: GithubClient,
  text: string,
  variables: Record<string, unknown> & { first: number },
  path: readonly string[],
  schema: Node,
  begin: string | null | undefined = null,
): Promise<Found<z.infer<Node>>> {
  const found: z.infer<Node>[] = [];
  const cursors = new Set<string>();
  for (let after = begin, size = variables.first; ; ) {
    const answer = await client.query(text, { ...variables, first: size, after });
    const smaller = findSmallerPage(size);
    if (answer.fault === 'heavy' && smaller !== undefined) {
      size = smaller;
      continue;
    }
    const page =
      answer.fault === undefined ? toPageSchema(schema).safeParse(findAt(answer.data, path)).data : undefined;
    if (!page) return { reason: formatAnswerFault(answer) };
    for (const node of page.nodes ?? []) if (node !== null) found.push(node as z.infer<Node>); // read by the schema above
    if (!page.pageInfo.hasNextPage || !page.pageInfo.endCursor) return { found };
    if (cursors.has(page.pageInfo.endCursor)) return { reason: formatFault('invalid', 'the same page twice') };
    cursors.add(page.pageInfo.endCursor);
    after = page.pageInfo.endCursor;
  }
}

function findAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
    data,
  );
}
