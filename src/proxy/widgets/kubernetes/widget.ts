import type { LiveLink, LiveStatus, LiveTrouble } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import { type KubernetesData, kubernetesSchema } from '#model/live/kubernetes.ts';
import { toFreshness, toTold, unknownStatus } from '../../answering/reports.ts';
import { defineWidget, type WidgetContext, type WidgetReport } from '../define.ts';
import { checkClusters } from './check.ts';
import { type ClusterReading, isKnown, readCluster, toReadingTroubles } from './gather.ts';
import { readHappenings } from './happenings.ts';
import { judgeAll } from './levels.ts';
import { toClusterLinks } from './links.ts';
import { type Judged, listFindings, listJudged, toData } from './project.ts';
import { toResources } from './resources.ts';
import { type Target, toTarget, toUnknownCluster } from './target.ts';

/** What an annotation that cannot be used gives: an answer without data that only a new catalog changes. */
function toWrongReport(trouble: LiveTrouble, now: number): WidgetReport<KubernetesData> {
  const freshUntil = now + 60_000;
  return { isEmpty: false, status: unknownStatus, isStale: false, freshUntil, troubles: [trouble], links: [] };
}

/** Reads all clusters that a target is looked for in, at once. */
function readClusters(target: Target, { settings, upstreams, pieces }: WidgetContext): Promise<ClusterReading[]> {
  const asked = upstreams.kubernetes.filter(({ name }) => target.cluster === undefined || target.cluster === name);
  const resources = toResources(settings.customResources);
  return Promise.all(asked.map((upstream) => readCluster(upstream, target, resources, pieces)));
}

function toClusters(readings: readonly ClusterReading[]): KubernetesData['clusters'] {
  return readings.map((reading) => {
    const { readAt } = toFreshness(reading.pieces.map(({ piece }) => piece));
    const ok = reading.pieces.some(({ piece }) => piece.value !== undefined && piece.fault === undefined);
    return { name: reading.name, ok, ...(readAt !== undefined && { readAt: new Date(readAt).toISOString() }) };
  });
}

function toLinks(judged: readonly Judged[], { settings }: WidgetContext): LiveLink[] {
  return settings.clusters.flatMap((cluster) => {
    const own = judged.filter((one) => one.cluster === cluster.name);
    return own.length === 0 ? [] : toClusterLinks(cluster, [...new Set(own.map(({ workload }) => workload.namespace))]);
  });
}

function toStatus(judged: readonly Judged[], troubles: readonly LiveTrouble[]): LiveStatus {
  if (judged.length > 0) return judgeAll(judged);
  return troubles.length > 0 ? unknownStatus : { level: 'unknown', words: 'no workloads found' };
}

async function toReport(
  target: Target,
  readings: readonly ClusterReading[],
  context: WidgetContext,
): Promise<WidgetReport<KubernetesData>> {
  const judged = listJudged(readings);
  const happenings = await readHappenings(readings, judged, context.pieces);
  const known = toReadingTroubles(readings);
  const isKnownOf = ({ source, fault }: LiveTrouble) =>
    known.some((one) => one.source === source && one.fault === fault);
  const troubles = toTold([...known, ...happenings.troubles.filter((one) => !isKnownOf(one))]);
  const data = toData(judged, {
    clusters: toClusters(readings),
    findings: listFindings(judged, context.now()),
    events: happenings.events,
    logs: target.logs,
    more: readings.reduce((sum, { more }) => sum + more, 0),
  });
  return {
    ...(readings.some(isKnown) && { data }),
    isEmpty: judged.length === 0 && troubles.length === 0,
    status: toStatus(judged, troubles),
    ...toFreshness([...readings.flatMap(({ pieces }) => pieces.map(({ piece }) => piece)), ...happenings.pieces]),
    troubles,
    links: toLinks(judged, context),
  };
}

/** Workloads, pods, what is wrong with them and what mends it, over all configured clusters. */
export const kubernetesWidget = defineWidget<KubernetesData>({
  id: 'kubernetes',
  schema: kubernetesSchema,
  isConfigured: ({ clusters }) => clusters.length > 0,
  answer: async (entity: ProxyEntity, context: WidgetContext) => {
    const found = toTarget(entity);
    if ('trouble' in found) return toWrongReport(found.trouble, context.now());
    const readings = await readClusters(found.target, context);
    if (readings.length === 0) return toWrongReport(toUnknownCluster(), context.now());
    return toReport(found.target, readings, context);
  },
  check: checkClusters,
});
