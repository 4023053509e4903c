import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collectCatalog, newStore, openGithub, toSettings } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import type { OrganisationSeed } from './world/seed.ts';

// Real repositories and real git take their time on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: GithubServer;

const toComponent = (name: string) =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}}\nspec: {type: service, lifecycle: production, owner: team-a}\n`;

const organisation: OrganisationSeed = {
  login: 'acme',
  members: [{ login: 'ada', name: 'Ada', email: 'ada@acme.io' }],
  teams: [{ slug: 'team-a', name: 'Team A', members: ['ada'] }],
  repositories: [
    { name: 'flat', files: { 'catalog-info.yaml': toComponent('flat'), 'README.md': 'flat' } },
    { name: 'deep', files: { 'services/deep/catalog-info.yml': toComponent('deep'), 'src/a.ts': '1' } },
    {
      name: 'docs',
      files: {
        'catalog-info.yaml': toComponent('docs'),
        'mkdocs.yml': 'site_name: Docs\n',
        'docs/index.md': '# Docs\n',
        'docs/picture.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
        'src/large.bin': Buffer.alloc(1000, 7),
      },
    },
    { name: 'empty' },
  ],
};

beforeEach(async () => {
  server = await createGithubServer({
    organisations: [organisation],
    tokens: { 'test-token': { login: 'ada', scopes: ['repo', 'read:org'] } },
  });
});

afterEach(() => server.close());

const names = (catalog: { entities: ReadonlyMap<string, unknown> }) => [...catalog.entities.keys()];
const all = ['component:default/deep', 'component:default/docs', 'component:default/flat'];

async function collect(store: string, tools: Parameters<typeof openGithub>[2] = {}, more = '') {
  const settings = toSettings(server, more);
  const forge = openGithub(settings, store, tools);
  const catalog = await collectCatalog(forge, settings);
  return { catalog, forge, summary: forge.formatSummary() };
}

test('the first night lists with one question, fetches each repository that is not empty, and asks REST nothing', async () => {
  const { catalog } = await collect(newStore());
  expect(names(catalog)).toEqual(all);
  const { rest, points, graphqlRequests } = server.log.count();
  expect({ rest, points, graphqlRequests }).toEqual({ rest: 0, points: 1, graphqlRequests: 1 });
  expect(new Set(server.log.entries.filter(({ kind }) => kind === 'git').map(({ repository }) => repository))).toEqual(
    new Set(['acme/deep', 'acme/docs', 'acme/flat']),
  );
  expect(catalog.problems.map(({ code }) => code)).toContain('repository-empty');
});

test('a night on which nothing changed is one question, and no git', async () => {
  const store = newStore();
  const first = await collect(store);
  server.log.clear();
  const { catalog } = await collect(store);
  expect(server.log.count()).toMatchObject({ rest: 0, points: 1, gitRequests: 0 });
  expect([...catalog.entities]).toEqual([...first.catalog.entities]);
});

test('a night on which one repository changed fetches that one', async () => {
  const store = newStore();
  await collect(store);
  await server.world.commit('acme/docs', { 'catalog-info.yaml': toComponent('docs-two') });
  server.log.clear();
  const { catalog } = await collect(store);
  expect(names(catalog)).toContain('component:default/docs-two');
  const git = server.log.entries.filter(({ kind }) => kind === 'git');
  expect(new Set(git.map(({ repository }) => repository))).toEqual(new Set(['acme/docs']));
  expect(server.log.count().points).toBe(1);
});

test('docs come with the listing: reading them asks nothing more', async () => {
  const { forge } = await collect(newStore());
  server.log.clear();
  expect(await forge.fetchText('acme/docs', 'docs/index.md')).toMatchObject({ text: '# Docs\n' });
  const picture = await forge.fetchBytes('acme/docs', 'docs/picture.png');
  expect(picture.fault).toBeUndefined();
  expect(server.log.entries).toEqual([]);
  expect(await forge.fetchBytes('acme/docs', 'src/large.bin')).toMatchObject({ bytes: { length: 1000 } });
  expect(await forge.fetchText('acme/docs', 'nope.md')).toEqual({ fault: 'absent' });
});

test('what became of repositories is said, and a rename fetches nothing', async () => {
  const store = newStore();
  await collect(store);
  server.world.rename('acme/flat', 'flatter');
  server.world.archive('acme/deep');
  await server.world.delete('acme/docs');
  server.log.clear();
  const { catalog, summary } = await collect(store);
  expect(names(catalog)).toEqual(['component:default/flat']);
  expect(catalog.repositories.map(({ id }) => id)).toEqual(['acme/flatter']);
  expect(server.log.count().gitRequests).toBe(0);
  expect(summary).toContain('acme/flat is now acme/flatter');
  expect(summary).toContain('acme/deep was archived');
  expect(summary).toContain('acme/docs is gone');
});

test('without the network, the store alone gives the same catalog', async () => {
  const store = newStore();
  const { catalog: online } = await collect(store);
  server.log.clear();
  const forbidden = () => Promise.reject(new Error('no network'));
  const { catalog } = await collect(store, { isOffline: true, fetch: forbidden });
  expect(server.log.entries).toEqual([]);
  expect([...catalog.entities]).toEqual([...online.entities]);
  expect(catalog.problems.map(({ code }) => code)).toContain('github-offline');
});

test('at the share of the limit that must be left, nothing more is asked and the last good state is shown', async () => {
  const store = newStore();
  await collect(store);
  const more = JSON.stringify({ portal: { github: { budget: { stopAt: 1 } } } });
  server.log.clear();
  const { catalog } = await collect(store, {}, more);
  expect(names(catalog)).toEqual(all);
  expect(server.log.count().graphqlRequests).toBeLessThanOrEqual(1);
});

test.each(['badGateway', 'gatewayTimeout', 'resourceLimits', 'queryTimeout'] as const)(
  'a page that is too heavy (%s) is asked for in halves',
  async (fault) => {
    server.faults.inject(fault, { kind: 'graphql', pageAbove: 25 });
    expect(names((await collect(newStore())).catalog)).toEqual(all);
  },
);

test.each(['forbidden', 'notFound', 'badGateway', 'reset', 'truncated'] as const)(
  'a repository that git cannot read (%s) is one problem, and is shown as it was',
  async (fault) => {
    const store = newStore();
    await collect(store);
    await server.world.commit('acme/docs', { 'catalog-info.yaml': toComponent('docs-two') });
    server.faults.inject(fault, { kind: 'git', repository: 'acme/docs' });
    const { catalog } = await collect(store);
    expect(names(catalog)).toEqual(all);
    expect(catalog.problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['github-repository-failed', 'repository-stale']),
    );
    expect(catalog.repositories.find(({ id }) => id === 'acme/docs')?.staleSince).toMatch(/^\d{4}-.*Z$/);
    server.faults.clear();
    expect(names((await collect(store)).catalog)).toContain('component:default/docs-two');
  },
);

const deafening = [
  ...(['badCredentials', 'forbidden', 'notFound', 'sso', 'serverError', 'unavailable', 'badGateway'] as const),
  ...(['reset', 'truncated', 'badJson', 'wrongShape'] as const),
];

test('an organisation that cannot be listed, for whatever reason, is shown as it was', async () => {
  const store = newStore();
  await collect(store);
  for (const fault of deafening) {
    server.faults.clear();
    server.faults.inject(fault, { kind: 'graphql' });
    const { catalog } = await collect(store);
    expect(names(catalog)).toEqual(all);
    const failed = catalog.problems.filter(({ code }) => code === 'github-owner-failed');
    expect(failed.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^`acme` could not be read: .* as of \d{4}-/),
    ]);
    expect(catalog.repositories.every(({ staleSince }) => staleSince !== undefined)).toBe(true);
  }
});

test('people and teams are entities that no rule is about', async () => {
  const more = JSON.stringify({
    catalog: {
      rules: [{ allow: ['Component'] }],
      providers: { githubOrg: { id: 'x', githubUrl: server.origin, orgs: ['acme'] } },
    },
  });
  const { catalog } = await collect(newStore(), {}, more);
  const group = catalog.entities.get('group:default/team-a');
  expect(group?.entity.spec).toMatchObject({ type: 'team', members: ['ada'], profile: { displayName: 'Team A' } });
  expect(group?.place).toMatchObject({ repository: 'acme', path: 'teams/team-a' });
  const user = catalog.entities.get('user:default/ada');
  expect(user?.entity.spec).toMatchObject({ memberOf: ['team-a'], profile: { displayName: 'Ada' } });
  expect(JSON.stringify(user)).not.toContain('ada@acme.io');
});

test('a Location leads into a repository that no provider takes', async () => {
  await server.world.create('acme', { name: 'hidden', files: { 'x/y.yaml': toComponent('hidden') }, isArchived: true });
  await server.world.add({
    login: 'else',
    repositories: [{ name: 'far', files: { 'z.yaml': toComponent('far') }, visibility: 'public' }],
  });
  const targets = ['acme/hidden/blob/main/x/y.yaml', 'else/far/blob/main/z.yaml'].map(
    (path) => `${server.origin}/${path}`,
  );
  await server.world.commit('acme/flat', {
    'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {targets: ${JSON.stringify(targets)}}\n`,
  });
  const { catalog } = await collect(newStore());
  expect(names(catalog)).toEqual(expect.arrayContaining(['component:default/hidden', 'component:default/far']));
  expect(catalog.repositories.map(({ id }) => id)).toEqual(expect.arrayContaining(['acme/hidden', 'else/far']));
});

test('a Location finds a repository by the name that it had before', async () => {
  const target = `${server.origin}/acme/flat/blob/main/more.yaml`;
  await server.world.commit('acme/flat', { 'more.yaml': toComponent('more') });
  await server.world.commit('acme/deep', {
    'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: {name: all}\nspec: {target: "${target}"}\n`,
  });
  server.world.rename('acme/flat', 'flatter');
  const { catalog } = await collect(newStore());
  expect(catalog.entities.get('component:default/more')?.place.repository).toBe('acme/flatter');
  expect(catalog.repositories.map(({ id }) => id)).toEqual(['acme/deep', 'acme/docs', 'acme/flatter']);
});

/** A folder with a `git` that writes down what it is called with, and goes on as the real one. */
function createRecordingGit() {
  const folder = newStore();
  const log = join(folder, 'arguments.txt');
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" >> '${log}'\nPATH='${process.env.PATH}' exec git "$@"\n`;
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
  return { path: `${folder}:${process.env.PATH}`, readArguments: () => readFileSync(log, 'utf8') };
}

test('the token is in no file of the store, in no argument of git, and in nothing that is said', async () => {
  const store = newStore();
  const git = createRecordingGit();
  const told: string[] = [];
  server.faults.inject('forbidden', { kind: 'git', repository: 'acme/deep' });
  const tools = { environment: { PATH: git.path }, tell: (line: string) => told.push(line) };
  const { catalog, summary } = await collect(store, tools);
  const files = readdirSync(store, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const kept = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n');
  const encoded = Buffer.from('x-access-token:test-token').toString('base64');
  expect(git.readArguments()).toContain('ls-tree');
  expect(catalog.problems.map(({ code }) => code)).toContain('github-repository-failed');
  for (const text of [kept, git.readArguments(), JSON.stringify(catalog), summary, told.join('\n')])
    for (const secret of ['test-token', encoded]) expect(text).not.toContain(secret);
});

test('files say when they were last changed', async () => {
  const store = newStore();
  await server.world.commit('acme/docs', { 'docs/index.md': '# New\n' });
  await server.world.commit('acme/docs', { 'src/other.ts': '1' });
  const { forge, catalog } = await collect(store);
  const changes = await forge.listChanges('acme/docs', ['docs/index.md', 'src/other.ts', 'nope']);
  const newest = catalog.repositories.find(({ id }) => id === 'acme/docs')?.changedAt ?? '';
  expect([...changes.keys()]).toEqual(['docs/index.md']);
  expect(changes.get('docs/index.md')).toMatch(/Z$/);
  expect(Date.parse(changes.get('docs/index.md') ?? '')).toBeLessThan(Date.parse(newest));
});

test('a host that hangs is not waited for; what was read before is shown', async () => {
  const store = newStore();
  await collect(store);
  server.faults.inject('hang', { kind: 'graphql' });
  const { catalog } = await collect(store, { patience: 50 });
  expect(names(catalog)).toEqual(all);
  expect(catalog.problems.map(({ code }) => code)).toContain('github-owner-failed');
});

test('a limit that is used up ends the asking at once', async () => {
  const store = newStore();
  await collect(store);
  server.faults.inject('primaryLimit', { kind: 'graphql' });
  server.log.clear();
  const { catalog } = await collect(store);
  expect(names(catalog)).toEqual(all);
  expect(catalog.problems.map(({ code }) => code)).toContain('github-budget-spent');
  expect(server.log.count().graphqlRequests).toBe(1);
});

test('a secondary limit is waited for', async () => {
  const fault = server.faults.inject('secondaryLimit', { kind: 'graphql', times: 1, seconds: 2 });
  expect(names((await collect(newStore())).catalog)).toEqual(all);
  expect(fault.hits).toBe(1);
});

test.each(['sso', 'blocked'] as const)('a repository that is withheld (%s) is one problem', async (fault) => {
  server.faults.inject(fault, { repository: 'acme/docs', kind: 'graphql' });
  const { catalog } = await collect(newStore());
  expect(names(catalog)).toEqual(['component:default/deep', 'component:default/flat']);
  expect(catalog.problems.filter(({ code }) => code === 'github-repository-failed')).toHaveLength(1);
});
