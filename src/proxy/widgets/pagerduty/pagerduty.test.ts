import { afterAll, expect, test } from 'vitest';
import { toSecretKey } from '#model/live/catalog.ts';
import { createPagerduty } from '../../../../scripts/demo/pagerduty/server.ts';
import { demoIntegrationKey, toPagerdutyStory } from '../../../../scripts/demo/pagerduty/story.ts';
import type { DemoIncident, DemoOnCall, PagerdutyWorld } from '../../../../scripts/demo/pagerduty/world.ts';
import { type StartedServer, startLocally } from '../../../../scripts/demo/start.ts';
import { createDepartures } from '../../../../tests/live/departures.ts';
import { createWidgetContext, openUpstream, toEntity } from '../../../../tests/live/widget-context.ts';
import type { Pieces } from '../../keeping/pieces.ts';
import type { Upstream, UpstreamOutcome } from '../../upstream.ts';
import { findPageUrl } from './project.ts';
import { pagerdutyWidget } from './widget.ts';

const now = Date.parse('2026-03-04T10:00:00Z');
const started: StartedServer[] = [];
afterAll(() => Promise.all(started.map(({ stop }) => stop())));

const secret = 'integration-key-that-nobody-may-see';
const secretKey = toSecretKey('PD_CHECKOUT_KEY');
const entity = toEntity({ 'pagerduty.com/service-id': 'PABC123' });
const keyed = toEntity({ 'pagerduty.com/integration-key': secretKey });

const people = [
  { id: 'UAMARA', name: 'Amara Okafor', email: 'amara.okafor@acme.io' },
  { id: 'UJONAS', name: 'Jonas Lindqvist', email: 'jonas.lindqvist@acme.io' },
  { id: 'UPRIYA', name: 'Priya Raman', email: 'priya.raman@acme.io' },
];

const toOnCall = (level: number, user: string, changes: Partial<DemoOnCall> = {}): DemoOnCall => ({
  policy: 'PPOLICY',
  level,
  user,
  start: '2026-03-02T09:00:00Z',
  end: '2026-03-09T09:00:00Z',
  ...changes,
});

const toIncident = (number: number, changes: Partial<DemoIncident> = {}): DemoIncident => ({
  number,
  service: 'PABC123',
  title: 'It burns',
  status: 'triggered',
  urgency: 'high',
  createdAt: `2026-03-04T09:${String(number % 60).padStart(2, '0')}:00Z`,
  ...changes,
});

const toWorld = (changes: Partial<PagerdutyWorld> = {}): PagerdutyWorld => ({
  token: 't',
  people,
  services: [
    { id: 'PABC123', name: 'Checkout', policy: 'PPOLICY', integrationKeys: [secret] },
    { id: 'POTHER1', name: 'Other', policy: 'POTHERP', integrationKeys: ['another-key'] },
  ],
  onCalls: [toOnCall(1, 'UAMARA')],
  incidents: [],
  ...changes,
});

async function serve(world: PagerdutyWorld, asked: string[] = [], token = 't'): Promise<Upstream> {
  const server = await startLocally(createPagerduty(() => world));
  started.push(server);
  return openUpstream({ id: 'pagerduty/PagerDuty', url: server.url, authorization: `Token token=${token}` }, asked);
}

const toContext = (pagerduty: Upstream, secrets: Record<string, string> = { [secretKey]: secret }) =>
  createWidgetContext({ upstreams: { pagerduty }, now: () => now, secrets });

const answer = async (world: PagerdutyWorld) => pagerdutyWidget.answer(entity, toContext(await serve(world)));

test('who is on call is told by level, and names are all that is told of people', async () => {
  const report = await answer(
    toWorld({
      onCalls: [
        toOnCall(2, 'UPRIYA', { start: null, end: null }),
        toOnCall(1, 'UAMARA'),
        toOnCall(1, 'UJONAS', { end: '2026-03-05T09:00:00Z' }),
        toOnCall(1, 'UAMARA', { end: '2026-03-20T09:00:00Z' }),
        toOnCall(1, 'UPRIYA', { start: '2026-03-09T09:00:00Z', end: '2026-03-16T09:00:00Z' }),
        toOnCall(1, 'UPRIYA', { policy: 'POTHERP' }),
      ],
    }),
  );
  expect(pagerdutyWidget.schema.parse(report.data)).toEqual(report.data);
  expect(report.data).toEqual({
    service: { name: 'Checkout', url: 'https://acme.pagerduty.com/service-directory/PABC123' },
    onCall: [
      { level: 1, names: ['Amara Okafor', 'Jonas Lindqvist'], until: '2026-03-05T09:00:00.000Z' },
      { level: 2, names: ['Priya Raman'] },
    ],
    incidents: [],
    moreIncidents: false,
  });
  expect(report.status).toEqual({ level: 'well', words: 'Amara Okafor and Jonas Lindqvist are on call' });
  expect(JSON.stringify(report)).not.toMatch(/@|UAMARA|gravatar|avatar|phone|Mobile|Engineer|Europe|contact|PPOLICY/);
});

test.each<[string, Partial<PagerdutyWorld>, string, string]>([
  ['one is on call', {}, 'well', 'Amara Okafor is on call'],
  ['nobody is', { onCalls: [] }, 'attention', 'nobody is on call'],
  [
    'one burns',
    { incidents: [toIncident(1), toIncident(2, { status: 'acknowledged' })] },
    'broken',
    '1 incident triggered',
  ],
  ['two burn', { incidents: [toIncident(1), toIncident(2)] }, 'broken', '2 incidents triggered'],
  [
    'one is seen to',
    { incidents: [toIncident(2, { status: 'acknowledged' })] },
    'attention',
    '1 incident acknowledged',
  ],
  ['it is over', { incidents: [toIncident(2, { status: 'resolved' })] }, 'well', 'Amara Okafor is on call'],
  ['another service burns', { incidents: [toIncident(2, { service: 'POTHER1' })] }, 'well', 'Amara Okafor is on call'],
  [
    'it is switched off',
    { services: [{ id: 'PABC123', name: 'x', policy: 'PPOLICY', status: 'disabled' }] },
    'attention',
    'the service is switched off in PagerDuty',
  ],
  [
    'three are on call',
    { onCalls: [toOnCall(1, 'UAMARA'), toOnCall(1, 'UJONAS'), toOnCall(1, 'UPRIYA')] },
    'well',
    'Amara Okafor and 2 others are on call',
  ],
])('when %s it is said', async (_, changes, level, words) => {
  expect((await answer(toWorld(changes))).status).toEqual({ level, words });
});

test('incidents are told triggered first, the latest first, and that there are more', async () => {
  const incidents = Array.from({ length: 30 }, (_, index) =>
    toIncident(index + 1, index % 2 ? {} : { status: 'acknowledged' }),
  );
  const report = await answer(
    toWorld({ incidents: [...incidents, toIncident(31, { title: '\u001b[31mred\u202e\nmore', urgency: 'low' })] }),
  );
  expect(report.data?.moreIncidents).toBe(true);
  expect(report.data?.incidents).toHaveLength(25);
  expect(report.data?.incidents[0]).toMatchObject({ number: 31, title: 'red', urgency: 'low' });
  expect(report.status.words).toBe('13+ incidents triggered');
  const few = await answer(
    toWorld({
      incidents: [
        toIncident(3, { status: 'acknowledged' }),
        toIncident(1),
        toIncident(2, { title: '\u001b[31mred\u202e\nmore' }),
      ],
    }),
  );
  expect(few.data?.incidents).toMatchObject([
    { number: 2, title: 'red', url: 'https://acme.pagerduty.com/incidents/Q2', openedAt: '2026-03-04T09:02:00.000Z' },
    { number: 1 },
    { number: 3 },
  ]);
});

test.each<[string, Partial<PagerdutyWorld>]>([
  ['with keys that are shown', {}],
  ['with keys that are not', { hidesKeys: true }],
])('the key of an integration finds its service, %s, and is told to nobody', async (_, changes) => {
  const asked: string[] = [];
  const context = toContext(await serve(toWorld(changes), asked));
  const kept: unknown[] = [];
  const pieces: Pieces = {
    read: async (row) => {
      const piece = await context.pieces.read(row);
      kept.push(row.key, piece);
      return piece;
    },
  };
  const report = await pagerdutyWidget.answer(keyed, { ...context, pieces });
  expect(report.data?.service.name).toBe('Checkout');
  expect(report.troubles).toEqual([]);
  expect(JSON.stringify(report)).not.toContain(secret);
  expect(kept).not.toHaveLength(0);
  expect(JSON.stringify(kept)).not.toContain(secret);
  expect(asked.filter((path) => path.includes(secret))).toHaveLength(1);
});

test.each<[string, Partial<PagerdutyWorld>]>([
  [
    'another has the key in its name',
    { services: [{ id: 'PNAME11', name: `x ${secret}`, policy: 'P', integrationKeys: ['y'] }] },
  ],
  ['nothing has the key', { services: [] }],
])('when %s no service is shown', async (_, changes) => {
  const report = await pagerdutyWidget.answer(keyed, toContext(await serve(toWorld(changes))));
  expect(report.data).toBeUndefined();
  expect(report.troubles).toMatchObject([{ fault: 'not-found' }]);
});

test.each<[string, Record<string, string>, Record<string, string>, string]>([
  ['a secret that is not there', { 'pagerduty.com/integration-key': secretKey }, {}, 'secret-missing'],
  ['a key in clear text', { 'pagerduty.com/integration-key': secret }, {}, 'annotation-wrong'],
  ['an id that is a path', { 'pagerduty.com/service-id': '../users' }, {}, 'annotation-wrong'],
  ['an id with words', { 'pagerduty.com/service-id': 'PABC123?x=y' }, {}, 'annotation-wrong'],
])('%s is said without a question, and not repeated', async (_, annotations, secrets, fault) => {
  const asked: string[] = [];
  const report = await pagerdutyWidget.answer(toEntity(annotations), toContext(await serve(toWorld(), asked), secrets));
  expect(report.troubles.map((trouble) => trouble.fault)).toEqual([fault]);
  expect(asked).toEqual([]);
  for (const value of Object.values(annotations)) expect(JSON.stringify(report)).not.toContain(value);
  if (fault === 'secret-missing') expect(report.troubles[0]?.mend).toContain('portal.proxy.secrets');
});

const refuse = (upstream: Upstream, part: string): Upstream => ({
  ...upstream,
  ask: async (question): Promise<UpstreamOutcome> =>
    question.path.startsWith(part) ? { kind: 'fault', fault: 'failing' } : upstream.ask(question),
});

test.each([
  ['/services', { level: 'broken', words: '1 incident triggered' }, 1, 0, 'checkout'],
  ['/oncalls', { level: 'broken', words: '1 incident triggered' }, 1, 0, 'Checkout'],
  ['/incidents', { level: 'unknown', words: 'Amara Okafor is on call' }, 0, 1, 'Checkout'],
])('when %s fails the rest is shown', async (part, status, incidents, levels, name) => {
  const upstream = refuse(await serve(toWorld({ incidents: [toIncident(1)] })), part);
  const report = await pagerdutyWidget.answer(entity, toContext(upstream));
  expect(report.status).toEqual(status);
  expect(report.data?.incidents).toHaveLength(incidents);
  expect(report.data?.onCall).toHaveLength(levels);
  expect(report.data?.service.name).toBe(name);
  expect(report.troubles).toMatchObject([{ source: 'PagerDuty', fault: 'failing' }]);
});

test('an answer is as old as what changes in it', async () => {
  let moment = now;
  const upstream = await serve(toWorld());
  const context = createWidgetContext({ upstreams: { pagerduty: upstream }, now: () => moment });
  await pagerdutyWidget.answer(entity, context);
  moment += 190_000;
  const report = await pagerdutyWidget.answer(entity, context);
  expect(report).toMatchObject({ readAt: moment, freshUntil: moment + 15_000, isStale: false });
});

test('nothing is made up when everything fails', async () => {
  const report = await pagerdutyWidget.answer(entity, toContext(await serve(toWorld(), [], 'wrong')));
  expect(report.data).toBeUndefined();
  expect(report.status.level).toBe('unknown');
  expect(report.troubles).toMatchObject([{ fault: 'unauthorised' }]);
});

test.each<[string, unknown, boolean]>([
  ['rows of nonsense', { service: { id: 'PABC123' }, oncalls: [1, null, {}], incidents: [1, null, {}] }, true],
  [
    'people without a name',
    {
      service: { id: 'x', escalation_policy: { id: 'P' } },
      oncalls: [{ escalation_level: 1, user: { email: 'a@b.c' } }],
      incidents: [],
    },
    true,
  ],
  ['null', null, false],
  ['a text', 'x', false],
])('%s give an answer', async (_, value, isKnown) => {
  const upstream: Upstream = {
    id: 'pagerduty/PagerDuty',
    name: 'PagerDuty',
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
    ask: async () => ({ kind: 'answer', value }),
  };
  const report = await pagerdutyWidget.answer(entity, toContext(upstream));
  expect(report.data !== undefined).toBe(isKnown);
  expect(report.data?.onCall ?? []).toEqual([]);
  expect(JSON.stringify(report)).not.toContain('@');
});

test.each([
  ['https://acme.pagerduty.com/incidents/Q1', 'https://acme.pagerduty.com/incidents/Q1'],
  ['https://acme.eu.pagerduty.com/incidents/Q1?x=y#z', 'https://acme.eu.pagerduty.com/incidents/Q1'],
  ['https://a:b@acme.pagerduty.com/incidents/Q1', 'https://acme.pagerduty.com/incidents/Q1'],
  ['http://acme.pagerduty.com/incidents/Q1', undefined],
  ['https://acme.pagerduty.com.evil.example/', undefined],
  ['https://notpagerduty.com/', undefined],
  ['https://acme.pagerduty.com:8443/', undefined],
  ['javascript:alert(1)//pagerduty.com', undefined],
  ['', undefined],
])('of the address %s a page may link to %s', (text, url) => {
  expect(findPageUrl(text)).toBe(url);
});

test.each([
  ['t', [true, true, true], /^reads/],
  ['wrong', [false], /read-only REST key/],
])('a check with the token %s is fine: %j', async (token, fine, words) => {
  const findings = await pagerdutyWidget.check(toContext(await serve(toWorld(), [], token)), []);
  expect(findings.map((finding) => finding.isFine)).toEqual(fine);
  expect(new Set(findings.map(({ upstream }) => upstream))).toEqual(new Set(['PagerDuty']));
  for (const { what, mend } of findings) expect(mend ?? what).toMatch(words);
});

test('the demonstration’s PagerDuty answers in the shape that PagerDuty publishes', async () => {
  const findDeparture = createDepartures('pagerduty');
  const upstream = await serve(toPagerdutyStory(now, 't'));
  const ask = async (path: string, query: [string, string][] = []) => {
    const outcome = await upstream.ask({ path, query });
    return outcome.kind === 'answer' ? outcome.value : outcome;
  };
  expect(findDeparture('services', await ask('/services', [['include[]', 'integrations']]))).toBeUndefined();
  expect(findDeparture('services', await ask('/services'))).toBeUndefined();
  expect(findDeparture('service-alone', await ask('/services/PPAY8K2'))).toBeUndefined();
  expect(findDeparture('oncalls', await ask('/oncalls', [['include[]', 'users']]))).toBeUndefined();
  expect(findDeparture('oncalls', await ask('/oncalls'))).toBeUndefined();
  expect(findDeparture('incidents', await ask('/incidents'))).toBeUndefined();
  expect(await ask('/services/PNONE11')).toEqual({ kind: 'fault', fault: 'not-found' });
});

test.each<[Record<string, string>, string, string]>([
  [{ 'pagerduty.com/service-id': 'PPAY8K2' }, 'broken', 'Payments Gateway'],
  [{ 'pagerduty.com/service-id': 'PIDN1A8' }, 'well', 'Identity Service'],
  [{ 'pagerduty.com/integration-key': secretKey }, 'well', 'Checkout Service'],
])('in the demonstration %j is %s', async (annotations, level, name) => {
  const context = toContext(await serve(toPagerdutyStory(now, 't')), { [secretKey]: demoIntegrationKey });
  const report = await pagerdutyWidget.answer(toEntity(annotations), context);
  expect(report.status.level).toBe(level);
  expect(report.data?.service.name).toBe(name);
  expect(report.data?.onCall[0]?.names).toHaveLength(1);
});
