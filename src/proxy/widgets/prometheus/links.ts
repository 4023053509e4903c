import type { LiveLink } from '#model/live/answer.ts';
import type { PrometheusEndpoint } from '../../settings.ts';

/** Ways to Prometheus itself: a graph of each rule by its name alone, and its page of alerts. */
export function toLinks({ name, uiUrl }: PrometheusEndpoint, rules: readonly string[], hasAlerts: boolean): LiveLink[] {
  if (uiUrl === undefined) return [];
  const base = uiUrl.replace(/\/+$/, '');
  const graphs = rules.slice(0, 3).map((rule) => ({
    title: `${rule} in ${name}`,
    url: `${base}/graph?g0.expr=${encodeURIComponent(rule)}&g0.tab=0`,
  }));
  return [...graphs, ...(hasAlerts ? [{ title: `Alerts in ${name}`, url: `${base}/alerts` }] : [])];
}
