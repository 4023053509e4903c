import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PrometheusData } from '#model/live/prometheus.ts';
import { prometheusSchema } from '#model/live/prometheus.ts';
import type { WidgetReport } from '../../src/proxy/widgets/define.ts';
import { prometheusWidget } from '../../src/proxy/widgets/prometheus/widget.ts';
import { queries } from './prometheus-world.ts';
import { createWidgetContext, openUpstream, toEntity } from './widget-context.ts';

/** A Prometheus that knows the world of the suite. */
export type OpenedPrometheus = { url: string; token?: string; stop: () => Promise<void> };

/** What holds of the widget on every Prometheus, real or not, that knows the world of the suite. */
export function describePrometheus(open: () => Promise<OpenedPrometheus>): void {
  describe('a Prometheus', () => {
    let opened: OpenedPrometheus;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened?.stop());

    const toOpen = () => {
      const asked: string[] = [];
      const { url, token } = opened;
      const place = { id: 'prometheus/main', url, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
      const endpoint = { name: 'main', url: opened.url, uiUrl: 'https://prometheus.acme.io/', queries };
      const upstreams = { prometheus: [openUpstream(place, asked)] };
      return {
        asked,
        context: createWidgetContext({ settings: { prometheus: [endpoint] }, upstreams, now: Date.now }),
      };
    };
    const ask = (name: string, annotations: Record<string, string>): Promise<WidgetReport<PrometheusData>> =>
      prometheusWidget.answer(toEntity(annotations, name), toOpen().context);
    const askRule = (name: string, rule: string) => ask(name, { 'prometheus.io/rule': rule });
    const askAlert = (name: string, alert: string) => ask(name, { 'prometheus.io/alert': alert });

    test.each(['checkout.SLO', 'checkout-slo', 'Checkout.slo'])(
      'reads an SLO of Sloth that is named %s',
      async (rule) => {
        const { data, troubles, status } = await askRule('checkout', rule);
        expect(troubles).toEqual([]);
        expect(data?.objectives).toHaveLength(1);
        expect(data?.objectives[0]).toMatchObject({
          name: rule,
          origin: 'sloth',
          level: 'well',
          objective: 0.999,
          days: 30,
          reached: 0.99942,
          budget: 0.42,
          burn: { hour: 0.5, sixHours: 0.4, threeDays: 0.3 },
        });
        expect(status).toEqual({ level: 'well', words: 'objectives met' });
      },
    );

    test('draws a day of an SLO: the share of good events, a value each half hour, null where there is none', async () => {
      const { data } = await askRule('checkout', 'checkout.SLO');
      const { spark = [], sparkSeconds } = data?.objectives[0] ?? {};
      expect(spark).toHaveLength(48);
      expect(sparkSeconds).toBe(47 * 1800);
      expect(spark.filter((value) => value === 0.998).length).toBeGreaterThan(40);
      expect(spark.slice(-2)).toContain(null);
    });

    test('works out what is left of a budget from an objective and the rates alone', async () => {
      const { data, status } = await askRule('inventory', 'inventory.latency');
      expect(data?.objectives[0]).toMatchObject({
        level: 'broken',
        objective: 0.99,
        days: 28,
        reached: 0.998,
        budget: 0.8,
        burn: { hour: 15 },
      });
      expect(status).toEqual({ level: 'broken', words: 'burns its error budget 15 times too fast' });
    });

    test('says nothing of what is no number', async () => {
      const { data } = await askRule('quiet', 'quiet.slo');
      expect(data?.objectives[0]).toMatchObject({ level: 'unknown', objective: 0.99, burn: {}, spark: [] });
      expect(Object.keys(data?.objectives[0] ?? {})).not.toContain('budget');
    });

    test.each(['product_search.SLO', 'product-search-slo'])('reads an SLO of Pyrra that is named %s', async (rule) => {
      const { data, troubles } = await askRule('product-search', rule);
      expect(troubles).toEqual([]);
      expect(data?.objectives[0]).toMatchObject({
        origin: 'pyrra',
        level: 'broken',
        objective: 0.99,
        days: 28,
        reached: 0.985,
        budget: -0.5,
        burn: { hour: 2, sixHours: 7, threeDays: 1.2 },
      });
    });

    test('reads several SLOs, of both tools, in two questions', async () => {
      const { asked, context } = toOpen();
      const entity = toEntity({
        'prometheus.io/rule': 'checkout.SLO, product_search.SLO | component, inventory.latency',
      });
      const { data } = await prometheusWidget.answer(entity, context);
      expect(data?.objectives.map(({ name }) => name)).toEqual([
        'product_search.SLO',
        'inventory.latency',
        'checkout.SLO',
      ]);
      expect(asked.map((question) => question.split('?')[0])).toEqual(['/api/v1/query', '/api/v1/query_range']);
    });

    test('shows the value of a recording rule, and counts what its name says', async () => {
      const { data, links } = await askRule('checkout', 'job:checkout_latency_seconds:p99');
      expect(data?.objectives[0]).toMatchObject({ origin: 'rule', level: 'unknown', value: 0.25, unit: 'seconds' });
      expect(links.map(({ url }) => url)).toEqual([
        'https://prometheus.acme.io/graph?g0.expr=job%3Acheckout_latency_seconds%3Ap99&g0.tab=0',
      ]);
    });

    test.each([
      ['inventory', [['shop:availability:ratio', 0.98]]],
      [
        'other',
        [
          ['shop:availability:ratio (checkout)', 0.9991],
          ['shop:availability:ratio (inventory)', 0.98],
        ],
      ],
    ])('takes what a recording rule says of %s, or all where it says nothing of it', async (name, values) => {
      const { data } = await askRule(name, 'shop:availability:ratio');
      const shown = data?.objectives.map((one) => [one.name, one.value]).toSorted();
      expect(shown).toEqual(values);
    });

    test('fills a named query with the name of the entity', async () => {
      const { data } = await askRule('checkout', 'availability');
      expect(data?.objectives[0]).toMatchObject({
        name: 'Availability of orders',
        origin: 'query',
        level: 'well',
        objective: 0.999,
        value: 0.9991,
        burn: {},
        unit: 'ratio',
      });
    });

    test('reads a named query that counts: a share of two rates, which nobody recorded', async () => {
      const { data, troubles } = await askRule('checkout', 'fast-orders');
      expect(troubles).toEqual([]);
      expect(data?.objectives).toMatchObject([{ name: 'Fast orders', level: 'attention', objective: 0.95 }]);
      expect(data?.objectives[0]?.value).toBeCloseTo(0.9, 6);
    });

    test('says that a named query is not understood, and shows what else there is', async () => {
      const { data, troubles } = await askRule('checkout', 'broken,checkout.SLO');
      expect(data?.objectives.map(({ name }) => name)).toEqual(['checkout.SLO']);
      expect(troubles).toMatchObject([{ source: 'main', fault: 'refused', what: expect.stringContaining('broken') }]);
    });

    test('says that a named query finds nothing of an entity', async () => {
      const { troubles } = await askRule('unknown-shop', 'availability');
      expect(troubles).toMatchObject([{ fault: 'not-found', what: expect.stringContaining('finds nothing') }]);
    });

    test('says that there is nothing of a name', async () => {
      const { isEmpty, troubles } = await askRule('checkout', 'nothing.like_it');
      expect(isEmpty).toBe(true);
      expect(troubles).toMatchObject([{ fault: 'not-found', what: expect.stringContaining('nothing.like_it') }]);
    });

    test('shows all alerts whose labels name the entity, with a few checked lines', async () => {
      const { data, status, links } = await askAlert('checkout', 'all');
      const { since, ...first } = data?.alerts[0] ?? {};
      expect(Number.isNaN(Date.parse(since ?? ''))).toBe(false);
      expect(first).toEqual({
        name: 'CheckoutDown',
        state: 'firing',
        severity: 'page',
        summary: 'Nobody can pay',
        runbook: 'https://runbooks.acme.io/checkout',
        count: 1,
      });
      expect(data?.alerts.map(({ name, state }) => [name, state])).toEqual([
        ['CheckoutDown', 'firing'],
        ['CheckoutSlow', 'pending'],
      ]);
      expect(status).toEqual({ level: 'broken', words: '1 alert fires' });
      expect(links.map(({ url }) => url)).toEqual(['https://prometheus.acme.io/alerts']);
      expect(JSON.stringify(data)).not.toContain('hidden');
    });

    test('shows alerts by their names, quiet ones too, and says which there are not', async () => {
      const { data, troubles } = await askAlert('checkout', 'InventoryLow, Missing');
      expect(data?.alerts).toEqual([{ name: 'InventoryLow', state: 'inactive', summary: 'Low', count: 0 }]);
      expect(troubles).toMatchObject([{ fault: 'not-found', what: expect.stringContaining('Missing') }]);
    });

    test('shows the words of a hostile alert as words, and leads nowhere by it', async () => {
      const { data } = await askAlert('checkout', 'Hostile');
      const [alert] = data?.alerts ?? [];
      expect(alert?.summary).toMatch(/^<script>alert\(1\)<\/script> x+…$/);
      expect(alert?.summary?.length).toBeLessThanOrEqual(200);
      expect(alert).not.toHaveProperty('runbook');
    });

    test('answers in the shape that the page reads', async () => {
      const { data } = await ask('checkout', {
        'prometheus.io/rule': 'checkout.SLO,availability,shop:availability:ratio,product_search.SLO',
        'prometheus.io/alert': 'all,Hostile,InventoryLow',
      });
      expect(prometheusSchema.parse(data)).toEqual(data);
      expect(data?.objectives).toHaveLength(4);
      expect(data?.alerts).toHaveLength(4);
    });

    test.each([
      ['query?query=1', 200, { status: 'success', data: { resultType: 'scalar', result: [expect.any(Number), '1'] } }],
      ['query?query=nothing', 200, { status: 'success', data: { resultType: 'vector', result: [] } }],
      ['query?query=sum(', 400, { status: 'error', errorType: 'bad_data', error: expect.any(String) }],
      ['query?query={a=~".*"}', 400, { status: 'error', errorType: 'bad_data' }],
      ['query', 400, { status: 'error', errorType: 'bad_data' }],
      ['query?query=up&time=noon', 400, { status: 'error', errorType: 'bad_data' }],
      ['query_range?query=up&start=10&end=5&step=1', 400, { status: 'error', errorType: 'bad_data' }],
      ['query_range?query=up&start=1&end=5&step=0', 400, { status: 'error', errorType: 'bad_data' }],
      ['query_range?query=up&start=0&end=99999999&step=1', 400, { status: 'error', errorType: 'bad_data' }],
      ['query_range?query=nothing&start=1&end=5&step=1', 200, { data: { resultType: 'matrix', result: [] } }],
    ])('itself answers %s with %i', async (question, status, body) => {
      const headers: Record<string, string> =
        opened.token === undefined ? {} : { authorization: `Bearer ${opened.token}` };
      const response = await fetch(`${opened.url}/api/v1/${question}`, { headers });
      expect(await response.json()).toMatchObject(body);
      expect(response.status).toBe(status);
    });

    test('is checked with the smallest question of each kind, and each named query', async () => {
      const findings = await prometheusWidget.check(toOpen().context, []);
      expect(findings.map(({ isFine, what }) => [isFine, what])).toEqual([
        [true, 'answers queries'],
        [true, 'lists alert rules: 4'],
        [true, 'understands the query availability'],
        [true, 'understands the query fast-orders'],
        [false, expect.stringMatching(/^understands the query broken: /)],
      ]);
      expect(findings[4]?.mend).toBe('Correct the expression of broken in app-config.yaml.');
    });
  });
}
