import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, inFolder, query, runGit, toGitOptions } from './clients.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toSmall } from './world/small.ts';

let server: GithubServer;

beforeAll(async () => {
  const login = 'amara-okafor';
  server = await createGithubServer({
    organisations: [toSmall(), { ...toSmall('guarded'), hasSso: true }],
    tokens: {
      classic: { login, scopes: ['repo'], sso: ['guarded'] },
      'without-sign-in': { login, scopes: ['repo', 'read:org'] },
      'without-scopes': { login },
      'without-contents': { login, permissions: { metadata: 'read' } },
      stranger: { login: 'somebody', scopes: ['repo'] },
    },
  });
  await server.world.create('acme', { name: 'open', visibility: 'public', files: { 'README.md': '# Open\n' } });
});

afterAll(() => server.close());

const authorise = (token: string): RequestInit => (token ? { headers: { authorization: `token ${token}` } } : {});
const content = (repository: string) => `/api/v3/repos/${repository}/contents/README.md`;

const overRest = async (repository: string, token: string) =>
  (await ask(server, content(repository), authorise(token))).status;

const overGraphql = async (repository: string, token: string) => {
  const [owner, name] = repository.split('/');
  const text = `{ repository(owner: "${owner}", name: "${name}") { object(expression: "HEAD:") { oid } } }`;
  const { data, errors } = await (await query(server, text, token)).json();
  return errors?.[0].type ?? (data?.repository ? 'seen' : 'unseen');
};

const overGit = (repository: string, token: string) =>
  inFolder(async (folder) => {
    const words = [...toGitOptions(token), 'clone', '--quiet', '--bare', `${server.origin}/${repository}.git`, folder];
    return runGit(words).then(
      () => 'seen',
      (error: Error) => /403|not found|Authentication/.exec(error.message)?.[0],
    );
  });

test.each([
  ['classic', 'acme/checkout', 404, 'seen', 'seen'],
  ['classic', 'guarded/checkout', 404, 'seen', 'seen'],
  ['without-sign-in', 'guarded/checkout', 403, 'FORBIDDEN', '403'],
  ['without-scopes', 'acme/checkout', 404, 'NOT_FOUND', 'not found'],
  ['without-scopes', 'acme/open', 200, 'seen', 'seen'],
  ['without-contents', 'acme/checkout', 403, 'FORBIDDEN', '403'],
  ['stranger', 'acme/checkout', 404, 'NOT_FOUND', 'not found'],
  ['stranger', 'acme/open', 200, 'seen', 'seen'],
])('%s asks for %s', async (token, repository, rest, graphql, git) => {
  expect([
    await overRest(repository, token),
    await overGraphql(repository, token),
    await overGit(repository, token),
  ]).toEqual([rest, graphql, git]);
});

test('whoever shows no token sees what is public, sixty times an hour, and sends no queries', async () => {
  const response = await ask(server, content('acme/open'));
  expect([response.status, response.headers.get('x-ratelimit-limit')]).toEqual([200, '60']);
  expect(await overRest('acme/checkout', '')).toBe(404);
  expect((await ask(server, '/api/graphql', { method: 'POST', body: '{"query":"{ viewer { login } }"}' })).status).toBe(
    401,
  );
});

test('a token that was taken back is worth nothing', async () => {
  server.tokens.addToken('short-lived', { login: 'amara-okafor', scopes: ['repo'] });
  expect(await overRest('acme/open', 'short-lived')).toBe(200);
  server.tokens.revoke('short-lived');
  expect(await overRest('acme/open', 'short-lived')).toBe(401);
});

test('a fine-grained token is told which permission would do', async () => {
  const response = await ask(server, content('acme/checkout'), authorise('without-contents'));
  expect(response.headers.get('x-accepted-github-permissions')).toBe('contents=read');
  expect((await response.json()).message).toBe('Resource not accessible by personal access token');
});
