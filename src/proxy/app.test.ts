import { expect, test } from 'vitest';
import { z } from 'zod';
import { liveRefusalSchema, toAnswerSchema } from '#model/live/answer.ts';
import { toSecretKey } from '#model/live/catalog.ts';
import { toTrouble } from './answering/troubles.ts';
import { toProxyCatalog } from './catalog.ts';
import {
  createFakeWidget,
  createSampleProxy,
  noon,
  readCode,
  sampleCatalog,
  sampleSettings,
  toReport,
} from './proxy.sample.ts';

const checkout = '/api/live/kubernetes/component/default/checkout';
const anyAnswer = toAnswerSchema(z.unknown());

test('answers a widget in the frame that pages read, for this reader alone', async () => {
  const { ask, lines, views } = createSampleProxy();
  const response = await ask(checkout);
  expect(response.status).toBe(200);
  expect(anyAnswer.parse(await response.json())).toEqual({
    version: 1,
    widget: 'kubernetes',
    ref: 'component:default/checkout',
    state: 'ok',
    status: { level: 'well', words: '6 of 6 pods ready' },
    readAt: new Date(noon - 5_000).toISOString(),
    again: 10,
    troubles: [],
    links: [],
    data: { words: 'hello' },
  });
  expect(Object.fromEntries(response.headers)).toEqual({
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    etag: expect.stringMatching(/^"[0-9a-f]{24}"$/),
  });
  expect(views).toEqual(['kubernetes ok']);
  expect(lines).toEqual([
    {
      route: 'widget',
      widget: 'kubernetes',
      entity: 'component:default/checkout',
      state: 'ok',
      cache: 'composed',
      status: 200,
      ms: 0,
    },
  ]);
});

const trouble = toTrouble('prod-us', 'timeout');
const unconfigured = { source: 'ghe', fault: 'not-configured', what: 'x', mend: 'y' } as const;

test.each([
  ['ok', 200, toReport()],
  ['empty', 200, toReport({ isEmpty: true })],
  ['empty', 200, toReport({ data: undefined, isEmpty: true })],
  ['partial', 200, toReport({ troubles: [trouble] })],
  ['stale', 200, toReport({ isStale: true, troubles: [trouble] })],
  ['failed', 503, toReport({ data: undefined, readAt: undefined, troubles: [trouble] })],
  ['failed', 504, toReport({ data: undefined, readAt: noon - 600_000, troubles: [trouble] })],
  ['not-configured', 200, toReport({ data: undefined, readAt: undefined, troubles: [unconfigured] })],
])('says %s by %i', async (state, status, report) => {
  const { ask } = createSampleProxy({
    widgets: [createFakeWidget('kubernetes', { answer: async () => report }).widget],
  });
  const response = await ask(checkout);
  expect(response.status).toBe(status);
  expect(anyAnswer.parse(await response.json())).toMatchObject({ state });
  expect(response.headers.get('retry-after')).toBe(status === 200 ? null : '10');
  expect(response.headers.get('age')).toBe(status === 504 ? '600' : null);
});

test('asks nobody for a widget that is not configured', async () => {
  const { widget, asked } = createFakeWidget('kubernetes', { isConfigured: () => false });
  const { ask } = createSampleProxy({ widgets: [widget] });
  const response = await ask(checkout);
  expect(response.status).toBe(200);
  expect(anyAnswer.parse(await response.json())).toMatchObject({
    state: 'not-configured',
    troubles: [{ source: 'Kubernetes', fault: 'not-configured' }],
  });
  expect(asked).toEqual([]);
});

test.each([
  ['breaks', { answer: async () => Promise.reject(new Error('secret words')) }, 'unreadable'],
  ['answers with more than its schema knows', { schema: z.strictObject({ pods: z.number() }) }, 'unreadable'],
  ['answers with too much', { answer: async () => toReport({ data: 'x'.repeat(300_000) }) }, 'too-large'],
])('a widget that %s has failed, and tells nothing', async (_, change, fault) => {
  const { ask, problems } = createSampleProxy({ widgets: [createFakeWidget('kubernetes', change).widget] });
  const response = await ask(checkout);
  expect(response.status).toBe(503);
  const answer = anyAnswer.parse(await response.json());
  expect(answer).toMatchObject({ state: 'failed', troubles: [{ fault }] });
  expect(JSON.stringify(answer)).not.toMatch(/secret words|hello|xxx/);
  expect(problems).toHaveLength(1);
});

test('a widget that hangs is not waited for', async () => {
  const { widget } = createFakeWidget('kubernetes', { answer: () => new Promise(() => {}) });
  const { ask, clock } = createSampleProxy({ widgets: [widget] });
  const asking = ask(checkout);
  await clock.advance(10_000);
  const response = await asking;
  expect(response.status).toBe(503);
  expect(anyAnswer.parse(await response.json())).toMatchObject({ troubles: [{ fault: 'timeout' }] });
});

test('says only that nothing changed to who knows the answer', async () => {
  const { ask } = createSampleProxy();
  const etag = (await ask(checkout)).headers.get('etag') ?? '';
  for (const known of [etag, `"other", W/${etag}`]) {
    const response = await ask(checkout, { 'if-none-match': known });
    expect([response.status, await response.text(), response.headers.get('etag')]).toEqual([304, '', etag]);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  }
  expect((await ask(checkout, { 'if-none-match': '"other"' })).status).toBe(200);
});

test('a failure is never said to be known', async () => {
  const report = toReport({ data: undefined, readAt: undefined, troubles: [trouble] });
  const { ask } = createSampleProxy({
    widgets: [createFakeWidget('kubernetes', { answer: async () => report }).widget],
  });
  const response = await ask(checkout, { 'if-none-match': '*' });
  expect(response.status).toBe(503);
  expect(response.headers.get('etag')).toBeNull();
});

test('a thousand readers at once, and those until it may have changed, cost one answer', async () => {
  const { widget, asked } = createFakeWidget('kubernetes', {
    answer: async (_, { now }) => toReport({ freshUntil: now() + 10_000 }),
  });
  const { ask, clock, lines } = createSampleProxy({ widgets: [widget] });
  const responses = await Promise.all(Array.from({ length: 1_000 }, () => ask(checkout)));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
  expect(asked).toHaveLength(1);
  await clock.advance(9_999);
  await ask(checkout);
  expect(asked).toHaveLength(1);
  await clock.advance(1);
  await ask(checkout);
  expect(asked).toHaveLength(2);
  expect(lines.filter(({ cache }) => cache === 'joined')).toHaveLength(999);
  expect(lines.at(-2)?.cache).toBe('kept');
});

test('owners and others share no answer', async () => {
  const { widget, asked } = createFakeWidget('kubernetes');
  let email = 'ada@acme.example';
  const { ask } = createSampleProxy({
    widgets: [widget],
    identify: async () => ({ kind: 'signed-in', claims: { subject: email, email } }),
  });
  await ask(checkout);
  await ask(checkout);
  expect(asked).toHaveLength(1);
  email = 'bob@acme.example';
  await ask(checkout);
  expect(asked).toHaveLength(2);
});

test('an entity that was read anew is asked for anew', async () => {
  const { widget, asked } = createFakeWidget('kubernetes');
  let catalog = toProxyCatalog(sampleCatalog);
  const { ask } = createSampleProxy({ widgets: [widget], findCatalog: () => catalog });
  await ask(checkout);
  catalog = toProxyCatalog(structuredClone(sampleCatalog));
  await ask(checkout);
  expect(asked).toHaveLength(2);
});

test('marks what is made up', async () => {
  const { ask } = createSampleProxy({ settings: { ...sampleSettings, isDemo: true } });
  expect(anyAnswer.parse(await (await ask(checkout)).json()).demo).toBe(true);
});

test('resolves a secret by its key alone', async () => {
  const found: unknown[] = [];
  const { widget } = createFakeWidget('kubernetes', {
    answer: async (_, { findSecret }) => {
      found.push(findSecret(toSecretKey('CHECKOUT_KEY')), findSecret('CHECKOUT_KEY'), findSecret(toSecretKey('OTHER')));
      return toReport();
    },
  });
  await createSampleProxy({ widgets: [widget] }).ask(checkout);
  expect(found).toEqual(['hush', undefined, undefined]);
});

test.each([
  ['/api/live/kubernetes/component/default/nobody', 404, 'unknown-entity'],
  ['/api/live/kubernetes/component/default/plain', 404, 'no-annotation'],
  ['/api/live/github/component/default/quiet', 404, 'no-annotation'],
  ['/api/live/argocd/component/default/checkout', 404, 'unknown-widget'],
  ['/api/live/weather/component/default/checkout', 404, 'unknown-widget'],
  ['/api/live/constructor/component/default/checkout', 404, 'unknown-widget'],
  ['/api/live/__proto__/component/default/checkout', 400, 'wrong-id'],
  ['/api/live/kubernetes/component/default/__proto__', 400, 'wrong-id'],
  ['/api/live/kubernetes/component/default/Checkout', 400, 'wrong-id'],
  [`/api/live/kubernetes/component/default/${'x'.repeat(64)}`, 400, 'wrong-id'],
  [`${checkout}?x=1`, 400, 'unknown-parameter'],
  [`${checkout}/more`, 404, 'not-found'],
  ['/api/live/kubernetes/component/default/', 404, 'not-found'],
  ['/', 404, 'not-found'],
  ['/nothing?x=1', 404, 'not-found'],
  ['/metrics', 404, 'not-found'],
])('refuses %s by %i %s', async (target, status, code) => {
  const { ask } = createSampleProxy();
  const response = await ask(target);
  expect(response.status).toBe(status);
  expect(liveRefusalSchema.parse(await response.json()).error.code).toBe(code);
});

test('an id that is encoded once is read', async () => {
  const { ask } = createSampleProxy();
  expect((await ask('/api/live/kubernetes/component/default/%63heckout')).status).toBe(200);
});

test('HEAD is answered without a body', async () => {
  const { ask } = createSampleProxy();
  const response = await ask(checkout, {}, 'HEAD');
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test('below a base only addresses below it are answered, besides probes', async () => {
  const { ask } = createSampleProxy({ base: '/portal/' });
  const statuses = [];
  for (const target of [`/portal${checkout}`, checkout, '/healthz', '/readyz', '/portal/api/me'])
    statuses.push((await ask(target)).status);
  expect(statuses).toEqual([200, 404, 200, 200, 200]);
});

test('before the catalog is read the proxy lives, but is not ready', async () => {
  const { ask } = createSampleProxy({ findCatalog: () => undefined });
  expect((await ask('/healthz')).status).toBe(200);
  for (const target of ['/readyz', checkout]) {
    const response = await ask(target);
    expect([response.status, await readCode(response)]).toEqual([503, 'no-catalog']);
  }
});

test('what breaks inside is told to the log alone', async () => {
  const { ask, problems } = createSampleProxy({
    limits: { enter: () => () => {}, take: () => Promise.reject(new Error('secret words')) },
  });
  const response = await ask(checkout);
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/secret words|\.ts/);
  expect(problems).toEqual(['The proxy failed.']);
});

test('takes a place for as long as it answers, and says when there is none', async () => {
  let taken = 0;
  const take = async () => ({ isAllowed: true }) as const;
  const enter = () => {
    taken += 1;
    return () => {
      taken -= 1;
    };
  };
  const { ask } = createSampleProxy({ limits: { take, enter } });
  await Promise.all([ask(checkout), ask('/nothing'), ask('/api/me')]);
  expect(taken).toBe(0);
  const full = createSampleProxy({ limits: { take, enter: () => undefined } });
  const response = await full.ask(checkout);
  expect([response.status, response.headers.get('retry-after'), await readCode(response)]).toEqual([503, '1', 'busy']);
  expect((await full.ask('/healthz')).status).toBe(200);
});

test('an application without what carries it still keeps the rules', async () => {
  const { app } = createSampleProxy();
  expect((await app.request(checkout)).status).toBe(200);
  expect((await app.request(checkout, { method: 'POST' })).status).toBe(405);
});
