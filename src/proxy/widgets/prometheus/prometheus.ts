import type { LiveTrouble } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import { type PrometheusData, prometheusSchema } from '#model/live/prometheus.ts';
import { toFreshness, unknownStatus } from '../../reports.ts';
import type { PrometheusEndpoint } from '../../settings.ts';
import type { Upstream } from '../../upstream.ts';
import { defineWidget, type WidgetContext, type WidgetReport } from '../define.ts';
import { listAlerts, toEntityNames } from './alerts.ts';
import { checkPrometheus } from './check.ts';
import { compareLevels, toStatus } from './levels.ts';
import { toLinks } from './links.ts';
import { toJudged } from './objectives.ts';
import { parseAlerts, parseRules, type References, type WantedAlerts } from './references.ts';
import { readSource, type SourceReport } from './source.ts';
import { toLine } from './text.ts';

const most = { references: 8, objectives: 12, alerts: 20 };

type Wanted = { rules: References; alerts: WantedAlerts };

/** What the annotations of an entity want. */
function toWanted({ annotations }: ProxyEntity, endpoints: readonly PrometheusEndpoint[]): Wanted {
  const queries = new Set(endpoints.flatMap((endpoint) => endpoint.queries.map(({ name }) => name)));
  return {
    rules: parseRules(annotations['prometheus.io/rule'] ?? '', queries),
    alerts: parseAlerts(annotations['prometheus.io/alert'] ?? ''),
  };
}

const quote = (text: string) => `\`${toLine(text, 80).replaceAll('`', "'")}\``;

/** What is wrong with the annotations themselves; their text is quoted, never asked. */
function toAnnotationTroubles({ rules, alerts }: Wanted): LiveTrouble[] {
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

/** The names that every Prometheus answered for, and none has. */
function toMissing({ rules, alerts }: Wanted, reports: readonly SourceReport[]): LiveTrouble[] {
  const isMissing = (name: string) => reports.every(({ found, open }) => !found.has(name) && !open.has(name));
  const isUnknown = (name: string) =>
    reports.every((report) => report.alerts !== undefined && !report.alerts.some((alert) => alert.name === name));
  const toTrouble = (what: string, mend: string) => (name: string) => ({
    source: 'Prometheus',
    fault: 'not-found' as const,
    what: `There is no ${what} ${quote(name)}`,
    mend,
  });
  return [
    ...rules.references
      .slice(0, most.references)
      .map(({ text }) => text)
      .filter(isMissing)
      .map(toTrouble('SLO, recording rule or query', 'Correct `prometheus.io/rule`, or add the rule to Prometheus.')),
    ...alerts.names
      .filter(isUnknown)
      .map(toTrouble('alert', 'Correct `prometheus.io/alert`, or add the alert to Prometheus.')),
  ];
}

function toData(entity: ProxyEntity, { rules, alerts }: Wanted, reports: readonly SourceReport[], now: number) {
  const judged = reports
    .flatMap(({ objectives }) => objectives)
    .map(toJudged)
    .toSorted((a, b) => compareLevels(a.level, b.level));
  const names = toEntityNames(entity);
  const listed = listAlerts(
    reports.flatMap((report) => report.alerts ?? []),
    alerts,
    names,
    now,
  );
  const left = (all: readonly unknown[], limit: number) => Math.max(0, all.length - limit);
  const data: PrometheusData = {
    objectives: judged.slice(0, most.objectives),
    alerts: listed.slice(0, most.alerts),
    more:
      reports.reduce((sum, { more }) => sum + more, 0) +
      left(rules.references, most.references) +
      left(judged, most.objectives) +
      left(listed, most.alerts),
  };
  return data;
}

/** The sources that are configured, each with its upstream. */
function listSources({ settings, upstreams }: WidgetContext): { endpoint: PrometheusEndpoint; upstream: Upstream }[] {
  return settings.prometheus.flatMap((endpoint) => {
    const upstream = upstreams.prometheus.find(({ name }) => name === endpoint.name);
    return upstream === undefined ? [] : { endpoint, upstream };
  });
}

async function answer(entity: ProxyEntity, context: WidgetContext): Promise<WidgetReport<PrometheusData>> {
  const wanted = toWanted(entity, context.settings.prometheus);
  const references = wanted.rules.references.slice(0, most.references);
  const wantsAlerts = wanted.alerts.all || wanted.alerts.names.length > 0;
  const reports = await Promise.all(
    listSources(context).map((source) => readSource({ ...source, context, entity }, references, wantsAlerts)),
  );
  const pieces = reports.flatMap((report) => report.pieces);
  const hasData = pieces.some(({ value }) => value !== undefined);
  const data = toData(entity, wanted, reports, context.now());
  const rules = references.filter(({ kinds }) => kinds.includes('rule')).map(({ text }) => text);
  const { freshUntil, ...freshness } = toFreshness(pieces);
  return {
    ...(hasData && { data }),
    isEmpty: hasData && data.objectives.length === 0 && data.alerts.length === 0,
    status: hasData ? toStatus(data) : unknownStatus,
    ...freshness,
    // Nothing that could be asked: nothing new until the annotation is another.
    freshUntil: Number.isFinite(freshUntil) ? freshUntil : context.now() + 60_000,
    troubles: [
      ...toAnnotationTroubles(wanted),
      ...reports.flatMap(({ troubles }) => troubles),
      ...toMissing(wanted, reports),
    ],
    links: reports.flatMap(({ endpoint }) => toLinks(endpoint, rules, wantsAlerts)),
  };
}

/** Service levels, error budgets and alerts, asked of every Prometheus that is configured. */
export const prometheus = defineWidget<PrometheusData>({
  id: 'prometheus',
  schema: prometheusSchema,
  isConfigured: ({ prometheus: endpoints }) => endpoints.length > 0,
  answer,
  check: async (context) =>
    (
      await Promise.all(listSources(context).map(({ upstream, endpoint }) => checkPrometheus(upstream, endpoint)))
    ).flat(),
});
