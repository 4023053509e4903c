import { afterEach, expect, test } from 'vitest';
import type { Finding } from '../../scripts/doctor/finding.ts';
import { examineGithub } from '../../scripts/io/github/examine.ts';
import type { Settings } from '../../scripts/settings.ts';
import { newStore, toSettings } from './collected.ts';
import { createGithubServer, type GithubOptions, type GithubServer } from './server.ts';

let server: GithubServer | undefined;
const time = Date.UTC(2026, 10, 28, 12);

async function start(more: Partial<GithubOptions> = {}): Promise<GithubServer> {
  server = await createGithubServer({
    organisations: [
      {
        login: 'acme',
        members: [{ login: 'ada' }, { login: 'bo' }],
        teams: [{ slug: 'core', members: ['ada'] }],
        repositories: [
          { name: 'open', files: { 'README.md': 'x' }, visibility: 'public' },
          { name: 'closed', files: { 'README.md': 'x' }, visibility: 'private' },
        ],
      },
    ],
    tokens: {
      'test-token': { login: 'ada', scopes: ['repo', 'read:org'] },
      'small-token': { login: 'ada', scopes: [] },
    },
    now: () => time,
    ...more,
  });
  return server;
}

afterEach(() => server?.close());

const toPeople = ({ origin }: GithubServer) =>
  JSON.stringify({ catalog: { providers: { githubOrg: { id: 'people', githubUrl: origin, orgs: ['acme'] } } } });

const withToken = ({ host, origin }: GithubServer, integration: object) =>
  JSON.stringify({ integrations: { github: [{ host, apiBaseUrl: `${origin}/api/v3`, ...integration }] } });

async function examine(settings: Settings, now = Date.now): Promise<string[]> {
  const environment = { PATH: process.env.PATH };
  const tools = { environment, store: newStore(), isOffline: false, fetch, now, tell: () => {}, second: 5 };
  const findings = await examineGithub(settings, tools);
  return findings.map(toLine);
}

const toLine = ({ mark, what, cost, grant }: Finding) => [mark, what, cost, grant].filter(Boolean).join(' | ');

test('a token that may do everything is found fine, with what it sees', async () => {
  const github = await start();
  const lines = await examine(toSettings(github, toPeople(github)));
  expect(lines).toEqual([
    `fine | GitHub Enterprise Server 3.19.0 answers at ${github.origin}/api/v3.`,
    expect.stringMatching(/^fine \| GraphQL, for lists: 5,000 of 5,000 left until /),
    expect.stringMatching(/^fine \| REST: 4,99\d of 5,000 left until /),
    'fine | Signed in as ada by a personal access token (classic), with the scopes `repo`, `read:org`.',
    'fine | 2 repositories can be seen, 1 of them private or internal.',
    expect.stringMatching(/^fine \| git fetched acme\/(?:open|closed), which has 1 file\.$/),
    'fine | 2 members and 1 team can be seen.',
  ]);
});

test('what a token may not do is said with its cost and with what to grant', async () => {
  const github = await start();
  const lines = await examine(toSettings(github, `${withToken(github, { token: 'small-token' })}`));
  expect(lines.join('\n')).toContain('limited | The token has no scope `repo`. | Without it private');
  expect(lines.join('\n')).toContain('1 repository can be seen, none of them private');
  const merged = { ...toSettings(github, withToken(github, { token: 'small-token' })) };
  const people = toSettings(github, toPeople(github)).github.organizations;
  const asked = await examine({ ...merged, github: { ...merged.github, organizations: people } });
  expect(asked.at(-1)).toMatch(
    /^limited \| Its people cannot be read: .* \| Without `members: read` there are no teams and people: owners that are groups dangle\. \| Grant the token the scope `read:org`\.$/,
  );
});

test('a token that is not accepted, and none at all', async () => {
  const github = await start();
  const wrong = await examine(toSettings(github, withToken(github, { token: 'nonsense' })));
  expect(wrong).toEqual([
    expect.stringMatching(/^missing \| The token is not accepted: /),
    expect.stringMatching(/^note \| It was not looked at: /),
  ]);
  const none = await examine(toSettings(github, withToken(github, {})));
  expect(none[0]).toContain(`missing | There is no credential for ${github.host}.`);
  expect(none.at(-1)).toContain('missing | No credential is for this organisation.');
});

test('an App: what it is called, where it is installed, and the permission that it lacks', async () => {
  const installations = [{ id: 71, account: 'acme' }];
  const github = await start({
    apps: [{ id: 7, slug: 'portal', permissions: { metadata: 'read', contents: 'read' }, installations }],
    now: Date.now,
  });
  const [app] = github.apps;
  const apps = [{ appId: 7, privateKey: app?.privateKey }];
  const settings = toSettings(github, withToken(github, { apps }));
  const { organizations } = toSettings(github, toPeople(github)).github;
  const lines = await examine({ ...settings, github: { ...settings.github, organizations } });
  const text = lines.join('\n');
  expect(text).toContain('fine | The App portal is installed with acme; it has `metadata: read`, `contents: read`.');
  expect(text).toContain('limited | The App may not read members. | Without `members: read`');
  expect(text).toContain('Organization permissions › Members: Read-only');
  expect(text).toContain('2 repositories can be seen, 1 of them private or internal.');
});

test('a host that cannot be reached is said, and nothing is thrown', async () => {
  const github = await start();
  const settings = toSettings(github);
  await github.close();
  server = undefined;
  const lines = await examine(settings);
  expect(lines).toEqual([
    expect.stringMatching(/^missing \| Nothing answers as GitHub does at .*could not be reached/),
    expect.stringMatching(/^note \| It was not looked at: /),
  ]);
});
