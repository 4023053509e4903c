import { afterEach, beforeEach, expect, test } from 'vitest';
import { newStore, openGithub, toSettings } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';

let server: GithubServer;

const toDocs = (title: string) => ({ 'mkdocs.yml': 'site_name: Docs\n', 'docs/index.md': `# ${title}\n` });
const catalogFile = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\n';

beforeEach(async () => {
  const names = Array.from({ length: 3 }, (_, number) => `service-${number}`);
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }],
        repositories: [
          { name: 'docs', files: { 'catalog-info.yaml': catalogFile, ...toDocs('first') } },
          ...names.map((name) => ({ name, files: { 'README.md': name } })),
        ],
      },
    ],
    tokens: { 'test-token': { login: 'ada', scopes: ['repo', 'read:org'] } },
  });
  await server.world.tag('acme/docs', 'v1');
  await server.world.commit('acme/docs', toDocs('second'), { branch: 'release/2' });
  await server.world.commit('acme/docs', toDocs('third'));
});

afterEach(() => server.close());

async function open(store: string, tools: Parameters<typeof openGithub>[2] = {}) {
  const forge = openGithub(toSettings(server), store, tools);
  const { repositories } = await forge.listRepositories();
  server.log.clear();
  return { forge, ids: repositories.map(({ id }) => id) };
}

async function readTitle({ forge }: Awaited<ReturnType<typeof open>>, name: string) {
  const version = (await forge.listVersions('acme/docs')).find((each) => each.name === name);
  const state = await forge.findState('acme/docs', version?.commit ?? '');
  const page = await state?.fetchText('acme/docs', 'docs/index.md');
  return page?.fault === undefined ? page?.text : page.fault;
}

test('tags and branches of a repository are listed, and each can be read as it is there', async () => {
  const opened = await open(newStore());
  const versions = await opened.forge.listVersions('acme/docs');
  expect(versions.map(({ type, name }) => `${type} ${name}`)).toEqual(['tag v1', 'branch main', 'branch release/2']);
  expect(await readTitle(opened, 'v1')).toBe('# first\n');
  expect(await readTitle(opened, 'release/2')).toBe('# second\n');
  expect(await readTitle(opened, 'main')).toBe('# third\n');
  expect(await opened.forge.fetchText('acme/docs', 'docs/index.md')).toMatchObject({ text: '# third\n' });
  const state = await opened.forge.findState('acme/docs', versions[0]?.commit ?? '');
  expect(await state?.listFiles('acme/docs')).toEqual(['catalog-info.yaml', 'docs/index.md', 'mkdocs.yml']);
  expect((await state?.listChanges('acme/docs', ['docs/index.md']))?.size).toBe(1);
});

test('nothing is asked of versions unless they are wanted, and those of many repositories are one question', async () => {
  const { forge, ids } = await open(newStore());
  expect(ids).toHaveLength(4);
  await Promise.all(ids.map((id) => forge.listVersions(id)));
  expect(server.log.count()).toMatchObject({ graphqlRequests: 1, points: 1, rest: 0, gitRequests: 0 });
});

test('a version that was read once is not fetched again', async () => {
  const store = newStore();
  await readTitle(await open(store), 'v1');
  const again = await open(store);
  expect(await readTitle(again, 'v1')).toBe('# first\n');
  expect(server.log.count()).toMatchObject({ graphqlRequests: 1, gitRequests: 0 });
});

test('a commit that is named by its own id is read, also when nothing else leads to it', async () => {
  const store = newStore();
  const opened = await open(store);
  const [tag] = await opened.forge.listVersions('acme/docs');
  const other = await open(newStore());
  const state = await other.forge.findState('acme/docs', tag?.commit ?? '');
  expect(await state?.fetchText('acme/docs', 'docs/index.md')).toMatchObject({ text: '# first\n' });
  expect(await other.forge.findState('acme/docs', 'f'.repeat(40))).toBeUndefined();
  expect(await other.forge.findState('acme/docs', 'folder:v1')).toBeUndefined();
  expect(await other.forge.findState('acme/none', tag?.commit ?? '')).toBeUndefined();
});

test('without the network versions are those of the last time', async () => {
  const store = newStore();
  const online = await open(store);
  await readTitle(online, 'v1');
  const versions = await online.forge.listVersions('acme/docs');
  const forbidden = () => Promise.reject(new Error('no network'));
  const offline = await open(store, { isOffline: true, fetch: forbidden });
  expect(await offline.forge.listVersions('acme/docs')).toEqual(versions);
  expect(await readTitle(offline, 'v1')).toBe('# first\n');
  const branch = versions.find(({ name }) => name === 'release/2');
  expect(await offline.forge.findState('acme/docs', branch?.commit ?? '')).toBeUndefined();
});

test('more than a hundred tags are all listed, and where GitHub does not answer the last ones are', async () => {
  const store = newStore();
  for (let number = 2; number <= 120; number += 1) await server.world.tag('acme/docs', `v${number}`);
  const { forge } = await open(store);
  const versions = await forge.listVersions('acme/docs');
  expect(versions.filter(({ type }) => type === 'tag')).toHaveLength(120);
  expect(server.log.count()).toMatchObject({ graphqlRequests: 2, points: 2 });
  const later = await open(store);
  server.faults.inject('badGateway', { kind: 'graphql' });
  expect(await later.forge.listVersions('acme/docs')).toEqual(versions);
  expect(later.forge.formatSummary()).toContain('the tags and branches of acme/docs are as they were');
});
