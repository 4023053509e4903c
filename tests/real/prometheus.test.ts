import { afterAll, beforeAll, expect, test } from 'vitest';
import { prometheusWidget } from '../../src/proxy/widgets/prometheus/widget.ts';
import { describePrometheus } from '../live/prometheus-contract.ts';
import { createWidgetContext, openUpstream, toEntity } from '../live/widget-context.ts';
import { startPrometheus } from './prometheus-server.ts';

let started: Awaited<ReturnType<typeof startPrometheus>>;
beforeAll(async () => {
  started = await startPrometheus();
});
afterAll(() => started?.stop());

describePrometheus(async () => ({ url: started.url, stop: async () => {} }));

const orders = {
  name: 'orders',
  title: 'Orders',
  expression: 'sum(rate(shop_orders_total{service="$service"}[10s]))',
  parameters: { service: 'name' },
  unit: 'per-second',
} as const;

test('a named query that is more than a selector is answered by what the service counts', async () => {
  const endpoint = { name: 'main', url: started.url, queries: [orders] };
  const context = createWidgetContext({
    settings: { prometheus: [endpoint] },
    upstreams: { prometheus: [openUpstream({ id: 'prometheus/main', url: started.url })] },
    now: Date.now,
  });
  const { data, troubles } = await prometheusWidget.answer(toEntity({ 'prometheus.io/rule': 'orders' }), context);
  expect(troubles).toEqual([]);
  expect(data?.objectives[0]).toMatchObject({ name: 'Orders', origin: 'query', unit: 'per-second' });
  expect(data?.objectives[0]?.value).toBeGreaterThan(0);
  expect(await prometheusWidget.check(context, [])).toContainEqual(
    expect.objectContaining({ isFine: true, what: 'understands the query orders' }),
  );
});

test('a recorded rate is shown as one', async () => {
  const context = createWidgetContext({
    settings: { prometheus: [{ name: 'main', url: started.url, queries: [] }] },
    upstreams: { prometheus: [openUpstream({ id: 'prometheus/main', url: started.url })] },
    now: Date.now,
  });
  const entity = toEntity({ 'prometheus.io/rule': 'shop:orders:rate10s' });
  const { data } = await prometheusWidget.answer(entity, context);
  expect(data?.objectives[0]).toMatchObject({ origin: 'rule', unit: 'per-second' });
  expect(data?.objectives[0]?.value).toBeGreaterThan(0);
});
