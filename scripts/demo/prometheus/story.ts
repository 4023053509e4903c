import type { AlertRule, Point, PrometheusWorld, Series } from './world.ts';

/** How one service of the demonstration keeps its promise: shares of errors, in parts of what its objective allows. */
type Service = {
  name: string;
  objective: number;
  hour: number;
  sixHours: number;
  threeDays: number;
  /** The share of its error budget that is left. */
  left: number;
  /** How many hours ago it began to burn; before, it was well. */
  since?: number;
};

const well = { hour: 0.3, sixHours: 0.35, threeDays: 0.4, left: 0.62 };

const services: readonly Service[] = [
  { name: 'checkout', objective: 0.999, ...well },
  { name: 'identity', objective: 0.9995, ...well, left: 0.71 },
  { name: 'inventory', objective: 0.995, ...well, hour: 0.5, left: 0.55 },
  { name: 'mobile-gateway', objective: 0.999, ...well, sixHours: 0.5, left: 0.48 },
  { name: 'web-storefront', objective: 0.995, ...well, left: 0.8 },
  { name: 'payments-gateway', objective: 0.9995, hour: 21, sixHours: 7.4, threeDays: 1.3, left: 0.31, since: 2 },
  { name: 'product-search', objective: 0.99, hour: 1.6, sixHours: 1.5, threeDays: 1.4, left: -0.04, since: 20 },
];

const step = 1800;
const points = 49;

/** A slow, even swell around 1, another for each service: the same at the same time. */
function toSwell(name: string, seconds: number): number {
  const phase = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
  return 1 + 0.12 * Math.sin(seconds / 2900 + phase) + 0.05 * Math.sin(seconds / 411 + 2 * phase);
}

const write = (value: number) => String(Number(value.toPrecision(9)));

function toErrors({ name, objective, hour, since }: Service, at: number, now: number): number {
  const burn = since !== undefined && at < now - since * 3600 ? well.hour : hour;
  return burn * (1 - objective) * toSwell(name, at);
}

/** A day of the share of errors, one value each half hour, and the one of now. */
function toDay(service: Service, now: number): Point[] {
  const last = Math.floor(now / step) * step;
  const times = Array.from({ length: points }, (_, at) => last - (points - 1 - at) * step);
  return [...times.filter((time) => time < now), now].map((time) => [time, write(toErrors(service, time, now))]);
}

/** The rules that Sloth writes for one SLO over thirty days. */
function toSloth(service: Service, now: number): Series[] {
  const { name, objective, sixHours, threeDays, left } = service;
  const labels = { sloth_id: `${name}-slo`, sloth_service: name, sloth_slo: 'slo' };
  const allowed = 1 - objective;
  const at = (metric: string, value: number, window?: string): Series => ({
    labels: { __name__: metric, ...labels, ...(window !== undefined && { sloth_window: window }) },
    points: [[now, write(value)]],
  });
  const swell = toSwell(name, now);
  const rate = (window: string, burn: number) =>
    at(`slo:sli_error:ratio_rate${window}`, burn * allowed * (1 + (swell - 1) / 4), window);
  return [
    at('slo:objective:ratio', objective),
    at('slo:error_budget:ratio', allowed),
    at('slo:time_period:days', 30),
    {
      labels: { __name__: 'slo:sli_error:ratio_rate1h', ...labels, sloth_window: '1h' },
      points: toDay(service, now),
    },
    rate('6h', sixHours),
    rate('3d', threeDays),
    at('slo:sli_error:ratio_rate30d', (1 - left) * allowed, '30d'),
    at('slo:current_burn_rate:ratio', toErrors(service, now, now) / allowed),
    at('slo:period_burn_rate:ratio', 1 - left),
    at('slo:period_error_budget_remaining:ratio', left),
  ];
}

/** What the shop's pages count by the hour: all of them, and those that were there within half a second. */
function toPages(now: number): Series[] {
  const last = Math.floor(now / step) * step;
  const times = [...Array.from({ length: points + 2 }, (_, at) => last - (points + 1 - at) * step), now];
  let [count, fast] = [0, 0];
  const counted = times.map((time, at) => {
    const pages = Math.round((time - (times[at - 1] ?? time)) * 40);
    count += pages;
    fast += Math.round(pages * (1 - 0.031 * toSwell('pages', time)));
    return { time, count, fast };
  });
  const name = 'http_request_duration_seconds';
  const app = 'web-storefront';
  return [
    { labels: { __name__: `${name}_count`, app }, points: counted.map((one) => [one.time, String(one.count)]) },
    {
      labels: { __name__: `${name}_bucket`, app, le: '0.5' },
      points: counted.map((one) => [one.time, String(one.fast)]),
    },
  ];
}

type Written = { name: string; service: string; query: string; severity: string; summary: string; runbook: string };

/** The alerts that the demonstration's entities name, all quiet. */
const quiet: readonly Written[] = [
  {
    name: 'CheckoutOutboxLagHigh',
    service: 'checkout-outbox',
    query: 'checkout_outbox_lag_seconds > 60',
    severity: 'page',
    summary: 'Order events wait longer than a minute',
    runbook: 'checkout/outbox-lag',
  },
  {
    name: 'IdentityTokenErrorsHigh',
    service: 'identity',
    query: 'identity:token_errors:ratio5m > 0.01',
    severity: 'page',
    summary: 'More than one in a hundred tokens is refused',
    runbook: 'identity/token-errors',
  },
  {
    name: 'SettlementUnmatchedCaptures',
    service: 'settlement-job',
    query: 'settlement_unmatched_captures > 25',
    severity: 'ticket',
    summary: 'Captures are missing in the settlement file of a provider',
    runbook: 'payments-gateway/settlement',
  },
  {
    name: 'OrderExportLate',
    service: 'order-export',
    query: 'time() - order_export_last_success_seconds > 1800',
    severity: 'ticket',
    summary: 'No order event has reached the lake for half an hour',
    runbook: 'data/order-export',
  },
];

const toRule = ({ name, service, query, severity, summary, runbook }: Written): AlertRule => ({
  name,
  query,
  duration: 300,
  labels: { service, severity },
  annotations: { summary, runbook_url: `https://runbooks.acme.io/${runbook}` },
  alerts: [],
});

/** The alert that Sloth writes for an SLO, firing where its budget burns fast. */
function toBurning({ name, hour, objective }: Service, now: number): AlertRule {
  const labels = { service: name, sloth_severity: 'page', severity: 'critical' };
  const annotations = {
    summary: `${name} burns its error budget too fast`,
    runbook_url: `https://runbooks.acme.io/${name}`,
  };
  const alertname = 'ErrorBudgetBurn';
  const activeAt = new Date((now - 47 * 60) * 1000).toISOString();
  const isFiring = hour >= 14.4;
  return {
    name: alertname,
    query: `max without (sloth_window) (slo:sli_error:ratio_rate1h{sloth_id="${name}-slo"} > (14.4 * ${write(1 - objective)}))`,
    duration: 0,
    labels,
    annotations,
    alerts: isFiring
      ? [
          {
            labels: { alertname, ...labels },
            annotations,
            state: 'firing',
            activeAt,
            value: write(hour * (1 - objective)),
          },
        ]
      : [],
  };
}

/** What the demonstration's Prometheus knows at a time, in milliseconds since 1970. */
export function toPrometheusStory(now: number): PrometheusWorld {
  const seconds = now / 1000;
  return {
    series: [...services.flatMap((service) => toSloth(service, seconds)), ...toPages(seconds)],
    groups: [
      ...services.map((service) => ({
        name: `sloth-slo-alerts-${service.name}-slo`,
        rules: [toBurning(service, seconds)],
      })),
      { name: 'acme', rules: quiet.map(toRule) },
    ],
  };
}
