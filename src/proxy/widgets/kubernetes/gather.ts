import type { LiveFault, LiveTrouble } from '#model/live/answer.ts';
import { toTrouble } from '../../answering/troubles.ts';
import type { Piece, Pieces } from '../../keeping/pieces.ts';
import type { Upstream } from '../../upstream.ts';
import { type Listing, toListRow } from './questions.ts';
import type { Holdings, Resource, ResourceName, toResources } from './resources.ts';
import type { Target } from './target.ts';

type Listed = Piece<Listing<unknown>>;

/** What one cluster said: what it holds, and the piece of each of its lists. */
export type ClusterReading = {
  name: string;
  upstream: Upstream;
  holdings: Holdings;
  pieces: readonly { resource: ResourceName; piece: Listed }[];
  more: number;
};

type Resources = ReturnType<typeof toResources>;

/** Reads all that a cluster has of a target, every list by itself, so that one which fails hides no other. */
export async function readCluster(
  upstream: Upstream,
  target: Target,
  resources: Resources,
  keeper: Pieces,
): Promise<ClusterReading> {
  const pieces: { resource: ResourceName; piece: Listed }[] = [];
  const read = async <Facts>(name: ResourceName, resource: Resource<Facts> | undefined): Promise<Facts[]> => {
    if (!resource) return [];
    const query = [['labelSelector', target.selector]] as const;
    const piece = await keeper.read(toListRow({ upstream, resource, namespace: target.namespace, query }));
    pieces.push({ resource: name, piece });
    return piece.value?.found ?? [];
  };
  const [pods, deployments, statefulsets, daemonsets, replicasets, jobs, cronjobs, scalers, rollouts] =
    await Promise.all([
      read('pods', resources.pods),
      read('deployments', resources.deployments),
      read('statefulsets', resources.statefulsets),
      read('daemonsets', resources.daemonsets),
      read('replicasets', resources.replicasets),
      read('jobs', resources.jobs),
      read('cronjobs', resources.cronjobs),
      read('horizontalpodautoscalers', resources.horizontalpodautoscalers),
      read('rollouts', resources.rollouts),
    ]);
  return {
    name: upstream.name,
    upstream,
    holdings: {
      pods,
      deployments,
      statefulsets,
      daemonsets,
      replicasets,
      jobs,
      cronjobs,
      horizontalpodautoscalers: scalers,
      rollouts,
    },
    pieces: pieces.toSorted((a, b) => a.resource.localeCompare(b.resource)),
    more: pieces.reduce((sum, { piece }) => sum + (piece.value?.more ?? 0), 0),
  };
}

/** Whether anything of a cluster is known. */
export function isKnown({ pieces }: ClusterReading): boolean {
  return pieces.some(({ piece }) => piece.value !== undefined);
}

/** What is wrong with the lists of a cluster: one trouble when all fail alike, else one a fault that names the lists. */
function toClusterTroubles({ name, pieces }: ClusterReading, isRolloutless: boolean): LiveTrouble[] {
  const failed = pieces.filter(
    ({ resource, piece }) => piece.fault && !(isRolloutless && resource === 'rollouts' && piece.fault === 'not-found'),
  );
  // Lists that were not asked for because others failed lack for the same reason.
  const [cause, ...others] = new Set(failed.flatMap(({ piece }) => (piece.fault === 'resting' ? [] : piece.fault)));
  const isOne = cause !== undefined && others.length === 0;
  const byFault = Map.groupBy(failed, ({ piece }) => (isOne && piece.fault === 'resting' ? cause : piece.fault));
  return [...byFault].flatMap(([fault, rows]) => {
    if (fault === undefined) return [];
    if (rows.length === pieces.length) return [toTrouble(name, fault)];
    return [toPartTrouble(name, fault, rows.map(({ resource }) => resource).sort())];
  });
}

/** The trouble that some lists of a cluster are. */
export function toPartTrouble(cluster: string, fault: LiveFault, parts: readonly string[]): LiveTrouble {
  const trouble = toTrouble(`${cluster} (${parts.join(', ')})`, fault);
  const isRollouts = fault === 'not-found' && parts.every((part) => part === 'rollouts');
  return {
    ...trouble,
    source: cluster,
    ...(isRollouts && {
      what: `${cluster} has no Rollouts: Argo Rollouts is not installed there`,
      mend: 'The platform team takes it out of `kubernetes.customResources`, or installs it.',
    }),
  };
}

const hasRollouts = ({ pieces }: ClusterReading) =>
  pieces.some(({ resource, piece }) => resource === 'rollouts' && piece.fault === undefined);

/** What is wrong with the lists of all clusters. That some clusters have no Rollouts is as it should be, while others do. */
export function toReadingTroubles(readings: readonly ClusterReading[]): LiveTrouble[] {
  const isSomewhere = readings.some(hasRollouts);
  return readings.flatMap((reading) => toClusterTroubles(reading, isSomewhere));
}
