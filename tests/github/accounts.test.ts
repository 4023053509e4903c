import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseSettings } from '../../scripts/settings.ts';
import { collectCatalog, newStore, openGithub } from './collected.ts';
import { createGithubServer, type GithubServer } from './server.ts';
import type { OrganisationSeed } from './world/seed.ts';

const toOrganisation = (login: string): OrganisationSeed => ({
  login,
  members: [{ login: 'ada', name: 'Ada', email: 'ada@acme.io', bio: 'Counts' }, { login: `${login}-only` }],
  teams: [
    { slug: 'all', name: 'Everybody', members: [] },
    { slug: 'core', name: 'Core', parent: 'all', members: ['ada'] },
  ],
  repositories: [
    {
      name: `${login}-service`,
      files: {
        'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${login}}\nspec: {type: service, lifecycle: production, owner: core}\n`,
        'src/a.ts': '1',
      },
    },
  ],
});

const options = {
  organisations: ['acme', 'bravo', 'carol'].map(toOrganisation),
  tokens: { 'test-token': { login: 'ada', scopes: ['repo', 'read:org'] } },
  apps: [
    {
      id: 7,
      slug: 'portolan',
      installations: [
        { id: 70, account: 'acme' },
        { id: 71, account: 'bravo' },
        { id: 72, account: 'carol', isSuspended: true },
      ],
    },
  ],
};

let server: GithubServer;

beforeAll(async () => {
  server = await createGithubServer(options);
});
beforeEach(() => server.log.clear());
afterAll(() => server.close());

type Credentials = { token?: string; allowed?: string[] };

function toSettings({ token, allowed }: Credentials, catalog: (host: string) => object) {
  const { host, origin, apps } = server;
  const app = { appId: 7, privateKey: apps[0]?.privateKey, allowedInstallationOwners: allowed };
  const credentials = token === undefined ? { apps: [app] } : { token };
  const text = JSON.stringify({
    integrations: { github: [{ host, apiBaseUrl: `${origin}/api/v3`, ...credentials }] },
    catalog: catalog(host),
  });
  return parseSettings([{ path: 'app-config.yaml', text }], {}, () => undefined).value;
}

async function collect(credentials: Credentials, catalog: (host: string) => object) {
  const settings = toSettings(credentials, catalog);
  return collectCatalog(openGithub(settings, newStore()), settings);
}

const withApp = (host: string) => ({ providers: { github: { everything: { host, app: 7 } } } });
const components = (catalog: { entities: ReadonlyMap<string, unknown> }) =>
  [...catalog.entities.keys()].filter((ref) => ref.startsWith('component:'));

test('an App without an organisation reads all that it is installed with, each with its own token', async () => {
  expect(components(await collect({}, withApp))).toEqual(['component:default/acme', 'component:default/bravo']);
  expect(new Set(server.log.entries.map(({ auth }) => auth))).toEqual(new Set(['app', 'installation']));
});

test('installations of owners that are not allowed are left alone', async () => {
  expect(components(await collect({ allowed: ['Bravo'] }, withApp))).toEqual(['component:default/bravo']);
});

test('several organisations are read with one token', async () => {
  const catalog = await collect({ token: 'test-token' }, (host) => ({
    providers: { github: { a: { host, organization: 'acme' }, c: { host, organization: 'carol' } } },
  }));
  expect(components(catalog)).toEqual(['component:default/acme', 'component:default/carol']);
});

test('the groups of several organisations have namespaces; a person of both is one user in groups of both', async () => {
  const { entities } = await collect({}, (host) => ({
    providers: { githubOrg: { id: 'x', githubUrl: `http://${host}` } },
  }));
  expect([...entities.keys()]).toEqual([
    'group:acme/all',
    'group:acme/core',
    'group:bravo/all',
    'group:bravo/core',
    'user:default/acme-only',
    'user:default/ada',
    'user:default/bravo-only',
  ]);
  expect(entities.get('user:default/ada')?.entity).toMatchObject({
    metadata: { description: 'Counts', annotations: { 'github.com/user-login': 'ada' } },
    spec: { memberOf: ['acme/core', 'bravo/core'] },
  });
  expect(entities.get('group:acme/core')?.entity).toMatchObject({
    metadata: { annotations: { 'github.com/team-slug': 'acme/core' } },
    spec: { parent: 'all', members: ['default/ada'] },
  });
  expect(entities.get('group:acme/all')?.entity.spec).toMatchObject({ children: ['core'] });
  expect(entities.get('group:acme/core')?.relations.map(({ type, target }) => `${type} ${target}`)).toEqual([
    'childOf group:acme/all',
    'hasMember user:default/ada',
  ]);
});

test('with a wrong token, and nothing known, there is nothing to build; the token is not shown', async () => {
  const collecting = collect({ token: 'ghp_0123456789abcdef0123' }, (host) => ({
    providers: { github: { a: { host, organization: 'acme' } } },
  }));
  await expect(collecting).rejects.toThrow('`acme` could not be read: the token is not valid, or not any more (Bad');
  await expect(collecting).rejects.not.toThrow('ghp_');
});
