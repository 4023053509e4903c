import { afterAll, expect, test } from 'vitest';
import { createGithub } from '../../../../scripts/demo/github/server.ts';
import { toGithubStory } from '../../../../scripts/demo/github/story.ts';
import type { DemoPull, DemoRepository, DemoRun, GithubWorld } from '../../../../scripts/demo/github/world.ts';
import { type StartedServer, startLocally } from '../../../../scripts/demo/start.ts';
import { findDeparture } from '../../../../tests/github/schemas/conformance.ts';
import { createWidgetContext, openUpstream, toEntity } from '../../../../tests/live/widget-context.ts';
import type { Upstream } from '../../upstream.ts';
import { githubWidget } from './widget.ts';

const now = Date.parse('2026-03-04T10:00:00Z');
const started: StartedServer[] = [];
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const workflows = [
  { id: 1, name: 'ci', path: '.github/workflows/ci.yaml' },
  { id: 2, name: 'release', path: '.github/workflows/release.yaml' },
];

const toRun = (changes: Partial<DemoRun> = {}): DemoRun => ({
  id: 11,
  workflow: 1,
  number: 42,
  event: 'push',
  branch: 'main',
  status: 'completed',
  conclusion: 'success',
  title: 'Fix it',
  commit,
  author: 'amara',
  startedAt: '2026-03-04T09:00:00Z',
  updatedAt: '2026-03-04T09:05:30Z',
  ...changes,
});

const toPull = (number: number, changes: Partial<DemoPull> = {}): DemoPull => ({
  number,
  title: `Change ${number}`,
  author: 'amara',
  openedAt: new Date(Date.parse('2026-02-01T00:00:00Z') + number * 60_000).toISOString(),
  updatedAt: '2026-03-01T00:00:00Z',
  ...changes,
});

const toRepository = (changes: Partial<DemoRepository> = {}): DemoRepository => ({
  slug: 'acme/checkout',
  defaultBranch: 'main',
  workflows,
  runs: [toRun()],
  pulls: [],
  ...changes,
});

async function serve(toWorld: () => GithubWorld, asked: string[] = [], token = 't'): Promise<Upstream> {
  const server = await startLocally(createGithub(toWorld));
  started.push(server);
  return openUpstream({ id: 'github/github.com', url: server.url, authorization: `Bearer ${token}` }, asked);
}

const toHost = (host: string) => ({
  host,
  apiUrl: `https://api.${host}`,
  webUrl: `https://${host}`,
  toCredential: () => undefined,
});

const toContext = (upstream: Upstream | undefined, moment = () => now, hosts = ['github.com']) =>
  createWidgetContext({
    settings: { github: hosts.map(toHost) },
    upstreams: { findGithub: (host, owner) => (hosts.includes(host) && owner === 'acme' ? upstream : undefined) },
    now: moment,
  });

const entity = toEntity({ 'github.com/project-slug': 'acme/checkout' });

async function answer(repository: DemoRepository, asked: string[] = []) {
  const upstream = await serve(() => ({ token: 't', repositories: [repository] }), asked);
  return githubWidget.answer(entity, toContext(upstream));
}

test('the last run of each workflow is shown, with the way to it', async () => {
  const report = await answer(
    toRepository({
      runs: [
        toRun({ id: 10, number: 41, conclusion: 'failure', startedAt: '2026-03-03T09:00:00Z' }),
        toRun(),
        toRun({ id: 12, workflow: 2, number: 7, status: 'in_progress', conclusion: null, title: 'One\nTwo' }),
      ],
    }),
  );
  expect(githubWidget.schema.parse(report.data)).toEqual(report.data);
  expect(report.data).toMatchObject({ repository: 'acme/checkout', branch: 'main', morePullRequests: false });
  expect(report.data?.workflows).toEqual([
    {
      name: 'release',
      level: 'unknown',
      words: 'running',
      run: 7,
      event: 'push',
      title: 'One',
      commit: 'a1b2c3d',
      startedAt: '2026-03-04T09:00:00.000Z',
      url: 'https://github.com/acme/checkout/actions/runs/12',
    },
    {
      name: 'ci',
      level: 'well',
      words: 'passed',
      run: 42,
      event: 'push',
      title: 'Fix it',
      commit: 'a1b2c3d',
      startedAt: '2026-03-04T09:00:00.000Z',
      took: 330,
      url: 'https://github.com/acme/checkout/actions/runs/11',
    },
  ]);
  expect(report.status).toEqual({ level: 'well', words: 'ci passed, the others are running' });
});

test('runs of other branches, of pull requests and of workflows that are switched off do not count', async () => {
  const report = await answer(
    toRepository({
      workflows: [...workflows, { id: 3, name: 'old', path: 'old.yaml', state: 'disabled_manually' }],
      runs: [
        toRun(),
        toRun({ id: 20, conclusion: 'failure', event: 'pull_request', startedAt: '2026-03-04T09:50:00Z' }),
        toRun({ id: 21, conclusion: 'failure', branch: 'other', startedAt: '2026-03-04T09:51:00Z' }),
        toRun({ id: 22, workflow: 3, conclusion: 'failure' }),
      ],
    }),
  );
  expect(report.data?.workflows.map(({ name, words }) => [name, words])).toEqual([['ci', 'passed']]);
});

test.each([
  ['completed', 'success', 'well', 'passed'],
  ['completed', 'failure', 'broken', 'failed'],
  ['completed', 'timed_out', 'broken', 'timed out'],
  ['completed', 'startup_failure', 'broken', 'did not start'],
  ['completed', 'cancelled', 'attention', 'cancelled'],
  ['completed', 'skipped', 'well', 'skipped'],
  ['completed', 'action_required', 'attention', 'waits for approval'],
  ['waiting', null, 'attention', 'waits for approval'],
  ['in_progress', null, 'unknown', 'running'],
  ['queued', null, 'unknown', 'queued'],
  ['completed', 'splendid', 'unknown', 'not known'],
  ['constructor', null, 'unknown', 'not known'],
])('a run that is %s, %s, is %s: %s', async (status, conclusion, level, words) => {
  const report = await answer(toRepository({ runs: [toRun({ status, conclusion })] }));
  expect(report.data?.workflows).toMatchObject([{ level, words }]);
  expect(report.status).toEqual({ level, words: `ci ${words}` });
});

const said = (...states: [string, string][]) =>
  states.map(([author, state]) => ({ author, state, at: '2026-03-01T00:00:00Z' }));

test.each<[string, Partial<DemoPull>, string]>([
  ['nobody looked', {}, 'none'],
  ['somebody is asked', { requested: ['jonas'] }, 'waiting'],
  ['one approved', { reviews: said(['jonas', 'APPROVED']) }, 'approved'],
  ['one approved and another is asked', { reviews: said(['jonas', 'APPROVED']), requested: ['priya'] }, 'approved'],
  ['one wants changes', { reviews: said(['priya', 'APPROVED'], ['jonas', 'CHANGES_REQUESTED']) }, 'changes-requested'],
  ['the changes were made', { reviews: said(['jonas', 'CHANGES_REQUESTED'], ['jonas', 'APPROVED']) }, 'approved'],
  ['a remark came after', { reviews: said(['jonas', 'APPROVED'], ['jonas', 'COMMENTED']) }, 'approved'],
  ['it was dismissed', { reviews: said(['jonas', 'CHANGES_REQUESTED'], ['jonas', 'DISMISSED']) }, 'none'],
  ['it is a draft', { isDraft: true, reviews: said(['jonas', 'APPROVED']) }, 'none'],
])('when %s the review is told right', async (_, changes, review) => {
  const report = await answer(toRepository({ pulls: [toPull(1, changes)] }));
  expect(report.data?.pullRequests).toMatchObject([{ number: 1, review }]);
});

test('of many pull requests the oldest are shown, and the reviews of ten are asked for', async () => {
  const asked: string[] = [];
  const pulls = Array.from({ length: 35 }, (_, index) => toPull(35 - index, index % 7 === 3 ? { isDraft: true } : {}));
  const report = await answer(toRepository({ pulls }), asked);
  expect(report.data?.pullRequests.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
  expect(report.data?.morePullRequests).toBe(true);
  expect(asked.filter((path) => path.includes('/reviews'))).toHaveLength(10);
  expect(report.data?.pullRequests.at(-1)?.review).toBe('unknown');
  expect(report.status.words).toBe('ci passed · 30+ open pull requests');
});

test('reviews are asked for again when a pull request was updated, not before', async () => {
  const asked: string[] = [];
  let moment = now;
  let updatedAt = '2026-03-01T00:00:00Z';
  const toWorld = () => ({ token: 't', repositories: [toRepository({ pulls: [toPull(1, { updatedAt })] })] });
  const context = toContext(await serve(toWorld, asked), () => moment);
  const listReviews = () => asked.filter((path) => path.includes('/reviews')).length;
  await githubWidget.answer(entity, context);
  moment += 190_000;
  const later = await githubWidget.answer(entity, context);
  expect(listReviews()).toBe(1);
  expect(later).toMatchObject({ readAt: moment, freshUntil: moment + 60_000 });
  updatedAt = '2026-03-04T10:01:00Z';
  moment += 190_000;
  await githubWidget.answer(entity, context);
  expect(listReviews()).toBe(2);
});

test.each<[string, DemoRepository, object]>([
  [
    'Actions may not be read',
    toRepository({ refuses: ['actions'], pulls: [toPull(1)] }),
    {
      data: { pullRequests: [{ number: 1 }], workflows: [] },
      status: { level: 'unknown', words: 'workflows are not known · 1 open pull request' },
    },
  ],
  [
    'pull requests may not be read',
    toRepository({ refuses: ['pulls'] }),
    { data: { pullRequests: [], workflows: [{ name: 'ci' }] }, status: { level: 'well', words: 'ci passed' } },
  ],
])('when %s the rest is shown', async (_, repository, wanted) => {
  const report = await answer(repository);
  expect(report).toMatchObject(wanted);
  expect(report.troubles).toMatchObject([{ source: 'github.com', fault: 'forbidden' }]);
  expect(report.troubles[0]?.mend).toMatch(/`(actions|pull_requests): read`/);
});

test.each<[string, Partial<DemoRepository>, string, string]>([
  ['unknown', { slug: 'acme/other' }, 't', 'not-found'],
  ['renamed', { movedTo: 7 }, 't', 'redirected'],
  ['shut', {}, 'wrong', 'unauthorised'],
])('a repository that is %s is asked about once', async (_, changes, token, fault) => {
  const asked: string[] = [];
  const upstream = await serve(() => ({ token: 't', repositories: [toRepository(changes)] }), asked, token);
  const report = await githubWidget.answer(entity, toContext(upstream));
  expect(report.data).toBeUndefined();
  expect(report.troubles).toMatchObject([{ fault }]);
  expect(asked).toHaveLength(1);
});

test('what was read before the limit was reached stays, and is said to be old', async () => {
  let remaining = 4000;
  let moment = now;
  const toWorld = () => ({ token: 't', remaining, repositories: [toRepository({ pulls: [toPull(1)] })] });
  const context = toContext(await serve(toWorld), () => moment);
  await githubWidget.answer(entity, context);
  remaining = 0;
  moment += 190_000;
  const report = await githubWidget.answer(entity, context);
  expect(report).toMatchObject({ isStale: true, readAt: now, troubles: [{ fault: 'rate-limited' }] });
  expect(report.data?.workflows).toHaveLength(1);
  expect(report.troubles).toHaveLength(1);
});

test.each([
  ['../..'],
  ['acme'],
  ['acme/checkout/actions'],
  ['acme/..'],
  ['acme/che ckout'],
  ['acme%2fx/y'],
  ['https://evil.example/acme'],
  [''],
])('the slug %j is said to be wrong without a question', async (slug) => {
  const asked: string[] = [];
  const context = toContext(await serve(() => ({ token: 't', repositories: [] }), asked));
  const report = await githubWidget.answer(toEntity({ 'github.com/project-slug': slug }), context);
  expect(report.troubles.map(({ fault }) => fault)).toEqual(['annotation-wrong']);
  expect(asked).toEqual([]);
});

test('an owner whom nothing lets in is named', async () => {
  const report = await githubWidget.answer(toEntity({ 'github.com/project-slug': 'other/x' }), toContext(undefined));
  expect(report.troubles).toMatchObject([{ source: 'github.com', fault: 'not-configured' }]);
});

test.each([
  [['ghe.acme.io'], 'https://ghe.acme.io/'],
  [['ghe.acme.io', 'github.com'], 'https://github.com/'],
  [['ghe.acme.io', 'ghe.other.io'], 'https://ghe.acme.io/'],
])('of the hosts %j a slug is at %s', async (hosts, url) => {
  const upstream = await serve(() => ({ token: 't', repositories: [toRepository()] }));
  const report = await githubWidget.answer(
    entity,
    toContext(upstream, () => now, hosts),
  );
  expect(report.data?.workflows[0]?.url.startsWith(url)).toBe(true);
});

test('titles are lines of text, and no name or address of a person but a login leaves', async () => {
  const title = '\u001b[31m<script>alert(1)</script>\u202e\n\nSigned-off-by: amara@acme.io';
  const report = await answer(
    toRepository({ runs: [toRun({ title })], pulls: [toPull(1, { title: `${title}${'x'.repeat(900)}` })] }),
  );
  expect(report.data?.workflows[0]?.title).toBe('<script>alert(1)</script>');
  expect(report.data?.pullRequests[0]?.title).toBe('<script>alert(1)</script>');
  expect(JSON.stringify(report)).not.toMatch(/@|avatar|api\.github\.com/);
});

test.each<[string, Record<string, unknown>, string[]]>([
  ['lists of nonsense', { runs: { workflow_runs: [1, null, {}] }, pulls: [1, null, {}] }, []],
  ['no lists', { runs: {}, pulls: {} }, ['unreadable', 'unreadable']],
  [
    'dates that are none',
    { runs: { workflow_runs: [] }, pulls: [{ number: 1, title: 'x', created_at: 'x', updated_at: 'y' }] },
    [],
  ],
])('%s give an answer', async (_, answers, faults) => {
  const upstream: Upstream = {
    id: 'github/github.com',
    name: 'github.com',
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
    ask: async ({ path }) => ({
      kind: 'answer',
      value: path.endsWith('/checkout') ? { default_branch: 'main' } : answers[path.split('/').at(-1) ?? ''],
    }),
  };
  const report = await githubWidget.answer(entity, toContext(upstream));
  expect(report.troubles.length).toBe(faults.length > 0 ? 1 : 0);
  expect(report.data?.pullRequests ?? []).toEqual([]);
});

test('a check names the permission that is missing, a repository an owner', async () => {
  const asked: string[] = [];
  const world = { token: 't', repositories: [toRepository({ refuses: ['actions'] })] };
  const entities = [
    entity,
    toEntity({ 'github.com/project-slug': 'acme/other' }),
    toEntity({ 'github.com/project-slug': 'none/x' }),
  ];
  const findings = await githubWidget.check(toContext(await serve(() => world, asked)), entities);
  expect(findings.map(({ isFine }) => isFine)).toEqual([true, false, true, false]);
  expect(findings[1]?.mend).toContain('`actions: read`');
  expect(findings[3]?.what).toContain('none');
  expect(asked).toHaveLength(3);
});

const operations = [
  ['GET /repos/{owner}/{repo}', '/repos/acme/notifications'],
  ['GET /repos/{owner}/{repo}/actions/runs', '/repos/acme/notifications/actions/runs'],
  ['GET /repos/{owner}/{repo}/actions/workflows', '/repos/acme/notifications/actions/workflows'],
  ['GET /repos/{owner}/{repo}/pulls', '/repos/acme/notifications/pulls'],
] as const;

test('the demonstration’s GitHub answers in the shape that GitHub publishes', async () => {
  const story = toGithubStory(now, 't');
  const server = await startLocally(createGithub(() => story));
  started.push(server);
  const reviewed = story.repositories.flatMap(({ slug, pulls }) =>
    pulls
      .filter(({ reviews = [] }) => reviews.length > 0)
      .map(({ number }) => `/repos/${slug}/pulls/${number}/reviews`),
  );
  expect(reviewed.length).toBeGreaterThan(0);
  const all = [
    ...operations,
    ...reviewed.map((path) => ['GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', path] as const),
  ];
  for (const [operation, path] of all) {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: 'Bearer t' } });
    const body = Buffer.from(await response.arrayBuffer());
    const headers = { 'content-type': response.headers.get('content-type') ?? '' };
    expect(response.status).toBe(200);
    expect(findDeparture(operation, { status: 200, headers, body })).toBeUndefined();
  }
});

test('what has not changed is not sent again, and nothing but GET is answered', async () => {
  const server = await startLocally(createGithub(() => ({ token: 't', repositories: [toRepository()] })));
  started.push(server);
  const url = `${server.url}/repos/acme/checkout`;
  const authorization = 'Bearer t';
  const tag = (await fetch(url, { headers: { authorization } })).headers.get('etag') ?? '';
  expect((await fetch(url, { headers: { authorization, 'if-none-match': tag } })).status).toBe(304);
  expect((await fetch(url, { method: 'DELETE', headers: { authorization } })).status).toBe(405);
  expect((await fetch(url, { headers: { authorization: 'Bearer x' } })).status).toBe(401);
});

test.each([
  ['notifications', 'broken'],
  ['checkout', 'well'],
])('in the demonstration the workflows of %s are %s', async (name, level) => {
  const upstream = await serve(() => toGithubStory(now, 't'));
  const slug = toEntity({ 'github.com/project-slug': `acme/${name}` });
  const report = await githubWidget.answer(slug, toContext(upstream));
  expect(report.status.level).toBe(level);
  expect(report.data?.workflows).toHaveLength(3);
});
