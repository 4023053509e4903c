import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, toOctokit } from './clients.ts';
import { routes } from './rest/routes/index.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { binary, toOddities } from './world/odd.ts';

let server: GithubServer;

beforeAll(async () => {
  const tokens = { 'test-token': { login: 'octavia', scopes: ['repo', 'read:org'] } };
  const apps = [{ id: 7, slug: 'portal', installations: [{ id: 70, account: 'oddities' }] }];
  server = await createGithubServer({ organisations: [toOddities()], tokens, apps, treeLimit: 20 });
  await server.world.tag('oddities/busy', 'v1');
});

afterAll(() => server.close());

const headers = { authorization: 'Bearer test-token' };
const read = (path: string, init: RequestInit = {}) => ask(server, `/api/v3${path}`, { headers, ...init });

const toBlob = async () => {
  const { data } = await toOctokit(server).rest.repos.getContent({
    owner: 'oddities',
    repo: 'busy',
    path: 'catalog-info.yaml',
  });
  return Array.isArray(data) ? '' : data.sha;
};

/** An address for every route that a person's token may ask; the others are in apps.test.ts. */
const examples: Record<string, string | (() => Promise<string>)> = {
  'GET /rate_limit': '/rate_limit',
  'GET /meta': '/meta',
  'GET /user': '/user',
  'GET /orgs/{org}': '/orgs/oddities',
  'GET /orgs/{org}/members': '/orgs/oddities/members',
  'GET /orgs/{org}/repos': '/orgs/oddities/repos?per_page=100',
  'GET /repos/{owner}/{repo}': '/repos/oddities/busy',
  'GET /repos/{owner}/{repo}/git/trees/{tree_sha}': '/repos/oddities/links/git/trees/HEAD?recursive=1',
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': async () => `/repos/oddities/busy/git/blobs/${await toBlob()}`,
  'GET /repos/{owner}/{repo}/contents/{path}': '/repos/oddities/busy/contents/catalog-info.yaml',
  'GET /repos/{owner}/{repo}/branches': '/repos/oddities/branches/branches',
  'GET /repos/{owner}/{repo}/tags': '/repos/oddities/busy/tags',
  'GET /repos/{owner}/{repo}/commits': '/repos/oddities/busy/commits',
  'GET /repos/{owner}/{repo}/commits/{ref}': '/repos/oddities/branches/commits/feature/portal',
  'GET /repos/{owner}/{repo}/actions/runs': '/repos/oddities/busy/actions/runs',
  'GET /repos/{owner}/{repo}/pulls': '/repos/oddities/busy/pulls',
};

test('every route is tried, here or with Apps', () => {
  const tried = [
    ...Object.keys(examples),
    ...routes.map(({ method, path }) => `${method} ${path}`).filter((name) => /\binstallation|\/app\b/.test(name)),
  ];
  expect(tried.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
});

// The server answers 500 where an answer departs from GitHub's OpenAPI.
test.each(Object.entries(examples))('%s answers as the OpenAPI of GitHub says', async (operation, example) => {
  const response = await read(typeof example === 'string' ? example : await example());
  expect([response.status, await response.json()]).toEqual([200, expect.anything()]);
  expect(server.log.entries.at(-1)).toMatchObject({ operation, kind: 'rest', auth: 'user' });
});

test('a list is paged, and octokit follows its links to the end', async () => {
  server.log.clear();
  const list = toOctokit(server).rest.repos.listForOrg;
  const names = (await toOctokit(server).paginate(list, { org: 'oddities', per_page: 5 })).map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(server.world.listRepositories('oddities').map(({ name }) => name)));
  expect(server.log.count().rest).toBe(Math.ceil(names.length / 5));
});

describe('contents', () => {
  const contents = (path: string, init?: RequestInit) => read(`/repos/oddities/${path}`, init);
  test.each([
    ['a link in the tree', 'links/contents/docs/inside.md', { type: 'file', encoding: 'base64', size: 8 }],
    ['a link out of the tree', 'links/contents/docs/outside.md', { type: 'symlink', target: '../../secrets' }],
    ['a submodule', 'links/contents/vendored', { type: 'submodule', sha: '1234567890123456789012345678901234567890' }],
    ['a long file', 'binaries/contents/docs/long.md', { type: 'file', encoding: 'none', content: '' }],
  ])('of %s', async (_, path, body) => {
    expect(await (await contents(path)).json()).toMatchObject(body);
  });

  test('of a folder are its rows', async () => {
    const rows = await (await contents('links/contents')).json();
    expect(rows).toContainEqual(expect.objectContaining({ name: 'vendored', type: 'submodule' }));
  });

  test('are bytes where bytes are asked for', async () => {
    const raw = { headers: { ...headers, accept: 'application/vnd.github.raw+json' } };
    expect(await (await contents('binaries/contents/docs/picture.png', raw)).bytes()).toEqual(binary);
  });

  test('of another branch', async () => {
    const raw = { headers: { ...headers, accept: 'application/vnd.github.raw+json' } };
    const response = await contents('branches/contents/catalog-info.yaml?ref=feature/portal', raw);
    expect(await response.text()).toContain('branches-feature');
  });
});

test.each([
  ['an unknown repository', '/repos/oddities/nothing', 404, 'Not Found'],
  ['an unknown address', '/no/such/address', 404, 'Not Found'],
  ['an empty repository', '/repos/oddities/empty/git/trees/HEAD', 409, 'Git Repository is empty.'],
  ['an absent file', '/repos/oddities/busy/contents/absent.yaml', 404, 'Not Found'],
  [
    'a repository that was taken down',
    '/repos/oddities/taken-down/contents/catalog-info.yaml',
    451,
    'Repository access blocked',
  ],
  [
    'a repository behind a sign-in',
    '/repos/oddities/protected',
    403,
    'Resource protected by organization SAML enforcement.',
  ],
])('%s is refused in the words of GitHub', async (_, path, status, message) => {
  const response = await read(path);
  expect([response.status, (await response.json()).message]).toEqual([status, expect.stringContaining(message)]);
});

test('a sign-in that is missing is said in a header', async () => {
  expect((await read('/repos/oddities/protected')).headers.get('x-github-sso')).toMatch(/^required; url=http/);
});

test('a long tree is cut short and says so', async () => {
  const { data } = await toOctokit(server).rest.git.getTree({
    owner: 'oddities',
    repo: 'nested',
    tree_sha: 'main',
    recursive: '1',
  });
  expect([data.truncated, data.tree.length]).toEqual([true, 20]);
});

test('modes in a tree tell files, programs, links and submodules apart', async () => {
  const { data } = await toOctokit(server).rest.git.getTree({
    owner: 'oddities',
    repo: 'links',
    tree_sha: 'main',
    recursive: '1',
  });
  const modes = Object.fromEntries(data.tree.map(({ path, mode, type }) => [path, `${mode} ${type}`]));
  expect(modes).toMatchObject({
    'docs/index.md': '100644 blob',
    'bin/run.sh': '100755 blob',
    'docs/inside.md': '120000 blob',
    vendored: '160000 commit',
  });
});

test('a former name leads to the number of the repository, and from there to its files', async () => {
  const response = await read('/repos/oddities/old-name/contents/catalog-info.yaml');
  const { databaseId } = server.world.needRepository('oddities/renamed');
  expect([response.status, response.headers.get('location')]).toEqual([
    301,
    `${server.origin}/api/v3/repositories/${databaseId}/contents/catalog-info.yaml`,
  ]);
  const { data } = await toOctokit(server).rest.repos.get({ owner: 'oddities', repo: 'old-name' });
  expect(data.full_name).toBe('oddities/renamed');
});
