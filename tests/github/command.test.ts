import { chmodSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAll, startPortal } from './command.ts';
import { createGithubServer, type GithubServer } from './server.ts';

const token = 'ghp_0123456789abcdefghijABCDEFGHIJ';
const names = Array.from({ length: 6 }, (_each, at) => `service-${at}`);
const toFiles = (name: string) => ({
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: ${name}, annotations: {backstage.io/techdocs-ref: "dir:."}}\nspec: {type: service, lifecycle: production, owner: core}\n`,
  'mkdocs.yml': 'site_name: x\n',
  'docs/index.md': `# ${name}\n`,
});

let server: GithubServer;
let root: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'portolan-github-command-'));
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }],
        teams: [{ slug: 'core', members: ['ada'] }],
        repositories: names.map((name) => ({ name, files: toFiles(name) })),
      },
    ],
    tokens: { [token]: { login: 'ada', scopes: ['repo', 'read:org'] } },
    apps: [{ id: 7, slug: 'portolan', installations: [{ id: 70, account: 'acme' }] }],
  });
});
afterEach(() => server.close());

type Credentials = { token: string } | { apps: object[] };

function configure(credentials: Credentials = { token: '${PORTAL_TOKEN}' }, portal: object = {}): void {
  const { host, origin } = server;
  const configuration = {
    integrations: { github: [{ host, apiBaseUrl: `${origin}/api/v3`, ...credentials }] },
    catalog: {
      providers: {
        github: { acme: { host, organization: 'acme' } },
        githubOrg: { id: 'people', githubUrl: origin, orgs: ['acme'] },
      },
    },
    portal,
  };
  writeFileSync(join(root, 'app-config.yaml'), JSON.stringify(configuration));
}

const start = (store: string, environment: Record<string, string | undefined> = {}) => {
  const folders = ['--out', join(root, 'site'), '--snapshot', join(root, 'snapshot'), '--store', join(root, store)];
  return startPortal(['build', '--root', root, ...folders], { PORTAL_TOKEN: token, ...environment });
};
const build = (store: string, environment: Record<string, string | undefined> = {}) => start(store, environment).ended;

/** What a build shows, but for the moments at which it looked. */
const readPages = () => JSON.stringify([...readAll(join(root, 'snapshot/pages'))]);

/** A `git` before the real one that writes down what it is given, and the settings of every repository that it is run in. */
function watchGit(): { PATH: string; read: () => string } {
  const folder = join(root, 'bin');
  const log = join(root, 'git.log');
  const real = (process.env.PATH ?? '').split(':').find((each) => existsSync(join(each, 'git')));
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\nprintf '%s\\n' "$*" >> '${log}'\ncat "$GIT_DIR/config" >> '${log}'\nexec '${real}/git' "$@"\n`;
  writeFileSync(join(folder, 'git'), script);
  chmodSync(join(folder, 'git'), 0o755);
  return { PATH: `${folder}:${process.env.PATH}`, read: () => readFileSync(log, 'utf8') };
}

const listGit = () => server.log.entries.filter(({ kind }) => kind === 'git');

test.each([
  ['a token', 'nothing'],
  ['an App', 'nothing'],
  ['a token', 'badCredentials'],
  ['an App', 'forbidden'],
] as const)(
  'with %s and %s going wrong, no secret leaves its place',
  async (kind, fault) => {
    const { PATH, read } = watchGit();
    const privateKey = server.apps[0]?.privateKey ?? '';
    configure(kind === 'an App' ? { apps: [{ appId: 7, privateKey: '${PORTAL_KEY}' }] } : undefined);
    if (fault !== 'nothing') server.faults.inject(fault, { kind: 'git', repository: 'acme/service-3' });
    const { status, out, error } = await build('store', { PATH, PORTAL_KEY: privateKey });
    expect({ status, error: status === 0 ? '' : error }).toEqual({ status: 0, error: '' });
    const written = [
      ...readAll(join(root, 'snapshot')),
      ...readAll(join(root, 'site')),
      ...readAll(join(root, 'store')),
    ];
    const all = [out, error, read(), ...written.flat()].join('\n');
    expect(read()).toContain('fetch --quiet');
    const secrets = [
      token,
      Buffer.from(`x-access-token:${token}`).toString('base64'),
      privateKey.split('\n')[1] ?? token,
    ];
    for (const secret of secrets) expect(all.includes(secret)).toBe(false);
    for (const shape of [/gh[ps]_\w{16}/, /eyJ[\w-]+\.[\w-]+\.[\w-]+/, /PRIVATE KEY/, /eC1hY2Nlc3MtdG9rZW4/])
      expect(shape.exec(all)).toBeNull();
    expect(all).not.toMatch(/^\s+at .*\.(?:ts|js):\d/m);
  },
  120_000,
);

test.each([
  ['in the middle of fetching', (requests: number) => requests >= 9],
  ['at the first fetch', (requests: number) => requests >= 1],
])(
  'a run that is killed %s is gone on with',
  async (_when, isTime) => {
    configure();
    const first = start('store');
    const timer = setInterval(() => isTime(listGit().length) && first.child.kill('SIGKILL'), 2);
    const { signal } = await first.ended;
    clearInterval(timer);
    expect(signal).toBe('SIGKILL');
    // Only there: what git began is still being tidied up beside it.
    const trees = globSync('v1/trees/**/*.json', { cwd: join(root, 'store') }).length;
    server.log.clear();
    expect((await build('store')).status).toBe(0);
    expect(new Set(listGit().map(({ repository }) => repository)).size).toBe(names.length - trees);
    const resumed = readPages();
    expect((await build('another')).status).toBe(0);
    expect(resumed).toBe(readPages());
  },
  120_000,
);

test('below the share of the limit a build asks once, then not at all, and shows what it knows; knowing nothing it refuses', async () => {
  configure();
  expect((await build('store')).status).toBe(0);
  server.spend(token, 'graphql', 4200);
  server.log.clear();
  expect((await build('store')).status).toBe(0);
  expect(server.log.count()).toMatchObject({ rest: 0, graphqlRequests: 1, gitRequests: 0 });
  server.spend(token, 'graphql', 5000);
  const stale = await build('store');
  expect(stale.status === 0 ? '' : stale.error).toBe('');
  expect(stale).toMatchObject({ status: 0, out: expect.stringContaining('github-budget-spent') });
  expect(readPages()).toContain('service-0');
  const refused = await build('empty');
  expect(refused).toMatchObject({ status: 2, out: '' });
  expect(refused.error).toMatch(/stopped to spare the rate limit \(0 of 5,000 left until \d{4}-[\d-]+T[\d:]+Z\)/);
  expect(refused.error).not.toMatch(/^\s+at /m);
}, 120_000);
