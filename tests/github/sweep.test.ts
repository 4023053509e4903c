import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { query, toOctokit } from './clients.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toAcme } from './world/acme.ts';
import { createWorld, type World } from './world/world.ts';

let server: GithubServer;

beforeAll(async () => {
  server = await createGithubServer();
});

afterAll(() => server.close());

const acme = fileURLToPath(new URL('../../examples/acme/repositories', import.meta.url));

const sweep = `query sweep($cursor: String) {
  rateLimit { cost nodeCount }
  organization(login: "acme") {
    repositories(first: 4, after: $cursor, orderBy: {field: NAME, direction: ASC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        nameWithOwner isArchived visibility
        repositoryTopics(first: 20) { nodes { topic { name } } }
        defaultBranchRef { name target { oid ... on Commit { committedDate tree { oid } } } }
        catalog: object(expression: "HEAD:catalog-info.yaml") { ... on Blob { oid text isBinary isTruncated byteSize } }
        absent: object(expression: "HEAD:no-such-file") { oid }
        docs: object(expression: "HEAD:docs") { ... on Tree { entries { name path type mode } } }
      }
    }
  }
}`;

type Swept = {
  nameWithOwner: string;
  defaultBranchRef: { name: string; target: { oid: string } };
  catalog: { text: string; byteSize: number } | null;
  absent: null;
  docs: { entries: { name: string; path: string; type: string; mode: number }[] } | null;
};

type Sweep = { rateLimit: { cost: number }; organization: { repositories: { nodes: Swept[] } } };

const sweepAll = async () => {
  const { organization } = await toOctokit(server).graphql.paginate<Sweep>(sweep);
  return organization.repositories.nodes;
};

test('a sweep by pages finds every folder of the demo organisation, with the bytes that are on the disk', async () => {
  server.log.clear();
  const repositories = await sweepAll();
  expect(repositories).toHaveLength(15);
  const checkout = repositories.find(({ nameWithOwner }) => nameWithOwner === 'acme/checkout');
  expect(checkout).toMatchObject({ isArchived: false, visibility: 'PRIVATE', absent: null });
  expect(checkout?.catalog?.text).toBe(readFileSync(`${acme}/checkout/catalog-info.yaml`, 'utf8'));
  expect(checkout?.docs?.entries).toContainEqual({
    name: 'index.md',
    path: 'docs/index.md',
    type: 'blob',
    mode: 0o100644,
  });
  expect(server.log.count()).toMatchObject({ graphqlRequests: 4, points: 4, rest: 0, gitRequests: 0 });
});

test('ids of commits are the same in every run', async () => {
  const again = await createWorld([toAcme()]);
  const ids = (world: World) => world.listRepositories('acme').map(({ name, refs }) => [name, ...refs]);
  expect(ids(again)).toEqual(ids(server.world));
  await again.close();
});

test('a field that GitHub does not have is refused before anything runs', async () => {
  const body = await (await query(server, '{ viewer { login shoeSize } }')).json();
  expect(body).toEqual({
    errors: [
      expect.objectContaining({ message: expect.stringContaining('Cannot query field "shoeSize" on type "User"') }),
    ],
  });
});

test('a field that GitHub has and this server does not know is an error, never silently null', async () => {
  const body = await (
    await query(server, '{ repository(owner: "acme", name: "org") { mentionableUsers(first: 1) { totalCount } } }')
  ).json();
  expect(body.errors[0].message).toContain('does not answer Repository.mentionableUsers');
});
