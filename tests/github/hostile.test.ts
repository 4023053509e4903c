import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { findAnsweredRepository } from '../../scripts/github/answers.ts';
import { defaultShape } from '../../scripts/github/queries.ts';
import { parseSettings } from '../../scripts/settings.ts';
import { collectCatalog, newStore, openGithub, toSettings } from './collected.ts';
import { createGithubServer } from './server.ts';
import { toSmall } from './world/small.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const node = {
  ...{ id: 'R_1', databaseId: 1, name: 'checkout', owner: { login: 'acme' }, url: 'https://github.com/acme/checkout' },
  ...{ visibility: 'PUBLIC', isArchived: false, isFork: false, repositoryTopics: { nodes: [] } },
};

test.each([
  [{ name: 'x\n[core]\n\tfsmonitor = touch /tmp/x\n' }],
  [{ name: '..' }],
  [{ name: '../../etc' }],
  [{ name: 'a/b' }],
  [{ name: 'a\\b' }],
  [{ name: 'a\0b' }],
  [{ name: '' }],
  [{ name: 'a'.repeat(300) }],
  [{ name: 'cafe\u0301' }],
  [{ owner: { login: '--upload-pack=touch /tmp/x;' } }],
  [{ url: 'javascript:alert(1)' }],
  [{ url: 'https://github.com/"><script>' }],
])('a repository that calls itself %j is none', (odd) => {
  expect(findAnsweredRepository(node, defaultShape)?.facts.name).toBe('checkout');
  expect(findAnsweredRepository({ ...node, ...odd }, defaultShape)).toBeUndefined();
});

const catalog =
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: odd}\nspec: {type: service, lifecycle: production, owner: a}\n';

test('links, submodules, filters and hooks in a repository are only names', async () => {
  const files = {
    'catalog-info.yaml': catalog,
    'mkdocs.yml': 'site_name: x\n',
    'docs/index.md': '# x\n',
    'docs/passwd.md': { link: '/etc/passwd' },
    'docs/up.md': { link: '../../../../etc/passwd' },
    'Docs/index.md': '# other\n',
    'caf\u00e9.md': '1',
    'cafe\u0301.md': '2',
    '.gitattributes': '* filter=evil diff=evil merge=evil -text\n',
    '.lfsconfig': '[lfs]\n\turl = http://127.0.0.1:1/\n',
    '.gitmodules': '[submodule "m"]\n\tpath = m\n\turl = --upload-pack=touch /tmp/x\n\tupdate = !touch /tmp/x\n',
    m: { submodule: '1'.repeat(40) },
    'hooks/post-checkout': { program: '#!/bin/sh\ntouch /tmp/x\n' },
    [`${'deep/'.repeat(60)}end.md`]: 'deep',
  };
  const server = await createGithubServer({
    organisations: [{ login: 'acme', members: [{ login: 'ada' }], repositories: [{ name: 'odd', files }] }],
    tokens: { 'test-token': { login: 'ada', scopes: ['repo'] } },
  });
  closing.push(server.close);
  const store = newStore();
  const settings = toSettings(server);
  const forge = openGithub(settings, store);
  expect([...(await collectCatalog(forge, settings)).entities.keys()]).toEqual(['component:default/odd']);
  for (const path of ['docs/passwd.md', 'docs/up.md', '../x', '/etc/passwd', 'docs/../../x'])
    expect(await forge.fetchText('acme/odd', path)).toEqual({ fault: 'outside' });
  expect(await forge.fetchText('acme/odd', 'm')).toEqual({ fault: 'absent' });
  expect(await forge.fetchText('acme/odd', 'Docs/index.md')).toMatchObject({ text: '# other\n' });
  expect(await forge.fetchText('acme/odd', 'caf\u00e9.md')).toMatchObject({ text: '1' });
  expect(await forge.fetchText('acme/odd', 'cafe\u0301.md')).toMatchObject({ text: '2' });
  expect(readdirSync(`${store}/v1/work`)).toEqual([]);
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const collectFrom = async (host: string) => {
  const settings = toSettings({ host, origin: `http://${host}` });
  return openGithub(settings, newStore(), { patience: 2000 }).listRepositories();
};

test.each([301, 302, 307, 308])('a redirect (%i) to another host does not take the token along', async (status) => {
  const seen: (string | undefined)[] = [];
  const other = await listen((request, response) => {
    seen.push(request.headers.authorization);
    response.end('{}');
  });
  const host = await listen((request, response) => {
    request.resume();
    response.writeHead(status, { location: `http://${other.replace('127.0.0.1', 'localhost')}${request.url}` }).end();
  });
  await expect(collectFrom(host)).rejects.toThrow(/could not be read/);
  expect(seen.every((header) => header === undefined)).toBe(true);
});

const page = (extra: object) =>
  JSON.stringify({
    data: { repositoryOwner: { repositories: { totalCount: 1, nodes: [], pageInfo: {}, ...extra } } },
  });

test.each([
  ['the same page for ever', page({ pageInfo: { hasNextPage: true, endCursor: 'x' } })],
  ['numbers for names', page({ nodes: [{ ...node, name: 1 }], pageInfo: { hasNextPage: 'no' } })],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"x"'],
  ['deep nesting', `${'['.repeat(5000)}${']'.repeat(5000)}`],
])('a host that answers with %s is refused in a sentence', async (_name, body) => {
  const host = await listen((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await expect(collectFrom(host)).rejects.toThrow(/^`acme` could not be read: .*\.$/);
});

test.each([
  ['a question', { kind: 'graphql', operation: 'sweep', times: 1 }],
  ['git', { kind: 'git', repository: 'acme/checkout', times: 2 }],
] as const)('where the token of an App ended before %s, there is another', async (_name, trigger) => {
  const server = await createGithubServer({
    organisations: [toSmall()],
    apps: [{ id: 7, slug: 'portolan', installations: [{ id: 70, account: 'acme' }] }],
    tokens: {},
  });
  closing.push(server.close);
  const { host, origin, apps } = server;
  const text = JSON.stringify({
    integrations: {
      github: [{ host, apiBaseUrl: `${origin}/api/v3`, apps: [{ appId: 7, privateKey: apps[0]?.privateKey }] }],
    },
    catalog: { providers: { github: { acme: { host, organization: 'acme' } } } },
  });
  const settings = parseSettings([{ path: 'app-config.yaml', text }], {}, () => undefined).value;
  server.faults.inject('badCredentials', trigger);
  const { repositories, problems } = await openGithub(settings, newStore()).listRepositories();
  expect(repositories.map(({ id }) => id)).toEqual(['acme/checkout', 'acme/search']);
  expect(problems).toEqual([]);
});
