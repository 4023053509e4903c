import { afterAll, expect, test } from 'vitest';
import { createArgocd } from '../../../../scripts/demo/argocd/server.ts';
import { toArgocdStory } from '../../../../scripts/demo/argocd/story.ts';
import type { ArgocdWorld, DemoApplication } from '../../../../scripts/demo/argocd/world.ts';
import { type StartedServer, startLocally } from '../../../../scripts/demo/start.ts';
import { createDepartures } from '../../../../tests/live/departures.ts';
import { createWidgetContext, openUpstream, toEntity } from '../../../../tests/live/widget-context.ts';
import type { Upstream } from '../../upstream.ts';
import { argocdWidget } from './widget.ts';

const now = Date.parse('2026-03-04T10:00:00Z');
const started: StartedServer[] = [];
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

const commit = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334';
const github = [
  {
    host: 'ghe.acme.io',
    apiUrl: 'https://ghe.acme.io/api/v3',
    webUrl: 'https://ghe.acme.io',
    toCredential: () => undefined,
  },
];

function toApplication(name: string, changes: Partial<DemoApplication> = {}): DemoApplication {
  return {
    metadata: { name, namespace: 'argocd', labels: { team: 'payments' }, ...changes.metadata },
    spec: {
      project: 'shop',
      source: { repoURL: 'https://github.com/acme/checkout.git', path: 'deploy' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'payments' },
      ...changes.spec,
    },
    status: {
      sync: { status: 'Synced', revision: commit },
      health: { status: 'Healthy' },
      history: [],
      operationState: {
        phase: 'Succeeded',
        startedAt: '2026-03-04T09:47:00Z',
        finishedAt: '2026-03-04T09:48:00Z',
        operation: {},
      },
      ...changes.status,
    },
  };
}

async function serve(world: ArgocdWorld, asked: string[] = [], token = world.token): Promise<Upstream> {
  const server = await startLocally(createArgocd(() => world));
  started.push(server);
  return openUpstream({ id: 'argocd/prod-us', url: server.url, authorization: `Bearer ${token}` }, asked);
}

const toContext = (...argocd: Upstream[]) =>
  createWidgetContext({
    settings: { argocd: argocd.map(({ name }) => ({ name, url: 'https://argocd.acme.io/' })), github },
    upstreams: { argocd },
    now: () => now,
  });

async function answerOne(application: DemoApplication) {
  const context = toContext(await serve({ token: 't', applications: [application] }));
  const report = await argocdWidget.answer(toEntity({ 'argocd/app-name': application.metadata.name }), context);
  return { ...report, application: report.data?.applications[0] };
}

test('an application is shown with what it is at, its history and the way to it', async () => {
  const history = [1, 2, 3, 4, 5, 6].map((id) => ({
    id,
    deployStartedAt: `2026-03-0${id - 1 || 1}T09:00:00Z`,
    deployedAt: `2026-03-0${id - 1 || 1}T09:01:30Z`,
    initiatedBy: id % 2 ? { automated: true } : { username: 'priya.raman@acme.io' },
    revision: commit,
    source: { repoURL: 'git@github.com:acme/checkout.git' },
  }));
  const report = await answerOne(toApplication('checkout', { status: { ...toApplication('x').status, history } }));
  expect(argocdWidget.schema.parse(report.data)).toEqual(report.data);
  expect(report.status).toEqual({ level: 'well', words: 'in sync · healthy · 12 min ago' });
  expect(report.links).toEqual([{ title: 'Open in Argo CD', url: 'https://argocd.acme.io/applications/checkout' }]);
  expect(report.application).toMatchObject({
    instance: 'prod-us',
    name: 'checkout',
    project: 'shop',
    destination: 'in-cluster/payments',
    url: 'https://argocd.acme.io/applications/checkout',
    syncedAt: '2026-03-04T09:48:00.000Z',
    revisions: [
      {
        source: 'github.com/acme/checkout',
        isChart: false,
        revision: 'a1b2c3d',
        url: `https://github.com/acme/checkout/commit/${commit}`,
      },
    ],
  });
  expect(report.application?.history.map(({ id, took, by }) => [id, took, by])).toEqual([
    [6, 90, 'priya.raman'],
    [5, 90, 'automatic'],
    [4, 90, 'priya.raman'],
    [3, 90, 'automatic'],
    [2, 90, 'priya.raman'],
  ]);
});

test('one deployment alone is a history too, and clocks that disagree give no time below none', async () => {
  const deployment = {
    id: 7,
    deployStartedAt: '2026-03-04T10:00:30Z',
    deployedAt: '2026-03-04T10:00:00Z',
    revision: commit,
  };
  const { application } = await answerOne(
    toApplication('checkout', { status: { ...toApplication('x').status, history: [deployment] } }),
  );
  expect(application?.history.map(({ id, took }) => [id, took])).toEqual([[7, 0]]);
});

test('of several sources each is at its own revision, and the version of a chart is no commit', async () => {
  const sources = [
    { repoURL: 'https://token:secret@ghe.acme.io/acme/identity.git' },
    { repoURL: 'https://charts.acme.io/stable', chart: 'redis' },
    { repoURL: 'oci://registry.acme.io/charts/cache' },
  ];
  const revisions = [commit, '21.2.6', '1.0.0'];
  const { application } = await answerOne(
    toApplication('identity', {
      spec: { project: 'shop', sources, destination: { name: 'prod-us', namespace: 'identity' } },
      status: {
        sync: { status: 'Synced', revisions },
        health: { status: 'Healthy' },
        history: [{ id: 1, deployedAt: '2026-03-04T09:00:00Z', revisions, sources }],
      },
    }),
  );
  const wanted = [
    {
      source: 'ghe.acme.io/acme/identity',
      isChart: false,
      revision: 'a1b2c3d',
      url: `https://ghe.acme.io/acme/identity/commit/${commit}`,
    },
    { source: 'redis', isChart: true, revision: '21.2.6' },
    { source: 'registry.acme.io/charts/cache', isChart: true, revision: '1.0.0' },
  ];
  expect(application?.revisions).toEqual(wanted);
  expect(application?.history[0]?.revisions).toEqual(wanted);
  expect(JSON.stringify(application)).not.toContain('secret');
});

test.each([
  ['https://github.com/acme/x', 'github.com/acme/x', `https://github.com/acme/x/commit/${commit}`],
  ['ssh://git@github.com/acme/x.git', 'github.com/acme/x', `https://github.com/acme/x/commit/${commit}`],
  ['git@gitlab.com:acme/deep/x.git', 'gitlab.com/acme/deep/x', `https://gitlab.com/acme/deep/x/-/commit/${commit}`],
  ['https://bitbucket.org/acme/x/', 'bitbucket.org/acme/x', `https://bitbucket.org/acme/x/commits/${commit}`],
  ['https://git.elsewhere.example/acme/x', 'git.elsewhere.example/acme/x', undefined],
  ['https://github.com.evil.example/acme/x', 'github.com.evil.example/acme/x', undefined],
  ['https://github.com@evil.example/acme/x', 'evil.example/acme/x', undefined],
  ['https://github.com:8443/acme/x', 'github.com:8443/acme/x', undefined],
  ['https://github.com/acme/../../evil', 'github.com/acme/../../evil', undefined],
  ['https://github.com/acme/x"onclick="', 'github.com/acme/x"onclick="', undefined],
  ['javascript:alert(1)', 'javascript/alert(1)', undefined],
  ['file:///etc/passwd', 'a repository', undefined],
  ['user:pa55word@host:acme/x', 'a repository', undefined],
  ['https://user:pa55@word@github.com/acme/x', 'a repository', undefined],
  ['', 'a repository', undefined],
  [`https://github.com/a${'/'.repeat(1_000_000)}x`, 'a repository', undefined],
  [`https://github.com/a${'/'.repeat(1_900)}`, 'github.com/a', `https://github.com/a/commit/${commit}`],
])('the repository %s is called %s and its commit is at %s', async (repoURL, source, url) => {
  const { application } = await answerOne(
    toApplication('x', { spec: { project: 'shop', source: { repoURL }, destination: {} } }),
  );
  expect(application?.revisions).toEqual([{ source, isChart: false, revision: 'a1b2c3d', ...(url && { url }) }]);
});

test.each([
  ['Synced', 'Healthy', 'Succeeded', 'well', 'in sync · healthy · 12 min ago'],
  ['OutOfSync', 'Healthy', 'Succeeded', 'attention', 'out of sync · healthy · 12 min ago'],
  ['Synced', 'Degraded', 'Succeeded', 'broken', 'in sync · degraded · 12 min ago'],
  ['Synced', 'Suspended', 'Succeeded', 'attention', 'in sync · suspended · 12 min ago'],
  ['OutOfSync', 'Missing', 'Failed', 'broken', 'out of sync · missing · sync failed · 12 min ago'],
  ['Synced', 'Healthy', 'Running', 'attention', 'in sync · healthy · syncing · 12 min ago'],
  ['Unknown', 'Healthy', 'Succeeded', 'attention', 'sync not known · healthy · 12 min ago'],
  ['Newish', 'Splendid', 'Odd', 'unknown', 'sync not known · health not known · 12 min ago'],
  ['constructor', '__proto__', 'toString', 'unknown', 'sync not known · health not known · 12 min ago'],
])('%s, %s and %s is %s: %s', async (sync, health, phase, level, words) => {
  const { status } = toApplication('x');
  const operationState = {
    phase,
    startedAt: '2026-03-04T09:47:00Z',
    finishedAt: '2026-03-04T09:48:00Z',
    operation: {},
  };
  const report = await answerOne(
    toApplication('x', {
      status: { ...status, sync: { status: sync, revision: commit }, health: { status: health }, operationState },
    }),
  );
  expect(report.status).toEqual({ level, words });
});

test.each<[Record<string, string>, string[]]>([
  [{ 'argocd/app-name': 'a' }, ['a']],
  [{ 'argocd/app-name': 'a', 'argocd/app-selector': 'team=orders' }, ['a']],
  [{ 'argocd/app-selector': 'team=payments' }, ['a', 'b']],
  [{ 'argocd/app-selector': 'team in (orders),!canary' }, ['c']],
  [{ 'argocd/project-name': 'ops' }, ['b', 'd']],
  [{ 'argocd/project-name': 'ops', 'argocd/app-selector': 'team=payments' }, ['b']],
  [{ 'argocd/app-selector': 'team', 'argocd/app-namespace': 'team-a' }, ['c']],
  [{ 'argocd/app-name': 'nothing' }, []],
])('%j chooses %j by one question for all', async (annotations, names) => {
  const asked: string[] = [];
  const to = (name: string, team: string | undefined, project: string, namespace = 'argocd') =>
    toApplication(name, {
      metadata: { name, namespace, ...(team !== undefined && { labels: { team } }) },
      spec: { project, source: { repoURL: 'https://github.com/acme/x' }, destination: {} },
    });
  const applications = [
    to('a', 'payments', 'shop'),
    to('b', 'payments', 'ops'),
    to('c', 'orders', 'shop', 'team-a'),
    { ...to('d', undefined, 'ops'), metadata: { name: 'd', namespace: 'argocd' } },
  ];
  const context = toContext(await serve({ token: 't', applications }, asked));
  const report = await argocdWidget.answer(toEntity(annotations), context);
  await argocdWidget.answer(toEntity({ 'argocd/app-name': 'elsewhere' }), context);
  expect(report.data?.applications.map(({ name }) => name)).toEqual(names);
  expect(report.isEmpty).toBe(names.length === 0);
  expect(asked.filter((path) => path.startsWith('/api/v1/applications?'))).toHaveLength(1);
  expect(
    report.data?.applications.every(({ url, name }) => url.endsWith(`/${name === 'c' ? 'team-a' : 'argocd'}/${name}`)),
  ).toBe(true);
});

test.each([
  [{ 'argocd/app-selector': `team=${'x'.repeat(80)}` }],
  [{ 'argocd/app-selector': 'team=a&fields=metadata' }],
  [{ 'argocd/app-name': '../../session' }],
  [{ 'argocd/app-name': 'A' }],
  [{ 'argocd/project-name': 'a b' }],
  [{ 'argocd/app-name': 'a', 'argocd/app-namespace': 'Team A' }],
])('%j is said to be wrong without a question', async (annotations) => {
  const asked: string[] = [];
  const context = toContext(await serve({ token: 't', applications: [] }, asked));
  const report = await argocdWidget.answer(toEntity(annotations), context);
  expect(report.troubles.map(({ fault }) => fault)).toEqual(['annotation-wrong']);
  expect(report.data).toBeUndefined();
  expect(asked).toEqual([]);
});

test('where all applications are too many, those of the entity are asked for', async () => {
  const asked: string[] = [];
  const applications = [toApplication('a'), toApplication('b')];
  const upstream = await serve({ token: 't', applications }, asked);
  const tight: Upstream = {
    ...upstream,
    ask: (question) =>
      upstream.ask(
        question.query?.some(([name]) => name !== 'fields') || question.path.endsWith('/a')
          ? question
          : { ...question, maxBytes: 10 },
      ),
  };
  const report = await argocdWidget.answer(
    toEntity({ 'argocd/app-selector': 'team in (payments, orders)', 'argocd/project-name': 'shop' }),
    toContext(tight),
  );
  expect(report.data?.applications.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(report.troubles).toEqual([]);
  expect(new URLSearchParams(asked[1]?.split('?')[1]).get('selector')).toBe('team in (orders,payments)');
  expect(new URLSearchParams(asked[1]?.split('?')[1]).get('projects')).toBe('shop');
});

test('a list that tells the history is enough; another sync is asked about at once', async () => {
  const asked: string[] = [];
  const history = [{ id: 1, deployedAt: '2026-03-04T09:00:00Z', revision: commit }];
  let application = toApplication('a', { status: { ...toApplication('a').status, history } });
  const server = await startLocally(createArgocd(() => ({ token: 't', applications: [application] })));
  started.push(server);
  const upstream = openUpstream({ id: 'argocd/prod-us', url: server.url, authorization: 'Bearer t' }, asked);
  const entity = toEntity({ 'argocd/app-name': 'a' });
  const uncut: Upstream = { ...upstream, ask: (question) => upstream.ask({ ...question, query: [] }) };
  expect((await argocdWidget.answer(entity, toContext(uncut))).data?.applications[0]?.history).toHaveLength(1);
  expect(asked).toEqual(['/api/v1/applications']);

  let moment = now;
  const context = createWidgetContext({
    settings: { argocd: [{ name: 'prod-us', url: 'https://argocd.acme.io' }] },
    upstreams: { argocd: [upstream] },
    now: () => moment,
  });
  const listDetails = () => asked.filter((path) => path.startsWith('/api/v1/applications/a')).length;
  await argocdWidget.answer(entity, context);
  moment += 46_000;
  await argocdWidget.answer(entity, context);
  expect(listDetails()).toBe(1);
  const operationState = { phase: 'Succeeded', startedAt: '', finishedAt: '2026-03-04T10:00:10Z', operation: {} };
  application = toApplication('a', { status: { ...application.status, operationState } });
  moment += 46_000;
  await argocdWidget.answer(entity, context);
  expect(listDetails()).toBe(2);
});

test('one instance that fails does not hide what another has', async () => {
  const good = await serve({ token: 't', applications: [toApplication('a')] });
  const bad = {
    ...(await serve({ token: 't', applications: [] }, [], 'wrong')),
    id: 'argocd/prod-eu',
    name: 'prod-eu',
  };
  const report = await argocdWidget.answer(toEntity({ 'argocd/app-name': 'a' }), toContext(good, bad));
  expect(report.data?.applications).toHaveLength(1);
  expect(report.troubles).toMatchObject([{ source: 'prod-eu', fault: 'unauthorised' }]);
  const other = await argocdWidget.answer(toEntity({ 'argocd/app-name': 'b' }), toContext(good, bad));
  expect(other).toMatchObject({ isEmpty: false, data: { applications: [] } });
});

test('a refusal is “not found, or not shown”, and what was read before stays', async () => {
  const world = { token: 't', applications: [toApplication('a')] };
  const upstream = await serve(world);
  let isRefused = false;
  let moment = now;
  const context = createWidgetContext({
    settings: { argocd: [{ name: 'prod-us', url: 'https://argocd.acme.io' }] },
    upstreams: {
      argocd: [
        {
          ...upstream,
          ask: (question) =>
            isRefused ? Promise.resolve({ kind: 'fault', fault: 'forbidden' }) : upstream.ask(question),
        },
      ],
    },
    now: () => moment,
  });
  await argocdWidget.answer(toEntity({ 'argocd/app-name': 'a' }), context);
  isRefused = true;
  moment += 46_000;
  const report = await argocdWidget.answer(toEntity({ 'argocd/app-name': 'a' }), context);
  expect(report).toMatchObject({ isStale: true, readAt: now, troubles: [{ fault: 'not-found' }] });
  expect(report.data?.applications).toHaveLength(1);
});

test('texts are lines of text, cut, and nothing but what is shown leaves', async () => {
  const { status } = toApplication('x');
  const { application } = await answerOne({
    ...toApplication('x', {
      status: {
        ...status,
        conditions: [{ type: 'ComparisonError', message: `\u001b[31mbad\u0007\n${'x'.repeat(5000)}` }],
        operationState: { phase: 'Error', message: 'two\nlines', startedAt: '', operation: {} },
      },
    }),
    metadata: { name: 'x', namespace: 'argocd', labels: { hidden: 'label' }, annotations: { hidden: 'annotation' } },
  });
  expect(application?.message).toBe('two lines');
  expect(application?.conditions[0]).toMatch(/^ComparisonError: bad x+…$/);
  expect(application?.conditions[0]?.length).toBe(300);
  expect(JSON.stringify(application)).not.toContain('hidden');
});

test.each<[string, unknown, number | undefined]>([
  ['no list', { items: null }, 0],
  ['an empty answer', {}, 0],
  ['a list of nonsense', { items: [1, null, 'x', {}, { metadata: {} }] }, 0],
  [
    'parts of another shape',
    { items: [{ metadata: { name: 'a', labels: 7 }, spec: 'x', status: { health: [], history: 'x' } }] },
    1,
  ],
  ['no list but a text', { items: 'x' }, undefined],
  ['an array', [], undefined],
  ['null', null, undefined],
])('%s gives an answer', async (_, value, count) => {
  const upstream: Upstream = {
    id: 'argocd/prod-us',
    name: 'prod-us',
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
    ask: async ({ path }) => (path.endsWith('/a') ? { kind: 'fault', fault: 'failing' } : { kind: 'answer', value }),
  };
  const report = await argocdWidget.answer(toEntity({ 'argocd/app-name': 'a' }), toContext(upstream));
  expect(report.data?.applications.length).toBe(count);
  expect(report.troubles.map(({ fault }) => fault)).toEqual(
    count === undefined ? ['unreadable'] : count === 1 ? ['failing'] : [],
  );
});

test.each<[string, ArgocdWorld, string, boolean, RegExp]>([
  ['all is well', { token: 't', applications: [toApplication('a')] }, 't', true, /^lists 1 application$/],
  [
    'nothing is granted',
    { token: 't', projects: [], applications: [toApplication('a')] },
    't',
    false,
    /applications, get/,
  ],
  ['the token is wrong', { token: 't', applications: [] }, 'x', false, /credential/],
])('a check says when %s', async (_, world, token, isFine, words) => {
  const [finding] = await argocdWidget.check(toContext(await serve(world, [], token)), []);
  expect(finding).toMatchObject({ upstream: 'Argo CD prod-us', isFine });
  expect(`${finding?.what} ${finding?.mend ?? ''}`.trim()).toMatch(words);
});

test('the demonstration’s Argo CD answers in the shape that Argo CD publishes', async () => {
  const findDeparture = createDepartures('argocd');
  const world = toArgocdStory(now, 't');
  const upstream = await serve({ ...world, projects: ['payments', 'search', 'mobile'] });
  const ask = async (path: string, query: [string, string][] = []) => {
    const outcome = await upstream.ask({ path, query });
    return outcome.kind === 'answer' ? outcome.value : outcome;
  };
  expect(findDeparture('list', await ask('/api/v1/applications'))).toBeUndefined();
  expect(findDeparture('list', await ask('/api/v1/applications', [['name', 'no-such']]))).toBeUndefined();
  const cut = await ask('/api/v1/applications', [
    ['fields', 'items.metadata.name,items.spec,items.status.sync.status,items.status.history'],
  ]);
  expect(findDeparture('list', cut)).toBeUndefined();
  expect(JSON.stringify(cut)).not.toContain('history');
  expect(findDeparture('application', await ask('/api/v1/applications/checkout-prod-us'))).toBeUndefined();
  expect(await ask('/api/v1/applications/identity-prod-us')).toEqual({ kind: 'fault', fault: 'forbidden' });
});

test.each([
  ['checkout-prod-us', 'well'],
  ['product-search-prod-us', 'attention'],
  ['payments-gateway-prod-us', 'attention'],
  ['notifications-prod-us', 'broken'],
  ['identity-prod-us', 'well'],
])('in the demonstration %s is %s', async (name, level) => {
  const context = toContext(await serve(toArgocdStory(now, 't')));
  const report = await argocdWidget.answer(toEntity({ 'argocd/app-name': name }), context);
  expect(report.status.level).toBe(level);
  expect(report.links[0]?.title).toBe(`${name.startsWith('product') ? 'Sync' : 'Open'} in Argo CD`);
  expect(report.data?.applications[0]?.history).toHaveLength(5);
  expect(argocdWidget.schema.parse(report.data)).toEqual(report.data);
});
