import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ask, inFolder, query, runGit, toGitOptions } from './clients.ts';
import { findObject } from './git/lookup.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import { toSmall } from './world/small.ts';
import { toSynthetic } from './world/synthetic.ts';
import { createWorld, type World } from './world/world.ts';

let world: World;

beforeEach(async () => {
  world = await createWorld([toSmall(), { login: 'elsewhere' }]);
});

afterEach(() => world.close());

const readText = async (slug: string, name: string) => {
  const object = await findObject(world, world.needRepository(slug), name);
  return object?.bytes.toString('utf8');
};

test('a commit changes what it names and keeps the rest', async () => {
  const before = world.needRepository('acme/checkout').refs.get('refs/heads/main');
  const commit = await world.commit('acme/checkout', { 'docs/index.md': '# New\n', 'mkdocs.yml': { removed: true } });
  expect(await readText('acme/checkout', 'HEAD:docs/index.md')).toBe('# New\n');
  expect(await readText('acme/checkout', 'HEAD:mkdocs.yml')).toBeUndefined();
  expect(await readText('acme/checkout', 'HEAD:catalog-info.yaml')).toContain('name: checkout');
  expect(await readText('acme/checkout', commit)).toContain(`parent ${before}`);
});

test('a commit can begin a branch, and leaves the default one alone', async () => {
  await world.commit('acme/checkout', { 'docs/index.md': '# Draft\n' }, { branch: 'draft/one' });
  expect(await readText('acme/checkout', 'draft/one:docs/index.md')).toBe('# Draft\n');
  expect(await readText('acme/checkout', 'HEAD:docs/index.md')).toBe('# checkout\n');
  const { folder } = world.needRepository('acme/checkout');
  expect(await runGit(['-C', folder, 'for-each-ref', '--format=%(refname)'])).toBe(
    'refs/heads/draft/one\nrefs/heads/main\n',
  );
});

test('a new name and a new owner keep the number, and old names lead to it until somebody takes them', async () => {
  const { databaseId } = world.needRepository('acme/checkout');
  world.rename('acme/checkout', 'till');
  world.transfer('acme/till', 'elsewhere');
  const find = (slug: string) => {
    const { repository, hasMoved } = world.findRepository(slug) ?? {};
    return [repository?.databaseId, hasMoved];
  };
  expect([find('acme/checkout'), find('acme/till'), find('elsewhere/till')]).toEqual([
    [databaseId, true],
    [databaseId, true],
    [databaseId, false],
  ]);
  const { databaseId: other } = await world.create('acme', { name: 'checkout' });
  expect(find('acme/checkout')).toEqual([other, false]);
});

test('a repository can be archived, emptied and deleted', async () => {
  world.archive('acme/checkout');
  expect(world.needRepository('acme/checkout').isArchived).toBe(true);
  await world.empty('acme/checkout');
  const { folder } = world.needRepository('acme/checkout');
  expect(await runGit(['-C', folder, 'for-each-ref'])).toBe('');
  await world.delete('acme/checkout');
  expect([world.findRepository('acme/checkout'), existsSync(folder)]).toEqual([undefined, false]);
});

test('two worlds know nothing of each other, and nothing is left of one that is closed', async () => {
  const other = await createWorld([toSmall()]);
  await other.commit('acme/checkout', { 'README.md': '# Other\n' });
  await other.close();
  expect([existsSync(other.root), existsSync(world.root)]).toEqual([false, true]);
  expect(await readText('acme/checkout', 'HEAD:README.md')).toBeUndefined();
});

test('repositories that share their objects are served like the others', async () => {
  const tokens = { 'test-token': { login: 'person-0', scopes: ['repo'] } };
  const server: GithubServer = await createGithubServer({
    organisations: [toSynthetic({ repositories: 12, withDocs: 5 })],
    tokens,
  });
  const changes = ['service-00001', 'service-00003'].map(
    (name) => [`synthetic/${name}`, { 'docs/index.md': `# ${name}\n` }] as const,
  );
  await server.world.commitAll(new Map(changes));
  const text =
    '{ organization(login: "synthetic") { repositories(first: 12) { nodes { object(expression: "HEAD:docs/index.md") { ... on Blob { text } } } } } }';
  const { nodes } = (await (await query(server, text)).json()).data.organization.repositories;
  const texts = nodes.map(({ object }: { object: { text: string } | null }) => object?.text.split('\n', 1)[0]);
  expect(texts.slice(0, 6)).toEqual([
    '# service-00000, index.md',
    '# service-00001',
    '# service-00002, index.md',
    '# service-00003',
    '# service-00004, index.md',
    undefined,
  ]);
  await inFolder(async (folder) => {
    await runGit([
      ...toGitOptions('test-token'),
      'clone',
      '--quiet',
      '--bare',
      `${server.origin}/synthetic/service-00003.git`,
      folder,
    ]);
    await runGit(['-C', folder, 'fsck', '--strict']);
    expect(await runGit(['-C', folder, 'log', '--format=%s'])).toBe('Change\nBegin\n');
    expect((await runGit(['-C', folder, 'ls-tree', '-r', '--name-only', 'HEAD'])).split('\n')).toHaveLength(33 + 1);
  });
  await server.close();
});

test('two servers at once have nothing to do with each other, and a closed one answers no more', async () => {
  const [one, two] = await Promise.all(
    [toSmall(), toSmall()].map((seed) => createGithubServer({ organisations: [seed] })),
  );
  if (!one || !two) throw new Error('Two servers were started.');
  one.faults.inject('unavailable');
  const init = { headers: { authorization: 'Bearer test-token' } };
  const statuses = await Promise.all(
    [one, two].map(async (server) => (await ask(server, '/api/v3/user', init)).status),
  );
  expect(statuses).toEqual([503, 200]);
  await one.close();
  await expect(ask(one, '/api/v3/user', init)).rejects.toThrow('fetch failed');
  expect([(await ask(two, '/api/v3/user', init)).status, one.log.count().rest, two.log.count().rest]).toEqual([
    200, 1, 2,
  ]);
  await two.close();
});
