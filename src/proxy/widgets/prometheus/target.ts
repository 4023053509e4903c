import type { LiveTrouble } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import type { PrometheusEndpoint } from '../../settings.ts';
import { toPlainLine } from '../../texts/text.ts';
import { parseAlerts, parseRules, type Reference, type References, type WantedAlerts } from './references.ts';
import type { SourceReport } from './source.ts';

/** At most so many references are asked about. */
export const mostReferences = 8;

/** What the annotations of an entity want, and what of them is wrong. */
export type Target = { rules: References; alerts: WantedAlerts };

/** What the annotations of an entity want. */
export function toTarget({ annotations }: ProxyEntity, endpoints: readonly PrometheusEndpoint[]): Target {
  const queries = new Set(endpoints.flatMap((endpoint) => endpoint.queries.map(({ name }) => name)));
  return {
    rules: parseRules(annotations['prometheus.io/rule'] ?? '', queries),
    alerts: parseAlerts(annotations['prometheus.io/alert'] ?? ''),
  };
}

const quote = (text: string) => `\`${toPlainLine(text, 80).replaceAll('`', "'")}\``;

/** What is wrong with the annotations themselves; their text is quoted, never asked. */
export function toAnnotationTroubles({ rules, alerts }: Target): LiveTrouble[] {
  const toTrouble = (key: string, mend: string) => (entry: string) => ({
    source: 'Prometheus',
    fault: 'annotation-wrong' as const,
    what: `${quote(entry)} in \`${key}\` is not a name`,
    mend,
  });
  return [
    ...rules.wrong.map(
      toTrouble(
        'prometheus.io/rule',
        'Write the name of an SLO, a recording rule or a query of the configuration; expressions are not evaluated.',
      ),
    ),
    ...alerts.wrong.map(toTrouble('prometheus.io/alert', 'Write the names of alerts, separated by commas, or `all`.')),
  ];
}

const missing = (what: string, mend: string): LiveTrouble => ({ source: 'Prometheus', fault: 'not-found', what, mend });

/** A query of the configuration is there, and may still find nothing of an entity. */
function toMissingRule({ text, kinds }: Reference): LiveTrouble {
  return kinds.includes('query')
    ? missing(`The query ${quote(text)} finds nothing of this entity`, 'Check that what it asks for has its name.')
    : missing(
        `There is no SLO, recording rule or query ${quote(text)}`,
        'Correct `prometheus.io/rule`, or add the rule to Prometheus.',
      );
}

/** The names that every Prometheus answered for, and none has. */
export function toMissing({ rules, alerts }: Target, reports: readonly SourceReport[]): LiveTrouble[] {
  if (reports.length === 0) return [];
  const isMissing = (name: string) => reports.every(({ found, open }) => !found.has(name) && !open.has(name));
  const isUnknown = (name: string) =>
    reports.every((report) => report.alerts !== undefined && !report.alerts.some((alert) => alert.name === name));
  return [
    ...rules.references
      .slice(0, mostReferences)
      .filter(({ text }) => isMissing(text))
      .map(toMissingRule),
    ...alerts.names
      .filter(isUnknown)
      .map((name) =>
        missing(`There is no alert ${quote(name)}`, 'Correct `prometheus.io/alert`, or add the alert to Prometheus.'),
      ),
  ];
}
