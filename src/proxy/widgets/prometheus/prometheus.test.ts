import { expect, test } from 'vitest';
import { createWidgetContext, toEntity } from '../../../../tests/live/widget-context.ts';
import type { PieceRow, Pieces } from '../../keeping/pieces.ts';
import type { NamedQuery, PrometheusEndpoint } from '../../settings.ts';
import type { Upstream, UpstreamOutcome, UpstreamQuestion } from '../../upstream.ts';
import { prometheusWidget } from './widget.ts';

const now = Date.parse('2026-11-28T12:10:00Z');
const clock = () => now;

type Asked = { path: string; query: Record<string, string> };

/** An upstream that answers everything with what it is given, and writes down what it was asked. */
function toPlain(name: string, answer: (asked: Asked) => UpstreamOutcome): Upstream & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    id: `prometheus/${name}`,
    name,
    asked,
    ask: async ({ path, query = [] }: UpstreamQuestion) => {
      const one = { path, query: Object.fromEntries(query) };
      asked.push(one);
      return answer(one);
    },
    follow: async () => ({ kind: 'fault', fault: 'refused' }),
  };
}

const toVector = (...values: [Record<string, string>, string][]): UpstreamOutcome => ({
  kind: 'answer',
  value: {
    status: 'success',
    data: { resultType: 'vector', result: values.map(([metric, value]) => ({ metric, value: [now / 1000, value] })) },
  },
});
const noLines: UpstreamOutcome = {
  kind: 'answer',
  value: { status: 'success', data: { resultType: 'matrix', result: [] } },
};
const toAnswer = (vector: UpstreamOutcome) => (asked: Asked) => (asked.path.endsWith('_range') ? noLines : vector);
const toEndpoint = (name: string, queries: readonly NamedQuery[] = []) => ({ name, url: 'https://p.acme.io', queries });

const toContext = (
  upstreams: readonly Upstream[],
  endpoints: readonly PrometheusEndpoint[],
  { pieces, now: moment = clock }: { pieces?: Pieces | undefined; now?: () => number } = {},
) =>
  createWidgetContext({
    settings: { prometheus: endpoints },
    upstreams: { prometheus: upstreams },
    ...(pieces && { pieces }),
    now: moment,
  });

const askRule = (upstreams: readonly Upstream[], rule: string, pieces?: Pieces) =>
  prometheusWidget.answer(
    toEntity({ 'prometheus.io/rule': rule }),
    toContext(
      upstreams,
      upstreams.map(({ name }) => toEndpoint(name)),
      { pieces },
    ),
  );

test.each([
  '"} or vector(1) or {a="',
  'up{job="x"}',
  'a.b"} or vector(1)',
  'up) or (up',
  'label_replace(up, "a", "b", "c", "d")',
])('an annotation that is an expression is never asked: %s', async (rule) => {
  const upstream = toPlain('main', toAnswer(toVector()));
  const { troubles, isEmpty, data, freshUntil } = await askRule([upstream], rule);
  expect(upstream.asked).toEqual([]);
  expect(troubles.map(({ fault }) => fault)).toContain('annotation-wrong');
  expect([isEmpty, data]).toEqual([false, undefined]);
  expect(freshUntil).toBeGreaterThan(now);
});

test('what is asked is built of checked names, one selector a way in which an SLO may be named', async () => {
  const upstream = toPlain('main', toAnswer(toVector()));
  await askRule([upstream], 'my_shop.SLO, job:up:sum | job');
  const sloth =
    'slo:(objective|error_budget|period_error_budget_remaining):ratio|slo:time_period:days|slo:sli_error:ratio_rate([0-9]+[dw]|1h|6h)';
  expect(upstream.asked.map(({ query }) => query.query)).toEqual([
    [
      `{__name__=~"${sloth}",sloth_id=~"(?i:my[-_]shop[-_.]SLO)"}`,
      `{__name__=~"${sloth}",sloth_service=~"(?i:my[-_]shop)",sloth_slo=~"(?i:SLO)"}`,
      '{__name__=~"pyrra_(objective|window|availability)|.+:burnrate[0-9dhm]+",slo=~"(?i:my[-_]shop[-_.]SLO)"}',
    ].join(' or '),
    expect.stringContaining('{__name__=~"slo:sli_error:ratio_rate1h",sloth_id=~'),
    'job:up:sum',
    'job:up:sum',
  ]);
});

test('every question has a time limit and a limit; those of a day begin and end on a step', async () => {
  const upstream = toPlain('main', toAnswer(toVector()));
  await askRule([upstream], 'job:up:sum');
  const [first, second] = upstream.asked;
  expect(first).toEqual({ path: '/api/v1/query', query: { query: 'job:up:sum', timeout: '5s', limit: '300' } });
  expect(second?.query).toMatchObject({ step: '1800', timeout: '5s', limit: '300' });
  expect(Number(second?.query.end)).toBe(Date.parse('2026-11-28T12:00:00Z') / 1000);
  expect(Number(second?.query.start)).toBe(Date.parse('2026-11-28T12:00:00Z') / 1000 - 47 * 1800);
});

test('the alerts of all entities are one piece, and a piece is the same an hour later', async () => {
  const keys = async (name: string, time: number) => {
    const seen: string[] = [];
    const pieces: Pieces = {
      read: async <Value>({ key }: PieceRow<Value>) => {
        seen.push(key);
        return { fault: 'busy', freshUntil: time };
      },
    };
    const annotations = { 'prometheus.io/alert': 'all', 'prometheus.io/rule': 'a:b' };
    const upstream = toPlain('main', () => noLines);
    await prometheusWidget.answer(
      toEntity(annotations, name),
      toContext([upstream], [toEndpoint('main')], { pieces, now: () => time }),
    );
    return seen;
  };
  const first = await keys('checkout', now);
  expect(await keys('inventory', now + 3_600_000)).toEqual(first);
  expect(first).toContain('prometheus/main alerts');
});

test('forty names are asked as a few, and the others are counted', async () => {
  const upstream = toPlain('main', toAnswer(toVector([{ __name__: 'a' }, '1'])));
  const { data } = await askRule([upstream], Array.from({ length: 40 }, (_, at) => `rule:${at}`).join(','));
  expect(upstream.asked).toHaveLength(16);
  expect(data?.objectives).toHaveLength(8);
  expect(data?.more).toBe(32);
});

test.each([
  ['a wrong status', { status: 'error', data: {} }],
  ['a range', { status: 'success', data: { resultType: 'matrix', result: [] } }],
  ['a text', { status: 'success', data: { resultType: 'string', result: [0, 'x'] } }],
  ['a number in place of text', { status: 'success', data: { resultType: 'scalar', result: [0, 1] } }],
  ['nothing', null],
  ['a page', '<html>'],
])('%s is not understood, and is said to be so', async (_, value) => {
  const upstream = toPlain('main', toAnswer({ kind: 'answer', value }));
  const { troubles } = await askRule([upstream], 'a:b');
  expect(troubles).toMatchObject([{ source: 'main', fault: 'unreadable' }]);
});

test('what Thanos adds, warnings and histograms do no harm', async () => {
  const value = {
    status: 'success',
    warnings: ['store 10.0.0.1 is down'],
    infos: ['metric might not be a counter'],
    data: {
      resultType: 'vector',
      stats: {},
      analysis: {},
      result: [
        { metric: { __name__: 'a:b', native: 'yes' }, histogram: [now / 1000, { count: '1', sum: '2' }] },
        { metric: { __name__: 'a:b' }, value: [now / 1000, '7'] },
      ],
    },
  };
  const report = await askRule([toPlain('main', toAnswer({ kind: 'answer', value }))], 'a:b');
  expect(report.data?.objectives).toMatchObject([{ value: 7, spark: [] }]);
  expect(JSON.stringify(report)).not.toContain('10.0.0.1');
});

test('labels of a hostile exporter are lines of a few characters', async () => {
  const labels = { __name__: 'a:b', x: `\u001b[31m${'y'.repeat(5000)}\u202e` };
  const upstream = toPlain('main', toAnswer(toVector([labels, '1'], [{ __name__: 'a:b', x: 'z' }, '2'])));
  const { data } = await askRule([upstream], 'a:b');
  expect(data?.objectives.map(({ name }) => name.length < 140 && /^a:b \([yz]+…?\)$/.test(name))).toEqual([true, true]);
});

test('one Prometheus starts while another answers: what there is is shown', async () => {
  const one = toPlain('eu', toAnswer(toVector([{ __name__: 'a:b' }, '7'])));
  const other = toPlain('us', () => ({ kind: 'fault', fault: 'failing' }));
  const { data, troubles, isStale } = await askRule([one, other], 'a:b');
  expect(data?.objectives).toHaveLength(1);
  expect(troubles).toMatchObject([{ source: 'us', fault: 'failing' }]);
  expect(isStale).toBe(false);
});

test('where none answers nothing is said of the names, only of the sources', async () => {
  const { data, status, troubles } = await askRule([toPlain('us', () => ({ kind: 'fault', fault: 'timeout' }))], 'a:b');
  expect(data).toBeUndefined();
  expect(status).toEqual({ level: 'unknown', words: 'not known' });
  expect(troubles).toMatchObject([{ source: 'us', fault: 'timeout' }]);
});

test('an annotation that is wrong a thousand times is told of a few times', async () => {
  const upstream = toPlain('main', toAnswer(toVector()));
  const { troubles } = await askRule([upstream], '(),'.repeat(600));
  expect(troubles.length).toBeLessThanOrEqual(12);
  expect(upstream.asked).toEqual([]);
});

test('what was read before it failed is shown as that', async () => {
  const pieces: Pieces = {
    read: async <Value>(row: PieceRow<Value>) => {
      const reading = await row.read(undefined);
      return reading.kind === 'read'
        ? { value: reading.value, readAt: now - 60_000, fault: 'unreachable' as const, freshUntil: now }
        : { freshUntil: now };
    },
  };
  const upstream = toPlain('main', toAnswer(toVector([{ __name__: 'a:b' }, '7'])));
  const report = await askRule([upstream], 'a:b', pieces);
  expect(report).toMatchObject({ isStale: true, readAt: now - 60_000, data: { objectives: [{ value: 7 }] } });
  expect(report.troubles).toMatchObject([{ fault: 'unreachable' }]);
});

test('a query of the configuration is asked of the Prometheus that it was written for, and only with plain words', async () => {
  const query: NamedQuery = {
    name: 'latency',
    title: 'Latency',
    expression: 'p99{app="$app"}',
    parameters: { app: 'kubernetes-id' },
    unit: 'seconds',
  };
  const eu = toPlain('eu', toAnswer(toVector([{}, '0.2'])));
  const us = toPlain('us', toAnswer(toVector()));
  const context = toContext([eu, us], [toEndpoint('eu', [query]), toEndpoint('us')]);
  const ask = (id: string) =>
    prometheusWidget.answer(toEntity({ 'prometheus.io/rule': 'latency', 'backstage.io/kubernetes-id': id }), context);
  expect((await ask('shop')).data?.objectives).toMatchObject([{ name: 'Latency', value: 0.2, unit: 'seconds' }]);
  expect(eu.asked.map(({ query: { query: text } }) => text)).toEqual(['p99{app="shop"}', 'p99{app="shop"}']);
  expect(us.asked).toEqual([]);
  const refused = await ask('x"} or vector(1) or {a="');
  expect(refused.troubles).toMatchObject([
    { fault: 'annotation-wrong', what: expect.stringContaining('kubernetes-id') },
  ]);
  expect(eu.asked).toHaveLength(2);
});

test.each([
  ['sum(rate(a[28d]))', 28, { reached: 0.999, budget: 0.9, burn: {}, level: 'well' }],
  ['sum(rate(a[1h]))', 28, { value: 0.999, burn: { hour: 0.1 }, level: 'well' }],
  ['sum(rate(a[3d]))', undefined, { value: 0.999, burn: { threeDays: 0.1 }, level: 'well' }],
  ['sum(rate(a[5m]))', 28, { value: 0.999, burn: {}, level: 'well' }],
  ['a:b', 28, { value: 0.999, burn: {}, level: 'well' }],
] as const)(
  'a share of good events by %s, promised over %s days, is no more than that',
  async (expression, days, shown) => {
    const query = {
      name: 'q',
      title: 'Q',
      expression,
      parameters: {},
      unit: 'ratio',
      objective: 0.99,
      ...(days && { days }),
    } as const;
    const upstream = toPlain('main', toAnswer(toVector([{}, '0.999'])));
    const context = toContext([upstream], [toEndpoint('main', [query])]);
    const { data } = await prometheusWidget.answer(toEntity({ 'prometheus.io/rule': 'q' }), context);
    const plain = { name: 'Q', origin: 'query', unit: 'ratio', objective: 0.99, spark: [], ...(days && { days }) };
    expect(data?.objectives).toEqual([{ ...plain, ...shown }]);
  },
);

test.each([
  ['unauthorised', 'The platform team renews it in app-config.yaml.'],
  ['forbidden', 'Grant it read access: GET on /api/v1/query, /api/v1/query_range and /api/v1/rules.'],
  ['not-found', 'Its address must be the one below which `/api/v1/query` lies; with Mimir, `…/prometheus`.'],
] as const)('a check that is %s says what to do', async (fault, mend) => {
  const upstream = toPlain('main', () => ({ kind: 'fault', fault }));
  const findings = await prometheusWidget.check(toContext([upstream], [toEndpoint('main')]), []);
  expect(findings).not.toHaveLength(0);
  for (const one of findings) expect(one).toMatchObject({ upstream: 'Prometheus main', isFine: false, mend });
});

test('a check of a query that is wrong by itself asks nothing for it', async () => {
  const query: NamedQuery = { name: 'q', title: 'Q', expression: 'up{a="$b"}', parameters: {}, unit: 'number' };
  const upstream = toPlain('main', () => noLines);
  const findings = await prometheusWidget.check(toContext([upstream], [toEndpoint('main', [query])]), []);
  expect(findings.at(-1)?.what).toMatch(/`\$b` is not among its parameters/);
  expect(upstream.asked).toHaveLength(2);
});
