import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collectCatalog, newStore, openGithub, toSettings } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';

const names = Array.from({ length: 12 }, (_each, at) => `service-${String(at).padStart(2, '0')}`);
const toFiles = (name: string) => ({
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec: {type: service, lifecycle: production, owner: a}\n`,
  'mkdocs.yml': 'site_name: x\n',
  'docs/index.md': `# ${name}\n`,
});

// Real repositories and real git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: GithubServer;

beforeEach(async () => {
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }],
        repositories: names.map((name) => ({ name, files: toFiles(name) })),
      },
    ],
    tokens: { 'test-token': { login: 'ada', scopes: ['repo'] } },
  });
});

afterEach(() => server.close());

const collect = async (store: string) => {
  const settings = toSettings(server);
  return [...(await collectCatalog(openGithub(settings, store), settings)).entities.keys()];
};
const all = names.map((name) => `component:default/${name}`);
const listFetched = () =>
  new Set(server.log.entries.filter(({ kind }) => kind === 'git').map(({ repository }) => repository));

const program = (store: string) => `
  const { openGithub, toSettings } = await import(${JSON.stringify(fileURLToPath(new URL('collected.ts', import.meta.url)))});
  const server = ${JSON.stringify({ origin: server.origin, host: server.host })};
  await openGithub(toSettings(server), ${JSON.stringify(store)}, {
    tell: (text) => text.startsWith('4 of') && process.kill(process.pid, 'SIGKILL'),
  }).listRepositories();
`;

test('a run that is killed half-way is gone on with: what was read is not fetched again', async () => {
  const store = newStore();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program(store)], { stdio: 'inherit' });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
  server.log.clear();
  expect(await collect(store)).toEqual(all);
  expect(listFetched().size).toBeLessThanOrEqual(names.length - 4);
  expect(listFetched().size).toBeGreaterThan(0);
});

test('two runs at once on one store give the same, and leave a whole store', async () => {
  const store = newStore();
  const both = await Promise.all([collect(store), collect(store)]);
  expect(both).toEqual([all, all]);
  server.log.clear();
  expect(await collect(store)).toEqual(all);
  expect(listFetched()).toEqual(new Set());
});

test('a list that reaches the share of others half-way is shown as far as it came', async () => {
  const repositories = Array.from({ length: 51 }, (_each, at) => ({
    name: `more-${String(at).padStart(2, '0')}`,
    files: { 'README.md': `${at}` },
  }));
  await server.world.add({ login: 'bravo', members: [{ login: 'ada' }], sharesObjects: true, repositories });
  server.spend('test-token', 'graphql', 4_100);
  const settings = toSettings(
    server,
    JSON.stringify({ catalog: { providers: { github: { acme: { organization: 'bravo' } } } } }),
  );
  const { repositories: found, problems } = await collectCatalog(openGithub(settings, newStore()), settings);
  expect(found).toHaveLength(50);
  expect(server.log.count().points).toBe(1);
  expect(problems.filter(({ code }) => code === 'github-budget-spent').map(({ what }) => what)).toEqual([
    expect.stringMatching(/^Reading `bravo` stopped .* of 5,000 left until .*; the rest was never read\.$/),
  ]);
});
