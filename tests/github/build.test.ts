import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGithubServer, type GithubServer } from './server.ts';

const program = fileURLToPath(new URL('../../scripts/portal.ts', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'portolan-github-build-'));
const token = 'test-token-0123456789';

let server: GithubServer;

beforeAll(async () => {
  const files = {
    'catalog-info.yaml':
      'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: checkout, annotations: {backstage.io/techdocs-ref: "dir:."}}\nspec: {type: service, lifecycle: production, owner: core}\n',
    'mkdocs.yml': 'site_name: Checkout\n',
    'docs/index.md': '# How checkout works\n',
  };
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }],
        teams: [{ slug: 'core', members: ['ada'] }],
        repositories: [{ name: 'checkout', files }],
      },
    ],
    tokens: { [token]: { login: 'ada', scopes: ['repo', 'read:org'] } },
  });
  const { host, origin } = server;
  const configuration = {
    integrations: { github: [{ host, apiBaseUrl: `${origin}/api/v3`, token: '${PORTAL_TOKEN}' }] },
    catalog: {
      providers: {
        github: { acme: { host, organization: 'acme' } },
        githubOrg: { id: 'people', githubUrl: origin, orgs: ['acme'] },
      },
    },
  };
  writeFileSync(join(root, 'app-config.yaml'), JSON.stringify(configuration));
});

afterAll(() => server.close());

const build = (environment: Record<string, string>, ...words: string[]) =>
  run('build', environment, '--out', join(root, 'site'), ...words);

async function run(command: string, environment: Record<string, string>, ...words: string[]) {
  const folders = ['--snapshot', join(root, 'snapshot')];
  const child = spawn(process.execPath, [program, command, '--root', root, ...folders, ...words], {
    env: { PATH: process.env.PATH, ...environment },
  });
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { status: child.exitCode, out, error };
}

const listTexts = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));

test('a portal is built from GitHub, with the token nowhere in it, and again without the network', async () => {
  const missing = await build({});
  expect(missing.status).toBe(2);
  expect(missing.error).toContain('`PORTAL_TOKEN`, which is not set');
  expect(missing.error).not.toMatch(/^\s+at /m);

  const first = await build({ PORTAL_TOKEN: token });
  expect(first).toMatchObject({ status: 0 });
  expect(first.error).toContain('1 repository listed, 1 read');
  const page = readFileSync(join(root, 'site/docs/default/component/checkout/index.html'), 'utf8');
  expect(page).toContain('How checkout works');
  expect(readFileSync(join(root, 'site/catalog/default/group/core/index.html'), 'utf8')).toContain('ada');
  const encoded = Buffer.from(`x-access-token:${token}`).toString('base64');
  for (const secret of [token, encoded])
    for (const written of [first.out, first.error, ...listTexts(root)]) expect(written.includes(secret)).toBe(false);

  server.log.clear();
  const one = await run('collect', { PORTAL_TOKEN: token }, '--repository', 'acme/checkout');
  expect(one).toMatchObject({ status: 0 });
  expect(one.error).toContain('only acme/checkout was asked for');
  expect(server.log.count()).toMatchObject({ graphqlRequests: 1, gitRequests: 0, rest: 0 });
  const stranger = await run('collect', { PORTAL_TOKEN: token }, '--repository', 'other/checkout');
  expect(stranger.status).toBe(2);
  expect(stranger.error).toContain('No provider of the configuration reads `other`');

  await server.close();
  const again = await build({}, '--offline');
  expect(again).toMatchObject({ status: 0 });
  expect(readFileSync(join(root, 'site/docs/default/component/checkout/index.html'), 'utf8')).toBe(page);
}, 120_000);
