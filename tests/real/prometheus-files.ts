import { alerts, history, recorded, toHistoryTimes } from '../live/prometheus-world.ts';

type Labels = Record<string, string>;

/** Rules that record the constants of the suite, and alerts that are in the state that it says; JSON is YAML. */
export function toRuleFile(): string {
  const toConstant = (value: string) => `vector(${value})`;
  const conditions = {
    firing: { expr: 'vector(1)', for: '2s' },
    pending: { expr: 'vector(1)', for: '1h' },
    inactive: { expr: 'vector(1) > 2' },
  };
  const groups = [
    {
      name: 'recorded',
      interval: '1s',
      rules: recorded.map(({ name, labels, value }) => ({ record: name, expr: toConstant(value), labels })),
    },
    // What its own service counts: a rate that nobody wrote down.
    {
      name: 'counted',
      interval: '1s',
      rules: [
        {
          record: 'shop:orders:rate10s',
          expr: 'sum by (service) (rate(shop_orders_total[10s]))',
        },
      ],
    },
    {
      name: 'alerts',
      interval: '1s',
      rules: alerts.map(({ name, state, labels, annotations }) => ({
        alert: name,
        labels,
        annotations,
        ...conditions[state],
      })),
    },
  ];
  return JSON.stringify({ groups }, null, 2);
}

/** What Prometheus is told: its rules, and one service to read, all each second. */
export function toConfiguration(rules: string, target: string): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rules],
    scrape_configs: [{ job_name: 'shop', static_configs: [{ targets: [target] }] }],
  });
}

const toLabels = (labels: Labels) =>
  Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',');

/** A day of history in the OpenMetrics format, for `promtool tsdb create-blocks-from`. */
export function toHistoryFile(now: number): string {
  const lines = toHistoryTimes(now).map(
    (time) => `${history.name}{${toLabels(history.labels)}} ${history.value} ${time}`,
  );
  return [`# TYPE ${history.name} gauge`, ...lines, '# EOF', ''].join('\n');
}
