import { generateKeyPairSync, sign } from 'node:crypto';
import { App, Octokit } from 'octokit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, inFolder, query, runGit, toGitOptions, toOctokit } from './clients.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toAcme } from './world/acme.ts';
import { toOddities } from './world/odd.ts';

let server: GithubServer;
let time = Date.now();

const installations = [
  { id: 71, account: 'acme' },
  { id: 72, account: 'oddities', repositories: ['busy', 'links'] },
  { id: 73, account: 'elsewhere', isSuspended: true },
];

beforeAll(async () => {
  server = await createGithubServer({
    organisations: [toAcme(), toOddities(), { login: 'elsewhere' }],
    apps: [{ id: 7, slug: 'portal', permissions: { metadata: 'read', contents: 'read' }, installations }],
    tokens: {},
    now: () => time,
  });
});

afterAll(() => server.close());

const toApp = () => {
  const [{ id = 0, privateKey = '' } = {}] = server.apps;
  return new App({ appId: id, privateKey, Octokit: Octokit.defaults({ baseUrl: `${server.origin}/api/v3` }) });
};

const issue = async (id: number, body: object = {}) => {
  const { octokit } = toApp();
  const { data } = await octokit.request('POST /app/installations/{installation_id}/access_tokens', {
    installation_id: id,
    ...body,
  });
  return data.token;
};

type Claims = { iss?: number; iat?: number; exp?: number };

/** Signs like an App would, or not quite. */
function toJwt(claims: Claims, key = server.apps[0]?.privateKey ?? '') {
  const now = Math.floor(time / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: 7, iat: now - 60, exp: now + 540, ...claims })}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

const readApp = (jwt: string) => ask(server, '/api/v3/app', { headers: { authorization: `Bearer ${jwt}` } });

test('octokit signs as the App, and finds itself and where it is installed', async () => {
  const { octokit } = toApp();
  expect((await octokit.request('GET /app')).data).toMatchObject({ id: 7, slug: 'portal', installations_count: 3 });
  const { data } = await octokit.request('GET /app/installations');
  expect(data.map(({ id, repository_selection }) => [id, repository_selection])).toEqual([
    [71, 'all'],
    [72, 'selected'],
    [73, 'all'],
  ]);
  const one = await octokit.request('GET /app/installations/{installation_id}', { installation_id: 72 });
  const same = await octokit.request('GET /orgs/{org}/installation', { org: 'oddities' });
  expect(one.data).toEqual(same.data);
});

test('each repository of an installation is listed, and no other', async () => {
  const names: string[] = [];
  await toApp().eachRepository({ installationId: 72 }, ({ repository }) => {
    names.push(repository.name);
  });
  expect(names.toSorted()).toEqual(['busy', 'links']);
});

test('a token of an installation reads over REST, GraphQL and git', async () => {
  const token = await issue(71);
  const { data } = await toOctokit(server, token).rest.repos.get({ owner: 'acme', repo: 'checkout' });
  expect(data.full_name).toBe('acme/checkout');
  const body = await (await query(server, '{ viewer { login } organization(login: "acme") { login } }', token)).json();
  expect(body.data).toEqual({ viewer: { login: 'portal[bot]' }, organization: { login: 'acme' } });
  await inFolder(async (folder) => {
    await runGit([...toGitOptions(token), 'clone', '--quiet', '--bare', `${server.origin}/acme/checkout.git`, folder]);
    expect(await runGit(['-C', folder, 'ls-tree', '--name-only', 'HEAD'])).toContain('catalog-info.yaml');
  });
});

test('a token can be narrowed to some repositories', async () => {
  const token = await issue(71, { repositories: ['checkout'] });
  const see = (repo: string) => toOctokit(server, token).rest.repos.get({ owner: 'acme', repo });
  expect((await see('checkout')).status).toBe(200);
  await expect(see('search')).rejects.toMatchObject({ status: 404 });
});

test('a token is worth nothing after an hour', async () => {
  const token = await issue(71);
  const see = () => toOctokit(server, token).rest.repos.get({ owner: 'acme', repo: 'checkout' });
  expect((await see()).status).toBe(200);
  time += 3_600_001;
  await expect(see()).rejects.toMatchObject({ status: 401, message: expect.stringContaining('Bad credentials') });
  time -= 3_600_001;
});

test('a suspended installation gets no token', async () => {
  await expect(issue(73)).rejects.toMatchObject({ status: 403 });
});

describe('a permission that is missing', () => {
  test('is named by REST', async () => {
    const token = await issue(71);
    const response = await ask(server, '/api/v3/orgs/acme/members', { headers: { authorization: `Bearer ${token}` } });
    expect([response.status, (await response.json()).message]).toEqual([403, 'Resource not accessible by integration']);
    expect(response.headers.get('x-accepted-github-permissions')).toBe('members=read');
  });

  test('makes an error of a field in GraphQL, and the rest is answered', async () => {
    const token = await issue(71);
    const text = '{ organization(login: "acme") { name teams(first: 5) { nodes { slug } } } }';
    const body = await (await query(server, text, token)).json();
    expect(body.errors[0]).toMatchObject({ type: 'FORBIDDEN', message: 'Resource not accessible by integration' });
  });
});

describe('a signature', () => {
  const other = () =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const now = () => Math.floor(time / 1000);
  test.each([
    ['by another key', () => toJwt({}, other().toString()), 401, 'could not be decoded'],
    ['of an unknown App', () => toJwt({ iss: 8 }), 404, 'Integration not found'],
    ['that has expired', () => toJwt({ exp: now() - 1 }), 401, "'Expiration time' claim"],
    ['that is good for too long', () => toJwt({ exp: now() + 3600 }), 401, 'too far in the future'],
    ['from the future', () => toJwt({ iat: now() + 600 }), 401, "'Issued at' claim"],
    ['that is none', () => 'a.b.c', 401, 'could not be decoded'],
  ])('%s is refused', async (_, make, status, message) => {
    const response = await readApp(make());
    expect([response.status, (await response.json()).message]).toEqual([status, expect.stringContaining(message)]);
  });

  test('in order is taken', async () => expect((await readApp(toJwt({}))).status).toBe(200));
});
