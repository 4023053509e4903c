import { afterEach, beforeEach, expect, test } from 'vitest';
import { collectCatalog, newStore, openGithub, toSettings } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';

let server: GithubServer;

const toComponent = (name: string) => ({
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec: {type: service, lifecycle: production, owner: a}\n`,
});
const one = { owner: 'acme', name: 'one' };

beforeEach(async () => {
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }],
        repositories: [
          { name: 'one', files: toComponent('one') },
          { name: 'two', files: toComponent('two') },
        ],
      },
    ],
    tokens: { 'test-token': { login: 'ada', scopes: ['repo', 'read:org'] } },
  });
});

afterEach(() => server.close());

async function collect(store: string, tools: Parameters<typeof openGithub>[2] = {}, more = '') {
  const settings = toSettings(server, more);
  const forge = openGithub(settings, store, tools);
  const catalog = await collectCatalog(forge, settings);
  const stale = catalog.repositories.filter(({ staleSince }) => staleSince !== undefined).map(({ id }) => id);
  return { catalog, stale, names: [...catalog.entities.keys()], codes: catalog.problems.map(({ code }) => code) };
}

test('one repository is read with one question, and the others are as they were last listed', async () => {
  const store = newStore();
  await collect(store);
  await server.world.commit('acme/one', toComponent('one-new'));
  await server.world.commit('acme/two', toComponent('two-new'));
  server.log.clear();
  const { names, stale } = await collect(store, { only: one });
  expect(names).toEqual(['component:default/one-new', 'component:default/two']);
  expect(stale).toEqual([]);
  expect(server.log.count()).toMatchObject({ graphqlRequests: 1, points: 1, rest: 0 });
  const git = server.log.entries.filter(({ kind }) => kind === 'git').map(({ repository }) => repository);
  expect(new Set(git)).toEqual(new Set(['acme/one']));
  expect((await collect(store)).names).toEqual(['component:default/one-new', 'component:default/two-new']);
});

test('a repository that is new, or has another name now, is found', async () => {
  const store = newStore();
  await collect(store);
  await server.world.create('acme', { name: 'three', files: toComponent('three') });
  expect((await collect(store, { only: { owner: 'acme', name: 'three' } })).names).toContain('component:default/three');
  server.world.rename('acme/one', 'uno');
  const { catalog } = await collect(store, { only: one });
  expect(catalog.repositories.map(({ id }) => id).toSorted()).toEqual(['acme/three', 'acme/two', 'acme/uno']);
});

test('a repository that cannot be read is shown as it was, with the reason', async () => {
  const store = newStore();
  await collect(store);
  server.faults.inject('forbidden', { kind: 'graphql' });
  const { names, stale, codes } = await collect(store, { only: one });
  expect(names).toEqual(['component:default/one', 'component:default/two']);
  expect(stale).toEqual(['acme/one']);
  expect(codes).toContain('github-repository-failed');
});

test.each([
  ['an empty store', one, 'knows nothing of `acme`'],
  ['another owner', { owner: 'other', name: 'one' }, 'No provider of the configuration reads `other`'],
  ['the same owner on another host', { host: 'ghe.acme.io', ...one }, 'No provider of the configuration reads'],
])('with %s it is refused', async (_case, only, message) => {
  await expect(collect(newStore(), { only })).rejects.toThrow(message);
});

test('a list that broke off is said, night after night, until one comes to its end', async () => {
  const store = newStore();
  // With a folder beside it there is something to build, although nothing of the organisation is known.
  const more = JSON.stringify({ portal: { sources: [{ folder: './here' }] } });
  const fault = server.faults.inject('forbidden', { kind: 'graphql' });
  expect((await collect(store, {}, more)).codes).toContain('github-half-read');
  expect((await collect(store, { isOffline: true }, more)).codes).toContain('github-half-read');
  fault.remove();
  expect((await collect(store)).codes).not.toContain('github-half-read');
  server.faults.inject('forbidden', { kind: 'graphql' });
  const { codes, stale } = await collect(store);
  expect(codes).not.toContain('github-half-read');
  expect(stale).toEqual(['acme/one', 'acme/two']);
});
