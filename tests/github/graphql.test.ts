import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query } from './clients.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toOddities } from './world/odd.ts';

let server: GithubServer;

beforeAll(async () => {
  const tokens = {
    'test-token': { login: 'octavia', scopes: ['repo', 'read:org'] },
    'scanty-token': { login: 'octavia', scopes: ['repo'] },
  };
  server = await createGithubServer({ organisations: [toOddities()], tokens });
  await server.world.commit('oddities/busy', { 'docs/index.md': '# Busy\n' }, { message: 'Write docs' });
  await server.world.commit('oddities/busy', { 'README.md': '# Busy\n' }, { message: 'Introduce it' });
  await server.world.tag('oddities/busy', 'v1');
  await server.world.loseObject('oddities/short-ending', 'refs/heads/main:catalog-info.yml');
});

afterAll(() => server.close());

const ask = async (text: string, token?: string) => (await query(server, text, token)).json();
const see = async (name: string, fields: string) => {
  const { data, errors } = await ask(`{ repository(owner: "oddities", name: "${name}") { ${fields} } }`);
  return { ...data?.repository, ...(errors ? { errors } : {}) };
};

describe('a repository', () => {
  test.each([
    [
      'links',
      'nameWithOwner visibility isPrivate isEmpty isFork',
      { nameWithOwner: 'oddities/links', visibility: 'PRIVATE', isPrivate: true, isEmpty: false, isFork: false },
    ],
    [
      'empty',
      'isEmpty defaultBranchRef { name } object(expression: "HEAD:x") { oid }',
      { isEmpty: true, defaultBranchRef: null, object: null },
    ],
    ['archived', 'isArchived', { isArchived: true }],
    ['fork', 'isFork visibility', { isFork: true, visibility: 'PUBLIC' }],
    ['internal', 'visibility isPrivate', { visibility: 'INTERNAL', isPrivate: true }],
    ['disabled', 'isDisabled', { isDisabled: true }],
    [
      'trunk',
      'defaultBranchRef { name prefix }',
      { defaultBranchRef: { name: 'release/2026', prefix: 'refs/heads/' } },
    ],
    [
      'public',
      'repositoryTopics(first: 5) { nodes { topic { name } } }',
      { repositoryTopics: { nodes: [{ topic: { name: 'open' } }] } },
    ],
    ['old-name', 'name', { name: 'renamed' }],
    [
      'branches',
      'refs(refPrefix: "refs/heads/", first: 5) { nodes { name } }',
      { refs: { nodes: [{ name: 'feature/portal' }, { name: 'main' }] } },
    ],
    ['branches', 'ref(qualifiedName: "feature/portal") { name }', { ref: { name: 'feature/portal' } }],
    [
      'busy',
      'object(expression: "v1") { ... on Commit { messageHeadline } }',
      { object: { messageHeadline: 'Introduce it' } },
    ],
    ['short-ending', 'object(expression: "HEAD:catalog-info.yml") { oid }', { object: null }],
  ])('%s: %s', async (name, fields, expected) => {
    expect(await see(name, fields)).toEqual(expected);
  });

  test.each([
    ['taken-down', 'FORBIDDEN', 'Repository access blocked'],
    ['protected', 'FORBIDDEN', 'SAML enforcement'],
    ['nothing', 'NOT_FOUND', "Could not resolve to a Repository with the name 'oddities/nothing'."],
  ])('%s is refused', async (name, type, message) => {
    expect((await see(name, 'name')).errors[0]).toMatchObject({
      type,
      message: expect.stringContaining(message),
      path: ['repository'],
    });
  });
});

describe('a file', () => {
  const content = '... on Blob { byteSize isBinary isTruncated text }';
  const read = async (path: string) =>
    (await see('binaries', `object(expression: "HEAD:${path}") { ${content} }`)).object;

  test('with bytes that are no text has no text', async () => {
    expect(await read('docs/picture.png')).toEqual({ byteSize: 2048, isBinary: true, isTruncated: false, text: null });
  });

  test('that is too long is cut', async () => {
    const { text, ...rest } = await read('docs/long.md');
    expect(rest).toEqual({ byteSize: 8 + 60_000 * 22, isBinary: false, isTruncated: true });
    expect(text).toHaveLength(512 * 1024);
  });

  test('can be had by its id, from its own repository only', async () => {
    const { object } = await see('busy', 'object(expression: "HEAD:docs/index.md") { oid }');
    const byId = `object(oid: "${object.oid}") { ... on Blob { text } }`;
    expect([await see('busy', byId), await see('links', byId)]).toEqual([
      { object: { text: '# Busy\n' } },
      { object: null },
    ]);
  });
});

test('a tree tells links, submodules and folders apart', async () => {
  const { object } = await see(
    'links',
    'object(expression: "HEAD:") { ... on Tree { entries { name type mode object { __typename } } } }',
  );
  expect(object.entries).toEqual(
    expect.arrayContaining([
      { name: 'docs', type: 'tree', mode: 0o040000, object: { __typename: 'Tree' } },
      { name: 'vendored', type: 'commit', mode: 0o160000, object: null },
    ]),
  );
  const { object: docs } = await see(
    'links',
    'object(expression: "HEAD:docs") { ... on Tree { entries { path mode size } } }',
  );
  expect(docs.entries).toContainEqual({ path: 'docs/outside.md', mode: 0o120000, size: 13 });
});

test('the history of a path holds the commits that changed it', async () => {
  const target =
    'target { ... on Commit { history(first: 10, path: "docs") { totalCount nodes { message committedDate } } } }';
  const { defaultBranchRef } = await see('busy', `defaultBranchRef { ${target} }`);
  expect(defaultBranchRef.target.history).toEqual({
    totalCount: 1,
    nodes: [{ message: 'Write docs', committedDate: '2026-01-05T08:02:00Z' }],
  });
});

describe('people', () => {
  const teams = `{ organization(login: "oddities") {
    teams(first: 5) { nodes { slug combinedSlug privacy parentTeam { slug } members(first: 5, membership: IMMEDIATE) { nodes { login } } } }
    membersWithRole(first: 5) { totalCount nodes { login name email } }
  } }`;

  test('are listed with their teams', async () => {
    const { organization } = (await ask(teams)).data;
    expect(organization.teams.nodes[1]).toEqual({
      slug: 'inner-circle',
      combinedSlug: 'oddities/inner-circle',
      privacy: 'SECRET',
      parentTeam: { slug: 'everybody' },
      members: { nodes: [{ login: 'octavia' }, { login: 'nemo' }] },
    });
    expect(organization.membersWithRole.nodes[0]).toEqual({
      login: 'octavia',
      name: 'Octavia',
      email: 'octavia@acme.example',
    });
  });

  test('are refused to a token without the scope', async () => {
    expect((await ask(teams, 'scanty-token')).errors[0]).toMatchObject({ type: 'INSUFFICIENT_SCOPES' });
  });
});

describe('a price', () => {
  const list = (fields: string) =>
    `{ rateLimit { cost nodeCount } organization(login: "oddities") { repositories(first: 100) { nodes { ${fields} } } } }`;

  test.each([
    [
      'one point for one list, however many objects hang on it',
      'a: object(expression: "HEAD:a") { oid } b: object(expression: "HEAD:b") { oid }',
      1,
      100,
    ],
    ['one list for each node of another', 'repositoryTopics(first: 10) { nodes { topic { name } } }', 1, 100 + 1000],
    [
      'lists in lists add up',
      'refs(first: 50, refPrefix: "refs/heads/") { nodes { associatedPullRequests(first: 1) { totalCount } } }',
      51,
      100 + 5000 + 5000,
    ],
  ])('is %s', async (_, fields, cost, nodeCount) => {
    expect((await ask(list(fields))).data.rateLimit).toEqual({ cost, nodeCount });
  });

  test.each([
    [
      'a list without a length',
      '{ organization(login: "oddities") { repositories { totalCount } } }',
      'MISSING_PAGINATION_BOUNDARIES',
    ],
    [
      'a page of 101',
      '{ organization(login: "oddities") { repositories(first: 101) { totalCount } } }',
      'EXCESSIVE_PAGINATION',
    ],
    [
      'more than 500,000 nodes',
      list('refs(first: 100, refPrefix: "r") { nodes { associatedPullRequests(first: 100) { totalCount } } }'),
      'MAX_NODE_LIMIT_EXCEEDED',
    ],
    [
      'a cursor that is none',
      '{ organization(login: "oddities") { repositories(first: 1, after: "x") { totalCount } } }',
      'INVALID_CURSOR_ARGUMENTS',
    ],
  ])('is refused for %s', async (_, text, type) => {
    expect((await ask(text)).errors[0]).toMatchObject({ type });
  });
});

describe('pages', () => {
  const page = async (after = '', words = '') => {
    const text = `{ organization(login: "oddities") { repositories(first: 5${after && `, after: "${after}"`}${words}) { nodes { name } pageInfo { hasNextPage endCursor } } } }`;
    return (await ask(text)).data.organization.repositories;
  };
  const names = ({ nodes }: { nodes: ({ name: string } | null)[] }) => nodes.map((node) => node?.name);

  test('go on where they were when a repository appears or goes in between', async () => {
    const first = await page();
    await server.world.delete('oddities/links');
    const second = await page(first.pageInfo.endCursor);
    await server.world.create('oddities', { name: 'links' });
    expect([names(first)[0], names(second)[0]]).toEqual(['links', 'nested']);
  });

  test('can be sorted and filtered', async () => {
    const latest = await page('', ', orderBy: {field: PUSHED_AT, direction: DESC}, isArchived: false');
    expect(names(latest)[0]).toBe('links');
    expect(names(await page('', ', visibility: INTERNAL'))).toEqual(['internal']);
  });
});

test('nodes are found by their ids', async () => {
  const { data } = await ask(
    '{ organization(login: "oddities") { id } repository(owner: "oddities", name: "busy") { id object(expression: "HEAD:README.md") { id } } }',
  );
  const ids = [data.organization.id, data.repository.id, data.repository.object.id, 'R_bm90aGluZw'];
  const found = await ask(`{ nodes(ids: ${JSON.stringify(ids)}) { __typename ... on Blob { text } } }`);
  expect(found.data.nodes).toEqual([
    { __typename: 'Organization' },
    { __typename: 'Repository' },
    { __typename: 'Blob', text: '# Busy\n' },
    null,
  ]);
  expect(found.errors[0].type).toBe('NOT_FOUND');
});
