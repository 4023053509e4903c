import { toChance, toCommit, toIso, toLastTime } from '../chance.ts';
import type { ArgocdWorld, DemoApplication, DemoSource } from './world.ts';

type Row = {
  name: string;
  repository: string;
  namespace: string;
  /** Every how many hours it is deployed. */
  hours: number;
  sync?: 'OutOfSync';
  health?: 'Degraded' | 'Suspended';
  message?: string;
  chart?: { name: string; version: string; repoURL: string };
};

const rows: readonly Row[] = [
  { name: 'checkout-prod-us', repository: 'checkout', namespace: 'payments', hours: 9 },
  {
    name: 'payments-gateway-prod-us',
    repository: 'payments-gateway',
    namespace: 'payments',
    hours: 31,
    health: 'Suspended',
    message: 'CanaryPauseStep',
  },
  {
    name: 'identity-prod-us',
    repository: 'identity',
    namespace: 'customer-identity',
    hours: 40,
    chart: { name: 'redis', version: '21.2.6', repoURL: 'https://charts.acme.io/stable' },
  },
  { name: 'inventory-prod-us', repository: 'inventory', namespace: 'fulfilment', hours: 17 },
  { name: 'returns-prod-us', repository: 'returns', namespace: 'fulfilment', hours: 52 },
  { name: 'pricing-prod-us', repository: 'pricing', namespace: 'merchandising', hours: 75 },
  {
    name: 'notifications-prod-us',
    repository: 'notifications',
    namespace: 'mobile',
    hours: 13,
    health: 'Degraded',
    message: 'Deployment "notifications" exceeded its progress deadline',
  },
  { name: 'mobile-gateway-prod-us', repository: 'mobile-gateway', namespace: 'mobile', hours: 26 },
  { name: 'product-search-prod-us', repository: 'search', namespace: 'search', hours: 21, sync: 'OutOfSync' },
  { name: 'search-indexer-prod-us', repository: 'search', namespace: 'search', hours: 21 },
  { name: 'web-storefront-prod-us', repository: 'storefront', namespace: 'storefront', hours: 7 },
  { name: 'storefront-bff-prod-us', repository: 'storefront', namespace: 'storefront', hours: 11 },
];

const people = ['amara.okafor', 'jonas.lindqvist', 'priya.raman', 'stefan.huber'];

const toSource = ({ repository }: Row): DemoSource => ({
  repoURL: `https://github.com/acme/${repository}.git`,
  path: 'deploy/prod-us',
  targetRevision: 'main',
});

/** One repository, or a chart beside it. */
function toSources(row: Row): { source: DemoSource } | { sources: DemoSource[] } {
  if (!row.chart) return { source: toSource(row) };
  const { name, version, repoURL } = row.chart;
  return { sources: [toSource(row), { repoURL, chart: name, targetRevision: version }] };
}

/** What it was at after its n-th deployment, alone or with the version of the chart. */
function toVersions(row: Row, turn: number): { revision: string } | { revisions: string[] } {
  const commit = toCommit(`${row.repository} ${turn}`);
  return row.chart ? { revisions: [commit, row.chart.version] } : { revision: commit };
}

const kept = 8;

function toHistory(row: Row, now: number): NonNullable<DemoApplication['status']['history']> {
  const { at, turn } = toLastTime(row.name, row.hours, now);
  return Array.from({ length: kept }, (_, index) => index - kept + 1).map((back) => {
    const end = at + back * row.hours * 3_600_000;
    const seed = `${row.name} ${turn + back}`;
    const isByHand = toChance(`${seed} by hand`, 4) === 0;
    return {
      id: turn + back,
      deployStartedAt: toIso(end - (20 + toChance(seed, 160)) * 1000),
      deployedAt: toIso(end),
      initiatedBy: isByHand ? { username: people[toChance(seed, people.length)] ?? '' } : { automated: true },
      ...toVersions(row, turn + back),
      ...toSources(row),
    };
  });
}

function toApplication(row: Row, now: number): DemoApplication {
  const history = toHistory(row, now);
  const last = history.at(-1);
  const turn = last?.id ?? 0;
  const result = { ...toVersions(row, turn), ...toSources(row) };
  const isBehind = row.sync === 'OutOfSync';
  return {
    metadata: { name: row.name, namespace: 'argocd', labels: { 'acme.io/repository': row.repository } },
    spec: {
      project: row.namespace,
      ...toSources(row),
      destination: { name: 'prod-us', namespace: row.namespace },
      syncPolicy: isBehind ? {} : { automated: { prune: true, selfHeal: true } },
    },
    status: {
      sync: { status: row.sync ?? 'Synced', ...toVersions(row, isBehind ? turn + 1 : turn) },
      health: { status: row.health ?? 'Healthy', ...(row.message !== undefined && { message: row.message }) },
      history,
      operationState: {
        phase: 'Succeeded',
        message: 'successfully synced (all tasks run)',
        startedAt: last?.deployStartedAt ?? '',
        finishedAt: last?.deployedAt ?? '',
        operation: { sync: toVersions(row, turn) },
        syncResult: result,
      },
      resources: [{ kind: 'Deployment', name: row.name.replace(/-prod-us$/, ''), status: row.sync ?? 'Synced' }],
    },
  };
}

/** What Argo CD knows of the demonstration's organisation at a moment. */
export function toArgocdStory(now: number, token: string): ArgocdWorld {
  return { token, applications: rows.map((row) => toApplication(row, now)) };
}
