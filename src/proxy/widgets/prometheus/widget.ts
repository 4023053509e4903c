import type { ProxyEntity } from '#model/live/catalog.ts';
import { type PrometheusData, prometheusSchema } from '#model/live/prometheus.ts';
import { toFreshness, unknownStatus } from '../../answering/reports.ts';
import type { PrometheusEndpoint } from '../../settings.ts';
import type { Upstream } from '../../upstream.ts';
import { defineWidget, type WidgetContext, type WidgetReport } from '../define.ts';
import { listAlerts, toEntityNames } from './alerts.ts';
import { checkPrometheus } from './check.ts';
import { compareLevels, toJudged } from './levels.ts';
import { toLinks } from './links.ts';
import type { Reference } from './references.ts';
import { readSource, type SourceReport } from './source.ts';
import { toStatus } from './status.ts';
import { mostReferences, type Target, toAnnotationTroubles, toMissing, toTarget } from './target.ts';

const most = { objectives: 12, alerts: 20, troubles: 12 };

/** Of each tool a rule that all its SLOs have. */
const graphs = [
  ['sloth', 'slo:sli_error:ratio_rate1h'],
  ['pyrra', 'pyrra_availability'],
] as const;

function toData(entity: ProxyEntity, { rules, alerts }: Target, reports: readonly SourceReport[], now: number) {
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
      left(rules.references, mostReferences) +
      left(judged, most.objectives) +
      left(listed, most.alerts),
  };
  return data;
}

/** The rules whose graphs are worth a look, by their names alone: those that are named, and those of the tools that were found. */
function toGraphs(references: readonly Reference[], reports: readonly SourceReport[]): string[] {
  const objectives = reports.flatMap((report) => report.objectives);
  const isShown = (rule: string) =>
    objectives.some(({ origin, name }) => origin === 'rule' && (name === rule || name.startsWith(`${rule} (`)));
  const rules = references.filter(
    ({ kinds, text }) => kinds.includes('rule') && (!kinds.includes('slo') || isShown(text)),
  );
  const origins = new Set(objectives.map(({ origin }) => origin));
  return [...rules.map(({ text }) => text), ...graphs.flatMap(([origin, rule]) => (origins.has(origin) ? rule : []))];
}

/** The sources that are configured, each with its upstream. */
function listSources({ settings, upstreams }: WidgetContext): { endpoint: PrometheusEndpoint; upstream: Upstream }[] {
  return settings.prometheus.flatMap((endpoint) => {
    const upstream = upstreams.prometheus.find(({ name }) => name === endpoint.name);
    return upstream === undefined ? [] : { endpoint, upstream };
  });
}

async function answer(entity: ProxyEntity, context: WidgetContext): Promise<WidgetReport<PrometheusData>> {
  const wanted = toTarget(entity, context.settings.prometheus);
  const references = wanted.rules.references.slice(0, mostReferences);
  const wantsAlerts = wanted.alerts.all || wanted.alerts.names.length > 0;
  const reports = await Promise.all(
    listSources(context).map((source) => readSource({ ...source, context, entity }, references, wantsAlerts)),
  );
  const pieces = reports.flatMap((report) => report.pieces);
  const hasData = pieces.some(({ value }) => value !== undefined);
  const data = toData(entity, wanted, reports, context.now());
  const { freshUntil, ...freshness } = toFreshness(pieces);
  return {
    ...(hasData && { data }),
    isEmpty: hasData && data.objectives.length === 0 && data.alerts.length === 0,
    status: hasData ? toStatus(data) : unknownStatus,
    ...freshness,
    // Nothing that could be asked: nothing new until the annotation is another.
    freshUntil: Number.isFinite(freshUntil) ? freshUntil : context.now() + 60_000,
    troubles: [
      ...reports.flatMap(({ troubles }) => troubles),
      ...toAnnotationTroubles(wanted),
      ...toMissing(wanted, reports),
    ].slice(0, most.troubles),
    links: reports.flatMap(({ endpoint }) => toLinks(endpoint, toGraphs(references, reports), wantsAlerts)),
  };
}

/** Service levels, error budgets and alerts, asked of every Prometheus that is configured. */
export const prometheusWidget = defineWidget<PrometheusData>({
  id: 'prometheus',
  schema: prometheusSchema,
  isConfigured: ({ prometheus: endpoints }) => endpoints.length > 0,
  answer,
  check: async (context) =>
    (
      await Promise.all(listSources(context).map(({ upstream, endpoint }) => checkPrometheus(upstream, endpoint)))
    ).flat(),
});
