import type { AlertRule, Point, PrometheusWorld, Series } from '../../scripts/demo/prometheus/world.ts';
import type { NamedQuery } from '../../src/proxy/settings.ts';

type Labels = Record<string, string>;

const one = (name: string, labels: Labels, value: string): { name: string; labels: Labels; value: string } => ({
  name,
  labels,
  value,
});

const checkout = { sloth_id: 'checkout-SLO', sloth_service: 'checkout', sloth_slo: 'SLO' };
const inventory = { sloth_id: 'inventory-latency', sloth_service: 'inventory', sloth_slo: 'latency' };
const quiet = { sloth_id: 'quiet-slo', sloth_service: 'quiet', sloth_slo: 'slo' };
const search = { slo: 'product-search-slo', team: 'merchandising' };

/** What rules record, each with one constant value: what Sloth and Pyrra write, and rules of one's own. */
export const recorded = [
  one('slo:objective:ratio', checkout, '0.999'),
  one('slo:error_budget:ratio', checkout, '0.001'),
  one('slo:time_period:days', checkout, '30'),
  one('slo:sli_error:ratio_rate5m', { ...checkout, sloth_window: '5m' }, '0.004'),
  one('slo:sli_error:ratio_rate1h', { ...checkout, sloth_window: '1h' }, '0.0005'),
  one('slo:sli_error:ratio_rate6h', { ...checkout, sloth_window: '6h' }, '0.0004'),
  one('slo:sli_error:ratio_rate3d', { ...checkout, sloth_window: '3d' }, '0.0003'),
  one('slo:sli_error:ratio_rate30d', { ...checkout, sloth_window: '30d' }, '0.00058'),
  one('slo:current_burn_rate:ratio', checkout, '4'),
  one('slo:period_error_budget_remaining:ratio', checkout, '0.42'),
  // Only an objective and rates: what is left of the budget follows from them.
  one('slo:objective:ratio', inventory, '0.99'),
  one('slo:time_period:days', inventory, '28'),
  one('slo:sli_error:ratio_rate1h', { ...inventory, sloth_window: '1h' }, '0.15'),
  one('slo:sli_error:ratio_rate4w', { ...inventory, sloth_window: '4w' }, '0.002'),
  // No request came: a share of nothing.
  one('slo:objective:ratio', quiet, '0.99'),
  one('slo:sli_error:ratio_rate1h', { ...quiet, sloth_window: '1h' }, 'NaN'),
  one('slo:sli_error:ratio_rate6h', { ...quiet, sloth_window: '6h' }, '+Inf'),
  one('pyrra_objective', search, '0.99'),
  one('pyrra_window', search, '2419200'),
  one('pyrra_availability', search, '0.985'),
  one('http_requests:burnrate5m', search, '0.5'),
  one('http_requests:burnrate1h', search, '0.02'),
  one('http_requests:burnrate6h', search, '0.07'),
  one('http_requests:burnrate4d', search, '0.012'),
  one('job:checkout_latency_seconds:p99', { job: 'checkout' }, '0.25'),
  one('shop:availability:ratio', { service: 'checkout' }, '0.9991'),
  one('shop:availability:ratio', { service: 'inventory' }, '0.98'),
];

type Written = Pick<AlertRule, 'name' | 'labels' | 'annotations'> & { state: 'firing' | 'pending' | 'inactive' };

/** Rules for alerts, and the state that each is in. */
export const alerts: readonly Written[] = [
  {
    name: 'CheckoutDown',
    state: 'firing',
    labels: { service: 'checkout', severity: 'page' },
    annotations: { summary: 'Nobody can pay', runbook_url: 'https://runbooks.acme.io/checkout', token: 'hidden' },
  },
  {
    name: 'CheckoutSlow',
    state: 'pending',
    labels: { app: 'Checkout', severity: 'ticket' },
    annotations: { summary: 'Slow: {{ $value }}' },
  },
  { name: 'InventoryLow', state: 'inactive', labels: { service: 'inventory' }, annotations: { summary: 'Low' } },
  {
    name: 'Hostile',
    state: 'firing',
    labels: { job: 'elsewhere', severity: 'critical' },
    annotations: {
      summary: `\u001b[31m<script>alert(1)</script>\u202e ${'x'.repeat(400)}`,
      runbook_url: 'javascript:alert(1)',
    },
  },
];

/** Of which series there is a day of history, and its value at each half hour. */
export const history = {
  name: 'slo:sli_error:ratio_rate1h',
  labels: { ...checkout, sloth_window: '1h' },
  value: '0.002',
};
const historyStep = 1800;

/** The times of the history, in seconds, the oldest first; it ends an hour before now. */
export function toHistoryTimes(now: number): number[] {
  const last = Math.floor(now / 1000 / historyStep) * historyStep - 2 * historyStep;
  return Array.from({ length: 46 }, (_, at) => last - (45 - at) * historyStep);
}

/** The named queries of the suite: one that is right, and one that no Prometheus understands. */
export const queries: readonly NamedQuery[] = [
  {
    name: 'availability',
    title: 'Availability of orders',
    expression: 'shop:availability:ratio{service="$service"}',
    parameters: { service: 'name' },
    unit: 'ratio',
    objective: 0.999,
    days: 30,
  },
  {
    name: 'fast-orders',
    title: 'Fast orders',
    expression:
      'sum(rate(shop_fast_total{service="$service"}[10s])) / sum(rate(shop_orders_total{service="$service"}[10s]))',
    parameters: { service: 'name' },
    unit: 'ratio',
    objective: 0.95,
  },
  { name: 'broken', title: 'Broken', expression: 'sum(', parameters: {}, unit: 'number' },
];

function toSeries({ name, labels, value }: (typeof recorded)[number], now: number): Series {
  const isHistoric = name === history.name && labels.sloth_id === checkout.sloth_id;
  const past: Point[] = isHistoric ? toHistoryTimes(now).map((time) => [time, history.value]) : [];
  return { labels: { __name__: name, ...labels }, points: [...past, [Math.floor(now / 1000) - 1, value]] };
}

/** What the shop has counted by a time: ten orders each second, nine of them fast. */
export function toCounted(milliseconds: number): { orders: number; fast: number } {
  const seconds = Math.floor(milliseconds / 1000);
  return { orders: seconds * 10, fast: seconds * 9 };
}

/** Counters as they were read each second, for some seconds. */
function toCounters(now: number): Series[] {
  const times = Array.from({ length: 15 }, (_, at) => Math.floor(now / 1000) - 14 + at);
  const names = { orders: 'shop_orders_total', fast: 'shop_fast_total' } as const;
  return (['orders', 'fast'] as const).map((what) => ({
    labels: { __name__: names[what], service: 'checkout' },
    points: times.map((time) => [time, String(toCounted(time * 1000)[what])]),
  }));
}

/** The world of the suite, for a Prometheus that is not real. */
export function toWorld(now: number): PrometheusWorld {
  const activeAt = new Date(now - 60_000).toISOString();
  return {
    series: [...recorded.map((row) => toSeries(row, now)), ...toCounters(now)],
    groups: [
      {
        name: 'alerts',
        rules: alerts.map(({ state, ...rule }) => ({
          ...rule,
          query: 'vector(1)',
          duration: 2,
          alerts:
            state === 'inactive'
              ? []
              : [
                  {
                    labels: { alertname: rule.name, ...rule.labels },
                    annotations: rule.annotations,
                    state,
                    activeAt,
                    value: '1e+00',
                  },
                ],
        })),
      },
    ],
  };
}
